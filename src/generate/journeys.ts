import { uuidV5 } from '../ids';
import type { LogRow } from '../domain/log-row';
import type { DeskMessage, DeskReply } from '../domain/messages';
import type { ProfileInput } from '../domain/profile/commands';
import { startProfile, stepProfile } from '../domain/profile/machine';
import type { AvSession, ProfileState } from '../domain/profile/state';
import { deadlines, type Deadline } from '../domain/profile/timers';
import type { VideoFact } from '../domain/video/facts';
import { customerAct, type Act } from './customer-acts';
import { Person, TAKES } from './person';
import { outsiderAct, staffAct } from './staff-acts';
import type { Organization } from './organization';

/** Something that is to happen to a case; a plan that was overtaken is forgotten. */
export type Later =
  | { readonly person: Person; readonly input: ProfileInput; readonly version?: number }
  | { readonly person: Person; readonly file: AvSession };

interface Surroundings {
  readonly record: (events: readonly LogRow[]) => void;
  readonly toDesk: (message: DeskMessage) => void;
  readonly schedule: (at: number, later: Later) => void;
}

/** These cases never were. */
const NAMESPACE = 'c2d1f7aa-70d5-4a4f-8f6d-3b9de1c6f0a7';
const NO_HASH = '0'.repeat(64);
const ENGLISH = 60;
/** Of a hundred calls: rooms that fail, recordings that fail, recordings of which nothing is heard. */
const ROOM_FAILS = 0.4;
const FILE_FAILS = 1;
const FILE_LOST = 1;
const BYTES_PER_MS = 60;

/** The cases that are under way, and what people do with them. */
export class Journeys {
  private readonly people = new Map<string, Person>();

  constructor(
    private readonly organization: Organization,
    private readonly world: Surroundings,
  ) {}

  personOf(profileId: string): Person | undefined {
    return this.people.get(profileId);
  }

  begin(ouid: string, seed: number, index: number, at: number): void {
    const extReferenceId = `past-${seed}-${index}`;
    const profileId = uuidV5(JSON.stringify([ouid, extReferenceId]), NAMESPACE);
    const { policy } = this.organization;
    // Which language a customer speaks is drawn before he is there.
    const language = (index * 37) % 100 < ENGLISH ? 'en' : 'hi';
    const start = { ouid, profileId, extReferenceId, previousProfileId: '', bodyHash: NO_HASH };
    const about = { ...start, detailsRef: '', language, policy, startedBy: 'past' };
    const { state, journal } = startProfile(about, { at, entropy: 0 });
    const person = new Person(`${seed}/${ouid}/${index}`, state);
    this.people.set(profileId, person);
    this.world.record(journal.events);
    this.plan(person, at);
  }

  happens(later: Later, at: number): void {
    if ('file' in later) {
      this.recorded(later.person, later.file, at);
      return;
    }
    const { person, input, version } = later;
    if (version !== undefined && version !== person.version) return;
    this.step(person, input, at);
  }

  deskReplies(profileId: string, reply: DeskReply, at: number): void {
    const person = this.people.get(profileId);
    if (person) this.step(person, { name: 'deskReply', reply }, at);
  }

  withdraws(person: Person, at: number): void {
    const actor = { type: 'CLIENT', id: 'past' } as const;
    this.step(person, { name: 'cancel', actor, input: { cancelReason: 'CUSTOMER_WITHDREW' } }, at);
  }

  private step(person: Person, input: ProfileInput, at: number): void {
    const step = stepProfile(person.state, input, { at, entropy: person.draw() });
    if (!step.ok) {
      person.refusedAt = person.state.seq;
      this.plan(person, at);
      return;
    }
    person.remember(input);
    person.state = step.state;
    this.world.record(step.events);
    // One of several of the same moment: what comes next is planned after the last.
    if (input.name === 'deskSettled') return;
    this.settle(person, at);
    if (person.state.closed) this.people.delete(person.state.profileId);
    else this.plan(person, at);
  }

  /** Messages go out; the video service takes its time. */
  private settle(person: Person, at: number): void {
    for (const { id, message } of person.state.outbox.video) {
      if (person.settled.has(`video ${id}`)) continue;
      person.settled.add(`video ${id}`);
      const opens = message.kind === 'openRoom';
      const fails = opens && person.happens(ROOM_FAILS);
      const made = opens && !fails ? { roomId: `room-${message.avSessionId}`, records: true } : {};
      const error = fails ? { error: 'VideoDown' } : {};
      const input: ProfileInput = { name: 'videoSettled', id, ...made, ...error };
      this.world.schedule(at + person.takes(TAKES.room), { person, input });
    }
    for (const av of person.state.avSessions.filter(
      ({ recording }) => recording?.state === 'EXPECTED',
    )) {
      if (person.settled.has(av.avSessionId)) continue;
      person.settled.add(av.avSessionId);
      if (person.happens(FILE_LOST)) continue;
      this.world.schedule(at + person.takes(TAKES.file), { person, file: av });
    }
    // They are out of the box before the desk answers, and reach it in their order.
    const sent = person.state.outbox.desk;
    for (const { id } of sent) this.step(person, { name: 'deskSettled', id }, at);
    for (const { message } of sent) this.world.toDesk(message);
  }

  private recorded(person: Person, av: AvSession, at: number): void {
    const durationMs = (av.endedAt ?? at) - (av.startedAt ?? at);
    const path = `past/${av.avSessionId}.mp4`;
    const file = { kind: 'ROOM', path, bytes: durationMs * BYTES_PER_MS, durationMs } as const;
    const fact: VideoFact = person.happens(FILE_FAILS)
      ? { kind: 'RECORDING_FAILED', error: 'NoSpace', at }
      : { kind: 'RECORDED', file, at };
    this.step(person, { name: 'videoFacts', avSessionId: av.avSessionId, facts: [fact] }, at);
  }

  /** Whatever comes first: what somebody does next, or the end of a wait. */
  private plan(person: Person, at: number): void {
    person.version += 1;
    const { version, state } = person;
    const act = person.refusedAt === state.seq ? undefined : this.actOf(person, at);
    const due = nextDeadline(state);
    if (act && at + act.later <= (due?.at ?? Infinity)) {
      this.world.schedule(at + act.later, { person, input: act.input, version });
    } else if (due) {
      const input: ProfileInput = { name: 'timer', timer: due.timer };
      this.world.schedule(Math.max(due.at, at), { person, input, version });
    }
  }

  private actOf(person: Person, at: number): Act | undefined {
    const { reviewers } = this.organization;
    return outsiderAct(person) ?? customerAct(person, at) ?? staffAct(person, reviewers);
  }
}

function nextDeadline(state: ProfileState): Deadline | undefined {
  return [...deadlines(state)].sort((a, b) => a.at - b.at)[0];
}
