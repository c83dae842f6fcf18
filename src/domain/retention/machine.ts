import type { RetentionEvents } from '../events';
import { Journal, take, type MachineState, type Step, type StepContext } from '../journal';
import { BLANK_COLUMNS, isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { Actor } from '../words';

type NoMessages = Record<string, never>;

/** Nothing of what it names expires while it is set. */
export interface LegalHold {
  readonly holdId: string;
  /** '' = everything of the organization. */
  readonly profileId: string;
}

/**
 * What bears on how long an organization's rows are kept, and came after its profiles had ended. Of the
 * ends of relationships, to which there is no bound, the last are remembered, so that a repeat makes
 * no event. One of long ago makes another that says the same: the newest of a profile counts.
 */
export interface RetentionState extends MachineState<NoMessages> {
  readonly ouid: string;
  /** Those that are set. */
  readonly holds: readonly LegalHold[];
  /** What was reported last, one for a profile, the newest last. */
  readonly ended: readonly EndedRelationship[];
}

interface EndedRelationship {
  readonly profileId: string;
  /** ISO 8601. */
  readonly endedAt: string;
}

export type RetentionCommand =
  /** Reported again, the new date counts. */
  | ({ readonly name: 'endRelationship' } & EndedRelationship)
  | ({ readonly name: 'setHold' } & LegalHold)
  | { readonly name: 'liftHold'; readonly holdId: string };

/** One step's input. */
export interface RetentionInput {
  readonly actor: Actor;
  /** Keyed hash of the request's body: a repeat has the same one, a conflict another. */
  readonly bodyHash: string;
  readonly command: RetentionCommand;
}

export interface RetentionReply {
  /** Of the stream's last event. */
  readonly seq: number;
  /** Of the request that this answer was made for. */
  readonly bodyHash: string;
}

/** Some 100 kB to carry over; more cases under hold than that are a hold of the organization. */
export const MOST_HOLDS = 1_000;
const MOST_ENDED = 1_000;

export function emptyRetention(ouid: string): RetentionState {
  return { ouid, seq: 0, outbox: {}, outboxNext: 1, holds: [], ended: [] };
}

class RetentionJournal extends Journal<NoMessages, RetentionState> {
  emit<K extends keyof RetentionEvents>(
    type: K,
    profileId: string,
    fact: Omit<RetentionEvents[K]['fact'], 'at'> & { at?: string },
  ): void {
    const seq = this.nextSeq();
    const at = fact.at ?? isoTime(this.at);
    this.events.push({
      ...BLANK_COLUMNS,
      ouid: this.state.ouid,
      stream: 'retention',
      streamId: this.state.ouid,
      seq,
      eventType: type,
      occurredAt: isoTime(this.at),
      profileId,
      actorType: this.actor.type,
      actorId: this.actor.id,
      details: { fact: { ...fact, at } },
    });
  }
}

/** One step: a hold that stands as it is asked for makes no event. */
export function stepRetention(
  state: RetentionState,
  { actor, bodyHash, command }: RetentionInput,
  context: StepContext,
): Step<RetentionState, RetentionReply> {
  const journal = new RetentionJournal(state, actor, context);
  return take(journal, () => {
    switch (command.name) {
      case 'endRelationship':
        endRelationship(journal, command);
        break;
      case 'setHold':
        setHold(journal, command);
        break;
      case 'liftHold':
        liftHold(journal, command.holdId);
        break;
    }
    return { seq: journal.state.seq, bodyHash };
  });
}

function endRelationship(j: RetentionJournal, { profileId, endedAt }: EndedRelationship): void {
  const others = j.state.ended.filter((one) => one.profileId !== profileId);
  const known = j.state.ended.find((one) => one.profileId === profileId);
  if (known?.endedAt === endedAt) return;
  j.set({ ended: [...others, { profileId, endedAt }].slice(-MOST_ENDED) });
  const fact = { kind: 'RELATIONSHIP_END', ref: '', active: true } as const;
  j.emit('relationship.ended', profileId, { ...fact, at: endedAt });
}

function setHold(j: RetentionJournal, { holdId, profileId }: LegalHold): void {
  const { holds } = j.state;
  const known = holds.find((hold) => hold.holdId === holdId);
  if (known?.profileId === profileId) return;
  if (known) throw new Refusal('HOLD_CONFLICT', 'a hold of this id is set on something else');
  if (holds.length >= MOST_HOLDS) {
    throw new Refusal('HOLD_LIMIT', `${MOST_HOLDS} holds are set; set one on the organization`);
  }
  j.set({ holds: [...holds, { holdId, profileId }] });
  j.emit('legal-hold.set', profileId, { kind: 'LEGAL_HOLD', ref: holdId, active: true });
}

function liftHold(j: RetentionJournal, holdId: string): void {
  const { holds } = j.state;
  const known = holds.find((hold) => hold.holdId === holdId);
  if (!known) throw new Refusal('HOLD_UNKNOWN', 'no hold of this id is set');
  j.set({ holds: holds.filter((hold) => hold !== known) });
  j.emit('legal-hold.lifted', known.profileId, { kind: 'LEGAL_HOLD', ref: holdId, active: false });
}
