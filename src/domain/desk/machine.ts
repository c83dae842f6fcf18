import { take, type Step, type StepContext } from '../journal';
import type { DeskMessage } from '../messages';
import { SYSTEM, type Actor, type CloseReason, type PullReason } from '../words';
import { dueBy, nextDue } from './agenda';
import { inBuckets } from './buckets';
import { closeQueue, openQueue } from './closing';
import { DeskJournal } from './desk-journal';
import { onProfileMessage, refuse } from './line';
import { match } from './matching';
import { accept, decline } from './offers';
import { inCallWith } from './people';
import { callOver, offline, online, pause, pull, resume, type OnlineInput } from './presence';
import {
  connect,
  disconnect,
  IDLE_LEASE_MS,
  LEASE_MS,
  leaseOver,
  onAgentDue,
  renewLease,
} from './reach';
import type { DeskState } from './state';
import * as customers from './whereabouts';

/** What agents ask of the desk, sent by the API in arrays. */
export type AgentCommand =
  | ({ readonly name: 'online' } & OnlineInput)
  | { readonly name: 'offline' | 'resume'; readonly agentId: string }
  | { readonly name: 'pause'; readonly agentId: string; readonly reason: string }
  | { readonly name: 'connect' | 'disconnect'; readonly agentId: string; readonly process: string }
  | { readonly name: 'accept' | 'decline'; readonly agentId: string; readonly offerId: string };

/** What customers in line ask of it; of one who is not in line nothing is known, and nothing changes. */
export type CustomerCommand =
  | {
      readonly name: 'customerConnect' | 'customerDisconnect';
      readonly profileId: string;
      readonly process: string;
    }
  /** `process`: the one that holds his stream of events; '' if none does. */
  | { readonly name: 'customerBack'; readonly profileId: string; readonly process: string }
  | { readonly name: 'customerAway' | 'callback'; readonly profileId: string };

/** Of a supervisor. */
type SupervisorCommand = { readonly supervisorId: string } & (
  | { readonly name: 'pull'; readonly agentId: string; readonly why: PullReason }
  | { readonly name: 'closeQueue'; readonly queueId: string; readonly why: CloseReason }
  | { readonly name: 'openQueue'; readonly queueId: string }
);

/** Also of an API process itself, for all whose streams it holds. */
export type DeskCommand =
  | AgentCommand
  | CustomerCommand
  | SupervisorCommand
  /** `idle`: as the process sees it nobody waits, and it will be heard of less often. */
  | { readonly name: 'lease'; readonly process: string; readonly idle?: boolean };

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
  if ('profileId' in command) return { type: 'CUSTOMER', id: command.profileId };
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
      renewLease(j, command.process, command.idle === true ? IDLE_LEASE_MS : LEASE_MS);
      return;
    case 'accept':
      accept(j, command.agentId, command.offerId);
      return;
    case 'decline':
      decline(j, command.agentId, command.offerId);
      return;
    case 'customerConnect':
      customers.connect(j, command.profileId, command.process);
      return;
    case 'customerDisconnect':
      customers.disconnect(j, command.profileId, command.process);
      return;
    case 'customerBack':
      customers.back(j, command.profileId, command.process);
      return;
    case 'customerAway':
      customers.away(j, command.profileId);
      return;
    case 'callback':
      customers.askCallback(j, command.profileId);
      return;
    case 'closeQueue':
      closeQueue(j, command.queueId, command.why);
      return;
    case 'openQueue':
      openQueue(j, command.queueId);
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
  if (entry.offerId === '') customers.onDue(j, entry);
  else j.setWaiting(entry); // he may be offered to more agents when this offer is over
}

/**
 * When the desk has to look again, epoch ms; undefined while only messages can change something.
 * Of the state alone: what is overdue stays due until the timer's step has taken it out.
 */
export function nextDeskDeadline(state: DeskState): number | undefined {
  return nextDue(state.index.agenda);
}
