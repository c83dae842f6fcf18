import type { LogRow } from '../../src/domain/log-row';
import type { ProfileInput } from '../../src/domain/profile/commands';
import { startProfile, stepProfile, type ProfileStep } from '../../src/domain/profile/machine';
import type { ProfileState } from '../../src/domain/profile/state';
import { agent, asInput, captureMoves, customer, move, NOON, profileStart } from './journeys';

/** A profile that takes inputs, one after the other, a second apart. */
export class Profile {
  state: ProfileState;
  readonly rows: LogRow[];
  at = NOON;

  constructor(patch: Partial<ProfileState> = {}) {
    const { state, journal } = startProfile(profileStart(), { at: NOON, entropy: 0.5 });
    this.state = { ...state, ...patch };
    this.rows = journal.events;
  }

  take(...inputs: ProfileInput[]): this {
    for (const input of inputs) {
      const step = stepProfile(this.state, input, { at: (this.at += 1_000), entropy: 0.5 });
      if (!step.ok) throw new Error(`${input.name}: ${step.code}`);
      this.state = step.state;
      this.rows.push(...step.events);
    }
    return this;
  }

  /** The code, or that there is none. */
  refusal(input: ProfileInput): string {
    const step = this.tried(input);
    return step.ok ? 'accepted' : step.code;
  }

  /** What a refusal tells the caller's developer. */
  detail(input: ProfileInput): string {
    const step = this.tried(input);
    return step.ok ? '' : step.detail;
  }

  private tried(input: ProfileInput): ProfileStep {
    return stepProfile(this.state, input, { at: this.at, entropy: 0.5 });
  }

  assign(): this {
    const ticket = { profileId: this.state.profileId, n: this.state.ticket };
    const offerId = `o${this.state.ticket}`;
    return this.take({
      name: 'deskReply',
      reply: { kind: 'assign', ticket, offerId, agentId: 'a1' },
    });
  }

  video(
    answer:
      { roomId: string; records?: boolean; recordsOnRequest?: boolean } | { error: string } = {
      roomId: 'room-1',
    },
  ): this {
    const id = this.state.outbox.video[0]?.id ?? 0;
    return this.take({ name: 'videoSettled', id, ...answer });
  }
}

/** In a call whose room is open; nobody has come in yet. */
export function inRoom(room: { records?: boolean; recordsOnRequest?: boolean }): Profile {
  return new Profile()
    .take(...captureMoves(profileStart().profileId).map(asInput))
    .assign()
    .video({ roomId: 'room-1', ...room });
}

/** Agent and customer come in. */
export function bothJoin(p: Profile): Profile {
  const { captureSessionId } = p.state;
  return p.take(
    asInput(move('joinCall', agent('a1'), {})),
    asInput(move('joinCall', customer, { captureSessionId })),
  );
}
