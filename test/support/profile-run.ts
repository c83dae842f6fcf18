import type { LogRow } from '../../src/domain/log-row';
import type { ProfileInput } from '../../src/domain/profile/commands';
import { startProfile, stepProfile, type ProfileStep } from '../../src/domain/profile/machine';
import type { ProfileState } from '../../src/domain/profile/state';
import { isFinal } from '../../src/domain/words';
import { CaptureLedger } from './capture-invariants';
import {
  agent,
  asInput,
  callMoves,
  captureMoves,
  move,
  NOON,
  policy,
  profileStart,
  reviewMoves,
} from './journeys';
import { anyHours } from './opening-hours';
import { hoursKept } from './opening-invariants';
import { dueAt, nextStep } from './profile-driver';
import type { Dice } from './profile-moves';
import { check, deepFreeze, ProfileLedger } from './profile-invariants';

export type StepProfile = typeof stepProfile;

/** What a run has come across; collected over runs to see that the driver reaches everything. */
export class Coverage {
  readonly events = new Map<string, number>();
  readonly refusals = new Map<string, number>();
  readonly statuses = new Map<string, number>();
  readonly dispositions = new Map<string, number>();
  /** Why a customer is to come back later: also because of closed queues. */
  readonly scheduled = new Map<string, number>();
  steps = 0;

  see(step: ProfileStep): void {
    this.steps += 1;
    if (!step.ok) count(this.refusals, step.code);
    else {
      count(this.statuses, step.state.status);
      for (const row of step.events) this.seeRow(row);
    }
  }

  seeRow({ eventType, details }: LogRow): void {
    count(this.events, eventType);
    const { disposition, why, opensAt } = details;
    if (eventType === 'profile.scheduled')
      count(this.scheduled, opensAt === '' ? 'OPEN' : 'CLOSED');
    if (typeof disposition === 'string' && disposition !== '')
      count(this.dispositions, disposition);
    if (eventType === 'signal.refused' && typeof why === 'string') count(this.refusals, why);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** One random journey, checked after every step. `step` may be a mutant: then this has to throw. */
export function runProfile(
  dice: readonly Dice[],
  coverage = new Coverage(),
  step: StepProfile = stepProfile,
): ProfileState {
  // Some runs begin at the edge of the command limit, which none would reach by itself.
  const commands = (dice[0]?.a ?? 0) % 5 === 0 ? 1_470 : 0;
  const ran = policy({ captureLink: 9 * 3_600_000 }, { blindReviewPercent: 30 });
  const { openings, ...by } = anyHours(ran, dice[0] ?? { wait: 0 });
  const first = startProfile(profileStart(1, by), { at: NOON, entropy: 0.25 }, openings);
  for (const row of first.journal.events) coverage.seeRow(row);
  const ledger = new ProfileLedger(first.journal.events);
  const captures = new CaptureLedger();
  let state = deepFreeze({ ...first.state, commands });
  let at = NOON;
  const take = (input: ProfileInput): void => {
    const before = JSON.stringify(state);
    // From the clock: as good as random, and the same again for a failing seed.
    const done = step(state, input, { at, entropy: ((at / 1_000) % 20) / 20 });
    coverage.see(done);
    check('the old state is untouched', JSON.stringify(state) === before);
    if (input.name === 'timer') checkTimer(state, input, at, done);
    if (isFinal(state.status) && 'actor' in input) check('a final status refuses', !done.ok);
    if (input.name === 'deskReply' && input.reply.ticket.n < state.ticket && done.ok) {
      check('an old ticket changes no status', done.state.status === state.status);
    }
    if (input.name === 'videoFacts' && done.ok) {
      const again = step(done.state, input, { at, entropy: 0 });
      check('told twice, nothing more happens', again.ok && again.events.length === 0);
    }
    if (done.ok) hoursKept(state, done.state, done.events);
    if (done.ok) captures.check(done.state, done.events);
    state = deepFreeze(ledger.check(state, input, done));
  };
  for (const input of prelude(state, dice[0]?.b ?? 0)) take(input);
  for (const d of dice) {
    const { input, later } = nextStep(state, d);
    at += later;
    if (input.name === 'timer') {
      const due = dueAt(state, input.timer) ?? at;
      at = Math.max(at, due + ([-1, 0, 1, 60_000][d.b % 4] ?? 0));
    }
    take(input);
  }
  settleAll(
    () => state,
    take,
    (due) => (at = Math.max(at, due)),
  );
  return state;
}

/** Two thirds of the runs begin in the call or in the review: by chance few would come so far. */
function prelude({ profileId }: ProfileState, b: number): readonly ProfileInput[] {
  if (b % 3 === 0) return [];
  const ticket = { profileId, n: 1 };
  const assign = { kind: 'assign', ticket, offerId: 'o1', agentId: 'a1' } as const;
  const inCall: readonly ProfileInput[] = [
    ...captureMoves(profileId).map(asInput),
    { name: 'deskReply', reply: assign },
    {
      name: 'videoSettled',
      id: 3,
      roomId: 'room-1',
      records: true,
      ...(b % 4 < 2 && { recordsOnRequest: true }),
    },
  ];
  if (b % 3 === 1) return inCall;
  const against = { reason: 'BIZ_DOC_TAMPERED', remarkRef: 'remark-1' };
  const decision = b % 2 === 0 ? ('APPROVED' as const) : ('REJECTED' as const);
  return [
    ...inCall,
    ...callMoves(profileId, 'a1').map(asInput),
    asInput(move('makerDecision', agent('a1'), { decision, ...against })),
    ...reviewMoves(profileId, 'r1').slice(0, -1).map(asInput),
  ];
}

/** What is due at last happens, and what was sent is acknowledged: a final profile then closes. */
function settleAll(
  state: () => ProfileState,
  take: (input: ProfileInput) => void,
  waitUntil: (at: number) => void,
): void {
  for (let left = 200; left > 0; left--) {
    const recording = isFinal(state().status) ? dueAt(state(), 'recording') : undefined;
    const [desk] = state().outbox.desk;
    const [video] = state().outbox.video;
    if (desk) take({ name: 'deskSettled', id: desk.id });
    else if (video) take({ name: 'videoSettled', id: video.id, roomId: 'room-last' });
    else if (recording !== undefined) {
      waitUntil(recording);
      take({ name: 'timer', timer: 'recording' });
    } else break;
  }
  check(
    'everything can be settled',
    state().outbox.desk.length + state().outbox.video.length === 0,
  );
  check('a settled final profile is closed', isFinal(state().status) === state().closed);
}

/** A timer counts at its deadline and after it, never before, and never without its wait. */
function checkTimer(
  state: ProfileState,
  input: Extract<ProfileInput, { name: 'timer' }>,
  at: number,
  done: ProfileStep,
): void {
  const due = dueAt(state, input.timer);
  const counts = due !== undefined && due <= at;
  check('a timer is never refused', done.ok);
  if (done.ok) check(`${input.timer} counts only when due`, done.events.length > 0 === counts);
}
