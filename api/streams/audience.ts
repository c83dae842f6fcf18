import type { DeskView } from '../../src/domain/desk/view';
import type { DeskCommand } from '../../workflows/contracts';
import { agentView } from './agent-view';
import { placeInLine } from './place-in-line';

/** The people of one kind whom a desk's streams reach, and what is between them and the desk. */
export interface Audience {
  /** Type of the events that tell one of them his state. */
  readonly type: string;
  connect(id: string, process: string): DeskCommand;
  disconnect(id: string, process: string): DeskCommand;
  state(view: DeskView, id: string): object;
  /** Whether the desk does not know that he is reached, though he was there before (`last`). */
  isMissed(view: DeskView, id: string, last: DeskView | undefined): boolean;
}

export const AGENTS: Audience = {
  type: 'agent',
  connect: (agentId, process) => ({ name: 'connect', agentId, process }),
  disconnect: (agentId, process) => ({ name: 'disconnect', agentId, process }),
  state: ({ agents }, agentId) => agentView(agentId, agents[agentId]),
  // He came online by another process, or the one that had him died.
  isMissed: ({ agents }, agentId) => agents[agentId]?.via === '',
};

export const CUSTOMERS: Audience = {
  type: 'waiting',
  connect: (profileId, process) => ({ name: 'customerConnect', profileId, process }),
  disconnect: (profileId, process) => ({ name: 'customerDisconnect', profileId, process }),
  state: placeInLine,
  // He has just come into line, where nothing is known of his stream; or he was thought gone.
  isMissed: ({ positions, whereabouts }, profileId, last) => {
    const where = whereabouts[profileId];
    if (where === 'LOST' || where === 'AWAY') return true;
    return profileId in positions && last?.positions[profileId] === undefined;
  },
};
