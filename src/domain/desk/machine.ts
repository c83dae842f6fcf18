import { take, type Step, type StepContext } from '../journal';
import type { DeskMessage } from '../messages';
import { SYSTEM } from '../words';
import { dueBy, nextDue } from './agenda';
import { inBuckets } from './buckets';
import { actorOf, onCommand, type DeskCommand } from './commands';
import { DeskJournal } from './desk-journal';
import { onProfileMessage, refuse } from './line';
import { match } from './matching';
import { inCallWith } from './people';
import { callOver } from './presence';
import { leaseOver, onAgentDue } from './reach';
import type { DeskState } from './state';
import { onDue } from './whereabouts';

export type DeskInput =
  | { readonly name: 'command'; readonly command: DeskCommand }
  | { readonly name: 'profileMessage'; readonly message: DeskMessage }
  /** A message to a profile was delivered, or there is no such profile. */
  | { readonly name: 'profilesSettled'; readonly id: number; readonly delivered: boolean }
  | { readonly name: 'timer' };

/** One step of the desk; whatever happened, whoever can be matched afterwards is. */
export function stepDesk(
  state: DeskState,
  input: DeskInput,
  context: StepContext,
): Step<DeskState, { seq: number }> {
  const actor = input.name === 'command' ? actorOf(input.command) : SYSTEM;
  const journal = new DeskJournal(state, actor, context);
  return take(journal, () => {
    dispatch(journal, input);
    match(journal);
    return { seq: journal.state.seq };
  });
}

function dispatch(j: DeskJournal, input: DeskInput): void {
  switch (input.name) {
    case 'command':
      onCommand(j, input.command);
      return;
    case 'profileMessage':
      onProfileMessage(j, input.message);
      return;
    case 'profilesSettled':
      onSettled(j, input.id, input.delivered);
      return;
    case 'timer':
      onTimer(j);
      return;
  }
}

/** A profile that cannot be found counts as a refusal, and as one that nobody is busy with. */
function onSettled(j: DeskJournal, id: number, delivered: boolean): void {
  const entry = j.state.outbox.profiles.find((e) => e.id === id);
  if (!entry || !j.settle('profiles', id)) return;
  const { profileId, reply } = entry.message;
  if (delivered) return;
  if (reply.kind === 'assign') refuse(j, reply.ticket, reply.offerId, 'PROFILE_NOT_FOUND');
  const agent = reply.kind === 'ask' ? inCallWith(j.state, profileId) : undefined;
  if (agent) callOver(j, agent);
}

/** Ends what is due: offers nobody answered, wrap-ups, waits that lasted too long. */
function onTimer(j: DeskJournal): void {
  const due = dueBy(j.state.index.agenda, j.at);
  for (const { id } of due) {
    if (id.startsWith('p:')) leaseOver(j, id.slice(2));
    else if (id.startsWith('a:')) onAgentDue(j, id.slice(2));
    else onCustomerDue(j, id.slice(2));
  }
  // An offer that ended here put a customer back in line whose wait may be over, too.
  if (due.length > 0) onTimer(j);
}

function onCustomerDue(j: DeskJournal, profileId: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (!entry) return; // given up a moment ago, with an offer that ended in this same step
  if (entry.offerId === '') onDue(j, entry);
  else j.setWaiting(entry); // he may be offered to more agents when this offer is over
}

/**
 * When the desk has to look again, epoch ms; undefined while only messages can change something.
 * Of the state alone: what is overdue stays due until the timer's step has taken it out.
 */
export function nextDeskDeadline(state: DeskState): number | undefined {
  return nextDue(state.index.agenda);
}
