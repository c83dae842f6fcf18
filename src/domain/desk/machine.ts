import { take, type Step, type StepContext } from '../journal';
import type { DeskMessage } from '../messages';
import { SYSTEM, type Actor, type PullReason } from '../words';
import { dueBy, nextDue } from './agenda';
import { inBuckets } from './buckets';
import { DeskJournal } from './desk-journal';
import { onProfileMessage, refuse } from './line';
import { match } from './matching';
import { accept, decline } from './offers';
import { offline, online, pause, pull, resume, type OnlineInput } from './presence';
import { connect, disconnect, leaseOver, onAgentDue, renewLease } from './reach';
import type { DeskState } from './state';

/** What agents ask of the desk, sent by the API in arrays. */
export type AgentCommand =
  | ({ readonly name: 'online' } & OnlineInput)
  | { readonly name: 'offline' | 'resume'; readonly agentId: string }
  | { readonly name: 'pause'; readonly agentId: string; readonly reason: string }
  | { readonly name: 'connect' | 'disconnect'; readonly agentId: string; readonly process: string }
  | { readonly name: 'accept' | 'decline'; readonly agentId: string; readonly offerId: string };

/** Of a supervisor about an agent. */
type SupervisorCommand = {
  readonly name: 'pull';
  readonly agentId: string;
  readonly supervisorId: string;
  readonly why: PullReason;
};

/** Also of an API process itself, for all the agents whose streams it holds. */
export type DeskCommand =
  AgentCommand | SupervisorCommand | { readonly name: 'lease'; readonly process: string };

export type DeskInput =
  | { readonly name: 'command'; readonly command: DeskCommand }
  | { readonly name: 'profileMessage'; readonly message: DeskMessage }
  /** A message to a profile was delivered, or there is no such profile. */
  | { readonly name: 'profilesSettled'; readonly id: number; readonly delivered: boolean }
  | { readonly name: 'timer' };

function actorOf(input: DeskInput): Actor {
  if (input.name !== 'command') return SYSTEM;
  const { command } = input;
  if ('supervisorId' in command) return { type: 'SUPERVISOR', id: command.supervisorId };
  return 'agentId' in command ? { type: 'AGENT', id: command.agentId } : SYSTEM;
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
    case 'pull':
      pull(j, command.agentId, command.why);
      return;
    case 'pause':
      pause(j, command.agentId, command.reason);
      return;
    case 'resume':
      resume(j, command.agentId);
      return;
    case 'connect':
      connect(j, command.agentId, command.process);
      return;
    case 'disconnect':
      disconnect(j, command.agentId, command.process);
      return;
    case 'lease':
      renewLease(j, command.process);
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
  if (!entry) throw new Error('the agenda has a customer who does not wait');
  if (entry.until > j.at || entry.offerId !== '') {
    j.setWaiting(entry); // more agents fit him from now on, or may be asked again
    return;
  }
  j.removeWaiting(entry);
  const { ticket } = entry;
  j.send('profiles', { profileId, reply: { kind: 'waitExpired', ticket } });
}

/**
 * When the desk has to look again, epoch ms; undefined while only messages can change something.
 * Of the state alone: what is overdue stays due until the timer's step has taken it out.
 */
export function nextDeskDeadline(state: DeskState): number | undefined {
  return nextDue(state.index.agenda);
}
