import { take, type Step, type StepContext } from '../journal';
import type { DeskMessage } from '../messages';
import { SYSTEM, type Actor } from '../words';
import { DeskJournal } from './desk-journal';
import { onProfileMessage, refuse } from './line';
import { match } from './matching';
import { accept, decline, returnToLine } from './offers';
import { offline, online, type OnlineInput } from './presence';
import type { DeskState } from './state';

/** What agents ask of the desk, sent by the API in arrays. */
export type DeskCommand =
  | ({ readonly name: 'online' } & OnlineInput)
  | { readonly name: 'offline'; readonly agentId: string }
  | { readonly name: 'accept' | 'decline'; readonly agentId: string; readonly offerId: string };

export type DeskInput =
  | { readonly name: 'command'; readonly command: DeskCommand }
  | { readonly name: 'profileMessage'; readonly message: DeskMessage }
  /** A message to a profile was delivered, or there is no such profile. */
  | { readonly name: 'profilesSettled'; readonly id: number; readonly delivered: boolean }
  | { readonly name: 'timer' };

function actorOf(input: DeskInput): Actor {
  return input.name === 'command' ? { type: 'AGENT', id: input.command.agentId } : SYSTEM;
}

/** One step of the desk; whatever happened, whoever can be matched afterwards is. */
export function stepDesk(
  state: DeskState,
  input: DeskInput,
  context: StepContext,
): Step<DeskState, { seq: number }> {
  const journal = new DeskJournal(state, actorOf(input), context);
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

function onCommand(j: DeskJournal, command: DeskCommand): void {
  switch (command.name) {
    case 'online':
      online(j, command);
      return;
    case 'offline':
      offline(j, command.agentId);
      return;
    case 'accept':
      accept(j, command.agentId, command.offerId);
      return;
    case 'decline':
      decline(j, command.agentId, command.offerId);
      return;
  }
}

/** A profile that cannot be found counts as a refusal. */
function onSettled(j: DeskJournal, id: number, delivered: boolean): void {
  const entry = j.state.outbox.profiles.find((e) => e.id === id);
  if (!entry || !j.settle('profiles', id)) return;
  const { reply } = entry.message;
  if (!delivered && reply.kind === 'assign')
    refuse(j, reply.ticket, reply.offerId, 'PROFILE_NOT_FOUND');
}

/** Ends what is due: offers nobody answered, waits that lasted too long. */
function onTimer(j: DeskJournal): void {
  for (const agent of Object.values(j.state.agents)) {
    if (agent.offer && !agent.offer.accepted && agent.offer.expiresAt <= j.at) {
      returnToLine(j, agent, 'offer.missed');
    }
  }
  for (const { ticket, until, offerId } of j.state.waiting) {
    // An open offer is answered first: the customer may be seconds away from his agent.
    if (until > j.at || offerId !== '') continue;
    j.removeWaiting(ticket);
    j.send('profiles', { profileId: ticket.profileId, reply: { kind: 'waitExpired', ticket } });
  }
  for (const entry of j.state.waiting) {
    const skip = Object.entries(entry.skip).filter(([, until]) => until > j.at);
    if (skip.length < Object.keys(entry.skip).length) {
      j.setWaiting({ ...entry, skip: Object.fromEntries(skip) });
    }
  }
}

/**
 * When the desk has to look again, epoch ms; undefined while only messages can change something.
 * Of the state alone: what is overdue stays due until the timer's step has taken it out.
 */
export function nextDeskDeadline(state: DeskState): number | undefined {
  const offers = Object.values(state.agents).flatMap((a) =>
    a.offer && !a.offer.accepted ? [a.offer.expiresAt] : [],
  );
  const waits = state.waiting.flatMap((w) => [
    ...(w.offerId === '' ? [w.until] : []),
    ...Object.values(w.skip),
  ]);
  const all = [...offers, ...waits];
  return all.length === 0 ? undefined : Math.min(...all);
}
