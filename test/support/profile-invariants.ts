import type { ProfileEvents } from '../../src/domain/events';
import type { LogRow } from '../../src/domain/log-row';
import type { ProfileInput } from '../../src/domain/profile/commands';
import type { ProfileStep } from '../../src/domain/profile/machine';
import { awaitsRecording } from '../../src/domain/profile/recording-state';
import type { ProfileState } from '../../src/domain/profile/state';
import { deadlines } from '../../src/domain/profile/timers';
import { REASONS } from '../../src/domain/reasons';
import { isFinal } from '../../src/domain/words';

/** What a run has seen from outside: kept apart from the machine's state, so both can be compared. */
export class ProfileLedger {
  readonly rows: LogRow[] = [];
  private readonly agents = new Set<string>();
  private maker = '';
  private checker = '';
  private closings = 0;

  constructor(first: readonly LogRow[]) {
    this.takeRows(first);
  }

  /** Throws when this step broke a promise. */
  check(before: ProfileState, input: ProfileInput, step: ProfileStep): ProfileState {
    if (!step.ok) return before;
    const after = step.state;
    this.takeRows(step.events);
    const refused = step.events.some((row) => row.eventType === 'signal.refused');
    this.follow(before, input, after, refused);
    lastRowIsState(step.events, after);
    outboxKept(before, input, after);
    lineKept(before, after, step.events);
    if (isFinal(before.status)) expectSame('final status', before.status, after.status);
    else if (isFinal(after.status)) this.checkEnd(after);
    if (!isFinal(after.status)) waitsForSomething(after);
    oneOpenCall(after);
    expectSame('closed', after.closed, this.closings === 1);
    if (after.closed) check('no recording is waited for', !after.avSessions.some(awaitsRecording));
    return after;
  }

  private takeRows(rows: readonly LogRow[]): void {
    for (const row of rows) {
      expectSame('seq without gaps', row.seq, this.rows.length + 1);
      rowIsComplete(row);
      rowIsImpersonal(row);
      this.rows.push(row);
      if (row.eventType === 'profile.closed') this.closings += 1;
    }
  }

  /** Who did what, from the accepted inputs alone. */
  private follow(
    before: ProfileState,
    input: ProfileInput,
    after: ProfileState,
    refused: boolean,
  ): void {
    if (after.avSessions.length > before.avSessions.length) {
      this.agents.add(after.avSessions.at(-1)?.agentId ?? '');
      this.maker = '';
    }
    if (input.name === 'makerDecision') this.maker = input.actor.id;
    if (input.name === 'checkerDecision') this.checker = input.actor.id;
    if (input.name === 'signal' && input.token.ok && !refused) {
      if (input.signal === 'makerDecision') this.maker = input.token.actor.id;
      if (input.signal === 'checkerDecision') this.checker = input.token.actor.id;
    }
  }

  private checkEnd(s: ProfileState): void {
    if (s.status === 'APPROVED' || s.status === 'REJECTED') {
      check('promise 4: a maker decided', this.maker !== '' && this.agents.has(this.maker));
      check('promise 4: a checker decided', this.checker !== '');
      check('promise 4: another person', !this.agents.has(this.checker));
    }
    if (['REJECTED', 'UNABLE_TO_VERIFY', 'EXPIRED'].includes(s.status)) {
      check(
        'promise 5: a reason',
        REASONS.some((r) => r.code === s.reason),
      );
    }
    if (s.status === 'CANCELLED') check('a cancellation says why', s.cancelReason !== '');
    check('no call survives', !s.agentHeld && s.captureSessionId === '');
  }
}

export function check(what: string, holds: boolean): void {
  if (!holds) throw new Error(`broken: ${what}`);
}

function expectSame(what: string, a: unknown, b: unknown): void {
  check(`${what}: ${String(a)} is not ${String(b)}`, Object.is(a, b));
}

/** A current-state table takes the row with the highest seq: it must say what the state says. */
function lastRowIsState(rows: readonly LogRow[], s: ProfileState): void {
  const last = rows.at(-1);
  if (!last) return;
  expectSame('row.seq', last.seq, s.seq);
  expectSame(`status after ${last.eventType}`, last.profileStatus, s.status);
  expectSame('row.statusSince', last.statusSince, new Date(s.statusSince).toISOString());
  expectSame(`reason after ${last.eventType}`, last.reason, s.reason);
  expectSame('row.attempt', last.attempt, s.avSessions.length);
  expectSame('row.language', last.language, s.language);
  expectSame('row.queueId', last.queueId, s.line?.queueId ?? '');
}

