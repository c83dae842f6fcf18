import type { AgentState, DeskState } from './state';

/** What an API process reads of the desk; from it offers, positions and presence are served. */
export interface DeskView {
  readonly agents: Readonly<Record<string, AgentView>>;
  /** ProfileID → place in his queue, 1 = next. */
  readonly positions: Readonly<Record<string, number>>;
}

export interface AgentView {
  readonly state: AgentState;
  readonly since: number;
  readonly offer?: {
    readonly offerId: string;
    readonly profileId: string;
    readonly expiresAt: number;
    readonly accepted: boolean;
  };
  readonly profileId: string;
  readonly avSessionId: string;
}

export function deskView(state: DeskState): DeskView {
  const agents = Object.fromEntries(
    Object.values(state.agents).map((a): [string, AgentView] => [
      a.agentId,
      {
        state: a.state,
        since: a.stateSince,
        profileId: a.busyWith?.profileId ?? '',
        avSessionId: a.avSessionId,
        ...(a.offer && {
          offer: {
            offerId: a.offer.offerId,
            profileId: a.offer.ticket.profileId,
            expiresAt: a.offer.expiresAt,
            accepted: a.offer.accepted,
          },
        }),
      },
    ]),
  );
  const positions: Record<string, number> = {};
  const seen: Record<string, number> = {};
  const inTurn = [...state.waiting].sort(
    (a, b) => b.needs.priority - a.needs.priority || a.since - b.since,
  );
  for (const { ticket, needs } of inTurn) {
    const place = (seen[needs.queueId] ?? 0) + 1;
    seen[needs.queueId] = place;
    positions[ticket.profileId] = place;
  }
  return { agents, positions };
}
