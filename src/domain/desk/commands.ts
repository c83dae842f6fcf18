import { SYSTEM, type Actor, type CloseReason, type PullReason } from '../words';
import { closeQueue, openQueue } from './closing';
import type { DeskJournal } from './desk-journal';
import { accept, decline } from './offers';
import { offline, online, pause, pull, resume, type OnlineInput } from './presence';
import { connect, disconnect, IDLE_LEASE_MS, LEASE_MS, renewLease } from './reach';
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

/** Who says it. */
export function actorOf(command: DeskCommand): Actor {
  if ('supervisorId' in command) return { type: 'SUPERVISOR', id: command.supervisorId };
  if ('profileId' in command) return { type: 'CUSTOMER', id: command.profileId };
  return 'agentId' in command ? { type: 'AGENT', id: command.agentId } : SYSTEM;
}

export function onCommand(j: DeskJournal, command: DeskCommand): void {
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
