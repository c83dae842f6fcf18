import { allOf } from './buckets';
import { Staffing } from './staffing';
import { byTurn } from './order';
import { estimatedWait } from './service';
import type { CloseReason } from '../words';
import type { AgentState, DeskAgent, DeskState, Whereabouts } from './state';

/** What an API process reads of the desk; from it offers, positions and presence are served. */
export interface DeskView {
  readonly agents: Readonly<Record<string, AgentView>>;
  /** ProfileID → place in his queue, 1 = next. */
  readonly positions: Readonly<Record<string, number>>;
  /** ProfileID → how long he is still likely to wait, ms; left out while nobody can serve him. */
  readonly estimates: Readonly<Record<string, number>>;
  /** ProfileID → where he is, of those who are not simply there. */
  readonly whereabouts: Readonly<Record<string, Exclude<Whereabouts['kind'], 'HERE'>>>;
  readonly queues: readonly QueueView[];
}

export interface QueueView {
  readonly queueId: string;
  readonly queueName: string;
  readonly waiting: number;
  /** Epoch ms since when the first of them waits; left out when nobody does. */
  readonly longestSince?: number;
  /** Why a supervisor closed it, if he did. */
  readonly closed?: CloseReason;
}

export interface AgentView {
  readonly state: AgentState;
  readonly since: number;
  /** While he is on a break. */
  readonly pauseReason?: string;
  readonly offer?: {
    readonly offerId: string;
    readonly profileId: string;
    readonly expiresAt: number;
    readonly accepted: boolean;
  };
  readonly profileId: string;
  readonly avSessionId: string;
  /** The API process that holds his stream of events; '' when none does. */
  readonly via?: string;
}

export function deskView(state: DeskState, at: number): DeskView {
  const inOrder = allOf(state.agents).sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
  const agents = Object.fromEntries(inOrder.map((a) => [a.agentId, viewOf(a)]));
  return { agents, ...places(state, at), queues: queuesOf(state) };
}

function viewOf(a: DeskAgent): AgentView {
  return {
    state: a.state,
    since: a.stateSince,
    profileId: a.busyWith?.profileId ?? '',
    avSessionId: a.avSessionId,
    via: a.via,
    ...(a.pauseReason !== '' && { pauseReason: a.pauseReason }),
    ...(a.offer && {
      offer: {
        offerId: a.offer.offerId,
        profileId: a.offer.ticket.profileId,
        expiresAt: a.offer.expiresAt,
        accepted: a.offer.accepted,
      },
    }),
  };
}

/** Also of those for whom an offer is open: they are still waiting, at the head. */
function places(
  state: DeskState,
  at: number,
): Pick<DeskView, 'positions' | 'estimates' | 'whereabouts'> {
  const staffing = new Staffing(state, at);
  const positions: Record<string, number> = {};
  const estimates: Record<string, number> = {};
  const whereabouts: Record<string, Exclude<Whereabouts['kind'], 'HERE'>> = {};
  const seen: Record<string, number> = {};
  for (const entry of allOf(state.waiting).sort(byTurn)) {
    const { profileId } = entry.ticket;
    const { queueId } = entry.needs;
    const place = (seen[queueId] ?? 0) + 1;
    seen[queueId] = place;
    positions[profileId] = place;
    if (entry.where.kind !== 'HERE') whereabouts[profileId] = entry.where.kind;
    const { place: inTurn, staffed } = staffing.next(entry);
    const his = { place: inTurn, waitedMs: at - entry.since };
    const wait = estimatedWait(state, queueId, his, staffed);
    if (wait !== undefined) estimates[profileId] = wait;
  }
  return { positions, estimates, whereabouts };
}

/** Those in which somebody waits, and those that are closed (by their ids: nobody is there to name them). */
function queuesOf(state: DeskState): QueueView[] {
  const queues = new Map<string, QueueView>();
  for (const [queueId, { why }] of Object.entries(state.closed)) {
    queues.set(queueId, { queueId, queueName: '', waiting: 0, closed: why });
  }
  for (const { needs, since } of allOf(state.waiting)) {
    const { queueId, queueName } = needs;
    const known = queues.get(queueId);
    const longestSince = Math.min(known?.longestSince ?? since, since);
    const waiting = (known?.waiting ?? 0) + 1;
    queues.set(queueId, { ...known, queueId, queueName, waiting, longestSince });
  }
  return [...queues.values()].sort((a, b) => (a.queueId < b.queueId ? -1 : 1));
}
