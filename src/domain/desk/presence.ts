import { levelsOf, type Skills } from '../policy';
import { Refusal } from '../refusal';
import type { PullReason } from '../words';
import { agentSnapshot, type DeskJournal } from './desk-journal';
import { returnToLine } from './offers';
import { afterCall } from './service';
import type { DeskAgent } from './state';

/** So many are carried over in one payload of Temporal's, beside a full line (carried.ts). */
const MAX_AGENTS = 2_000;

export interface OnlineInput {
  readonly agentId: string;
  readonly languages: readonly string[];
  readonly skills: Skills;
  /** How long he has after a call before the next one is offered; 0 if not given. */
  readonly wrapUpMs?: number;
  /** Epoch ms; no end if not given. */
  readonly trainedUntil?: number;
  /** The API process that holds his stream of events, if he has one. */
  readonly via?: string;
}

/** The agent is there. Said twice, or in a call, it changes nothing but what he can serve. */
export function online(j: DeskJournal, input: OnlineInput): void {
  const { agentId, languages, skills, wrapUpMs = 0, trainedUntil } = input;
  if (trainedUntil !== undefined && trainedUntil <= j.at) {
    throw new Refusal('TRAINING_EXPIRED', 'your training has expired: renew it to take calls');
  }
  const known = j.knownAgent(agentId);
  const via = input.via ?? known?.via ?? '';
  const able = {
    languages,
    skills: levelsOf(skills),
    wrapUpMs,
    trainedUntil,
    via,
    lostAt: undefined,
  };
  if (known && known.state !== 'AWAY' && known.state !== 'PAUSED') {
    j.setAgent(known, { ...able, then: undefined });
    return;
  }
  if (!known && j.state.agents.size >= MAX_AGENTS) {
    throw new Refusal('DESK_FULL', `a desk takes at most ${MAX_AGENTS} agents`);
  }
  const agent = j.setAgent({
    agentId,
    state: 'FREE',
    stateSince: j.at,
    idleSince: j.at,
    ...able,
    offer: undefined,
    busyWith: undefined,
    avSessionId: '',
    queueId: '',
    askAt: undefined,
    misses: 0,
    then: undefined,
    pauseReason: '',
  });
  j.emit('agent.online', { agent: agentSnapshot(agent) }, { agentId });
}

/** The agent leaves: at once when idle, after the call he is in or has just accepted otherwise. */
export function offline(j: DeskJournal, agentId: string): void {
  const agent = j.knownAgent(agentId);
  if (!agent) return;
  if (agent.busyWith || agent.offer?.accepted) j.setAgent(agent, { then: 'OFFLINE' });
  else goOffline(j, leaveOffer(j, agent));
}

/** A supervisor takes him out of the line: he leaves as if he had said so himself. */
export function pull(j: DeskJournal, agentId: string, why: PullReason): void {
  const agent = j.agent(agentId);
  if (agent.then === 'OFFLINE') return;
  j.emit('agent.pulled', { agent: agentSnapshot(agent), why }, { agentId });
  offline(j, agentId);
}

/** The agent takes a break, for a reason of the organization's list: at once, or after his call. */
export function pause(j: DeskJournal, agentId: string, reason: string): void {
  const agent = j.agent(agentId);
  if (agent.state === 'PAUSED' && agent.pauseReason === reason) return;
  if (agent.busyWith || agent.offer?.accepted) j.setAgent(agent, { then: { pause: reason } });
  else goOnBreak(j, leaveOffer(j, agent), reason);
}

/** Back from a break, from being away, or done with the wrap-up before its time. */
export function resume(j: DeskJournal, agentId: string): void {
  const agent = j.agent(agentId);
  if (agent.state === 'WRAP_UP') endWrapUp(j, agent);
  else if (agent.state === 'PAUSED' || agent.state === 'AWAY') {
    const free = j.setAgent(agent, {
      state: 'FREE',
      idleSince: j.at,
      pauseReason: '',
      misses: 0,
      lostAt: undefined,
    });
    const lasted = { agentId, durationMs: j.at - agent.stateSince };
    j.emit('agent.resumed', { agent: agentSnapshot(free) }, lasted);
  } else if (agent.then !== undefined) j.setAgent(agent, { then: undefined });
}

function leaveOffer(j: DeskJournal, agent: DeskAgent): DeskAgent {
  if (!agent.offer) return agent;
  returnToLine(j, agent, 'offer.declined');
  return j.agent(agent.agentId);
}

function goOnBreak(j: DeskJournal, agent: DeskAgent, reason: string): void {
  const paused = j.setAgent(agent, { state: 'PAUSED', pauseReason: reason, then: undefined });
  j.emit('agent.paused', { agent: agentSnapshot(paused) }, { agentId: agent.agentId });
}

function goOffline(j: DeskJournal, agent: DeskAgent): void {
  j.removeAgent(agent);
  j.emit(
    'agent.offline',
    { agent: agentSnapshot({ ...agent, stateSince: j.at }, 'OFFLINE') },
    { agentId: agent.agentId },
  );
}

/** His call did not come to be: he keeps his turn. */
export function giveBack(j: DeskJournal, agent: DeskAgent): void {
  freeAgent(j, agent, { state: 'FREE', idleSince: agent.idleSince });
}

/** His call broke and its customer waits anew: he is the one to take him up again, at once. */
export function callBroke(j: DeskJournal, agent: DeskAgent): void {
  freeAgent(j, agent, { state: 'FREE', idleSince: j.at });
}

/** His call is over: what he has to note comes first. */
export function callOver(j: DeskJournal, agent: DeskAgent): void {
  const { queueId, stateSince, wrapUpMs } = agent;
  if (queueId !== '') j.set({ service: afterCall(j.state, queueId, j.at - stateSince) });
  const notes = wrapUpMs > 0 && agent.then === undefined;
  freeAgent(j, agent, { state: notes ? 'WRAP_UP' : 'FREE', idleSince: j.at });
}

export function endWrapUp(j: DeskJournal, agent: DeskAgent): void {
  const free = j.setAgent(agent, { state: 'FREE', idleSince: j.at });
  const lasted = { agentId: agent.agentId, durationMs: j.at - agent.stateSince };
  j.emit('agent.ready', { agent: agentSnapshot(free) }, lasted);
}

function freeAgent(
  j: DeskJournal,
  agent: DeskAgent,
  to: { readonly state: 'FREE' | 'WRAP_UP'; readonly idleSince: number },
): void {
  const busyFor = j.at - agent.stateSince;
  const idle = { offer: undefined, busyWith: undefined, askAt: undefined };
  const free = j.setAgent(agent, { ...to, ...idle, avSessionId: '', queueId: '' });
  j.emit(
    'agent.freed',
    { agent: agentSnapshot(free) },
    { agentId: agent.agentId, durationMs: busyFor },
  );
  if (agent.then === 'OFFLINE') goOffline(j, free);
  else if (agent.then) goOnBreak(j, free, agent.then.pause);
}