const NEEDS: readonly (readonly [prefix: string, ...columns: (keyof LogRow)[]])[] = [
  ['', 'ouid', 'profileId', 'extReferenceId', 'profileStatus', 'createdAt', 'actorId'],
  ['capture.session', 'captureSessionId'],
  ['consent', 'captureSessionId'],
  ['document', 'documentId'],
  ['queue', 'queueId', 'queueName'],
  ['assignment', 'agentId'],
  ['av.', 'avSessionId', 'agentId'],
  ['capture-request', 'avSessionId', 'taskId', 'agentId'],
  ['task', 'avSessionId', 'taskId', 'agentId'],
  ['maker', 'avSessionId', 'agentId'],
  ['review', 'reviewerId', 'avSessionId', 'agentId'],
  ['checker', 'reviewerId', 'avSessionId', 'agentId'],
  ['profile.scheduled', 'reason', 'reasonClass', 'party'],
  ['profile.recapture', 'reason', 'reasonClass', 'party'],
];

function rowIsComplete(row: LogRow): void {
  for (const [prefix, ...columns] of NEEDS) {
    if (!row.eventType.startsWith(prefix)) continue;
    for (const column of columns) check(`${row.eventType} has ${column}`, row[column] !== '');
  }
  check(
    'a task is of its session',
    row.taskId === '' || row.taskId.startsWith(`${row.avSessionId}.`),
  );
  const { decision } = row.details as Partial<ProfileEvents['maker.decided']>;
  const against = decision === 'UTV' || decision === 'REJECTED';
  if (against || ['REJECTED', 'UNABLE_TO_VERIFY', 'EXPIRED'].includes(row.profileStatus)) {
    check(
      `promise 5: ${row.eventType} has its reason`,
      row.reason !== '' && row.reasonClass !== '',
    );
  }
  check('a duration is not negative', row.durationMs >= 0);
}

/** An id, a code, a time or a hash: no spaces, no @, no PAN, no number of 10 or 12 digits. */
const ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]*$/;
const PERSONAL = /(?<![0-9a-f-])[6-9]\d{9}(?!\d)|(?<![0-9a-f-])\d{12}(?!\d)|[A-Z]{5}\d{4}[A-Z]/;

function rowIsImpersonal(row: LogRow): void {
  const look = (value: unknown, where: string): void => {
    if (typeof value === 'string') {
      check(`${row.eventType}.${where} is an id: ${value}`, value === '' || ID.test(value));
      check(`${row.eventType}.${where} is personal: ${value}`, !PERSONAL.test(value));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) look(inner, `${where}.${key}`);
    }
  };
  look(row, '');
  check('no blob names in the log', !JSON.stringify(row).includes('blob-'));
}

/** An entry leaves by its own acknowledgement only; new ones come behind, with new numbers. */
function outboxKept(before: ProfileState, input: ProfileInput, after: ProfileState): void {
  for (const box of ['desk', 'video'] as const) {
    const settled = input.name === `${box}Settled` && 'id' in input ? input.id : -1;
    const old = before.outbox[box].map((e) => e.id).filter((id) => id !== settled);
    const now = after.outbox[box].map((e) => e.id);
    expectSame(`${box} outbox kept`, now.slice(0, old.length).join(), old.join());
    const fresh = now.slice(old.length);
    check(
      'new numbers',
      fresh.every((id) => id >= before.outboxNext && id < after.outboxNext),
    );
  }
}

function lineKept(before: ProfileState, after: ProfileState, rows: readonly LogRow[]): void {
  const entered = rows.filter((r) => r.eventType === 'queue.entered');
  expectSame('tickets grow by one', after.ticket, before.ticket + entered.length);
  if (entered.some((r) => r.details['why'] === 'REQUEUED')) {
    expectSame('since is kept', after.line?.since, before.line?.since);
  }
}

function waitsForSomething(s: ProfileState): void {
  const person = s.status === 'QUEUED' || s.status === 'REVIEW_PENDING';
  check(`${s.status} waits for something`, person || deadlines(s).length > 0);
}

function oneOpenCall(s: ProfileState): void {
  const open = s.avSessions.filter((av) => av.endedAt === undefined);
  check('promise 6: one open call', open.length === (s.status === 'IN_CALL' ? 1 : 0));
  const withAgent = s.status === 'IN_CALL' || s.status === 'DECISION_PENDING';
  check('an agent is held only while he works', !s.agentHeld || withAgent);
  // Sent back to him on the evidence at hand, he decides without being kept from other calls.
  check('an agent in a call is held', s.agentHeld || s.status !== 'IN_CALL');
}

/** As frozen as JSON can be: a machine that writes into its argument throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}
