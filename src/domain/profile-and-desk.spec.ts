import fc from 'fast-check';
import { asCommand, NOON, online, OUID, policy, profileStart } from '../../test/support/journeys';
import { dice, nextStep } from '../../test/support/profile-driver';
import type { Dice } from '../../test/support/profile-moves';
import { check, ProfileLedger } from '../../test/support/profile-invariants';
import { allOf, inBuckets } from './desk/buckets';
import { nextDeskDeadline, stepDesk, type DeskInput } from './desk/machine';
import { emptyDesk, type DeskState } from './desk/state';
import type { DeskMessage, DeskReply, OutboxEntry } from './messages';
import type { ProfileInput } from './profile/commands';
import { startProfile, stepProfile } from './profile/machine';
import { lastAv, type ProfileState } from './profile/state';
import { deadlines } from './profile/timers';

const CUSTOMERS = 3;

/**
 * Profiles and their desk over channels that keep their order and delay as they like. A channel is
 * what was sent and is not yet processed; the sender hears of delivery when it enters the channel.
 */
class World {
  at = NOON;
  desk: DeskState = emptyDesk(OUID);
  readonly profiles: ProfileState[] = [];
  private readonly ledgers: ProfileLedger[] = [];
  private readonly toDesk: DeskMessage[][] = [];
  private readonly toProfile: DeskReply[][] = [];
  calls = 0;

  constructor() {
    for (let n = 0; n < CUSTOMERS; n++) {
      const start = profileStart(n + 1, {
        policy: policy({ queue: 900_000 }, { maxDocuments: 50, blindReviewPercent: 30 }),
      });
      const { state, journal } = startProfile(start, { at: this.at, entropy: 0.5 });
      this.profiles.push(state);
      this.ledgers.push(new ProfileLedger(journal.events));
      this.toDesk.push([]);
      this.toProfile.push([]);
    }
  }

  profile(n: number, input: ProfileInput): void {
    const before = this.profiles[n]!;
    const step = stepProfile(before, input, { at: this.at, entropy: 0.5 });
    if (step.ok && step.state.avSessions.length > before.avSessions.length) this.calls += 1;
    this.profiles[n] = this.ledgers[n]!.check(before, input, step);
  }

  toTheDesk(input: DeskInput): void {
    const step = stepDesk(this.desk, input, { at: this.at, entropy: 0.5 });
    if (step.ok) this.desk = step.state;
  }

  /** The profile's next message enters the channel and leaves the outbox. */
  sendToDesk(n: number): boolean {
    const entry: OutboxEntry<DeskMessage> | undefined = this.profiles[n]!.outbox.desk[0];
    if (!entry) return false;
    this.toDesk[n]!.push(entry.message);
    this.profile(n, { name: 'deskSettled', id: entry.id });
    return true;
  }

  receiveAtDesk(n: number): boolean {
    const message = this.toDesk[n]!.shift();
    if (message) this.toTheDesk({ name: 'profileMessage', message });
    return message !== undefined;
  }

  /** A profile that has closed is not there any more. */
  sendToProfile(): boolean {
    const [entry] = this.desk.outbox.profiles;
    if (!entry) return false;
    const n = this.profiles.findIndex((p) => p.profileId === entry.message.profileId);
    const delivered = !this.profiles[n]!.closed;
    if (delivered) this.toProfile[n]!.push(entry.message.reply);
    this.toTheDesk({ name: 'profilesSettled', id: entry.id, delivered });
    return true;
  }

  receiveAtProfile(n: number): boolean {
    const reply = this.toProfile[n]!.shift();
    if (reply) this.profile(n, { name: 'deskReply', reply });
    return reply !== undefined;
  }

  /** What the shells do: whatever is due happens. */
  fireTimers(): void {
    for (const [n, p] of this.profiles.entries()) {
      const due = deadlines(p).find((d) => d.at <= this.at);
      if (due) this.profile(n, { name: 'timer', timer: due.timer });
    }
    const due = nextDeskDeadline(this.desk);
    if (due !== undefined && due <= this.at) this.toTheDesk({ name: 'timer' });
  }

  /** Until no message is under way; people do nothing meanwhile. */
  drain(): void {
    for (let moved = true; moved;) {
      moved = this.sendToProfile();
      for (let n = 0; n < CUSTOMERS; n++) {
        const [video] = this.profiles[n]!.outbox.video;
        if (video) this.profile(n, { name: 'videoSettled', id: video.id, roomId: 'room' });
        const some = [this.sendToDesk(n), this.receiveAtDesk(n), this.receiveAtProfile(n)];
        moved ||= video !== undefined || some.includes(true);
      }
    }
  }
}

function act(world: World, d: Dice): void {
  const n = d.wait % CUSTOMERS;
  const way = d.pick % 10;
  const agents = allOf(world.desk.agents);
  const offered = agents.find((a) => a.offer?.accepted === false);
  if (way === 0) world.toTheDesk(asCommand(online(`a${(d.a % 3) + 1}`, ['nri'])));
  else if (way === 1) world.sendToDesk(n);
  else if (way === 2) world.receiveAtDesk(n);
  else if (way === 3) world.sendToProfile();
  else if (way === 4) world.receiveAtProfile(n);
  else if (way === 5 && offered?.offer) {
    const name = d.a % 5 === 0 ? 'decline' : 'accept';
    const { agentId, offer } = offered;
    world.toTheDesk(asCommand({ name, agentId, offerId: offer.offerId }));
  } else if (way === 6 && d.a % 10 === 0) {
    world.toTheDesk(asCommand({ name: 'offline', agentId: `a${(d.b % 3) + 1}` }));
  } else {
    const { input, later } = nextStep(world.profiles[n]!, {
      ...d,
      pick: d.a % 12 === 0 ? d.pick : 5_040,
    });
    world.at += Math.min(later, 15_000);
    world.fireTimers();
    // Desk messages come from the desk here, acknowledgements from the channels.
    if ('actor' in input) world.profile(n, input);
    else if (input.name === 'videoSettled') world.profile(n, input);
  }
}

/** When nothing is under way, both say the same of every customer and every agent. */
function agree(world: World): void {
  const { waiting } = world.desk;
  for (const p of world.profiles) {
    const entry = inBuckets(waiting, p.profileId);
    check(`${p.status}: in line or not`, (entry !== undefined) === (p.status === 'QUEUED'));
    if (entry) check('the ticket is the current one', entry.ticket.n === p.ticket);
    const busy = allOf(world.desk.agents).filter((a) => a.busyWith?.profileId === p.profileId);
    check(`${p.status}: an agent is busy with him or not`, busy.length === (p.agentHeld ? 1 : 0));
    if (busy[0]) check('the same agent', busy[0].agentId === lastAv(p)?.agentId);
  }
  for (const a of allOf(world.desk.agents)) {
    check('no acceptance hangs', a.offer?.accepted !== true);
  }
}

describe('profiles and their desk', () => {
  it('agree in the end, however their messages are delayed', () => {
    let calls = 0;
    fc.assert(
      fc.property(fc.array(dice, { minLength: 200, maxLength: 600, size: 'max' }), (steps) => {
        const world = new World();
        for (const d of steps) act(world, d);
        world.drain();
        agree(world);
        calls += world.calls;
      }),
      {
        numRuns: 100,
        seed: Number(process.env['FC_SEED'] ?? 20260302),
        endOnFailure: true,
      },
    );
    expect(calls).toBeGreaterThan(100);
  });
});
