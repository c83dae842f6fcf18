import type { Needs } from '../messages';
import { levelsOf, type Skills } from '../policy';
import { allOf, noBuckets, withBucket } from './buckets';
import { customerDue, indexed } from './indexes';
import { deskNeeds } from './needs';
import type { DeskAgent, DeskState, Waiting } from './state';

/**
 * The desk between two of its runs: plain lists, no index. What an earlier version of this code did
 * not know yet may be missing, for a desk outlives every release.
 */
export type CarriedDesk = Omit<DeskState, 'waiting' | 'agents' | 'index' | 'service' | 'leases'> & {
  readonly waiting: readonly CarriedCustomer[];
  readonly agents: Readonly<Record<string, CarriedAgent>>;
  readonly service?: DeskState['service'];
  readonly leases?: DeskState['leases'];
};

/** The first version had no `due`, and needs without levels. */
type CarriedCustomer = Omit<Waiting, 'needs' | 'due'> & {
  readonly needs: Needs;
  readonly due?: number | undefined;
};
type CarriedAgent = Omit<DeskAgent, 'skills' | Added> &
  Partial<Pick<DeskAgent, Added>> & { readonly skills: Skills; readonly leaving?: boolean };
/** Of the second version; the first had `leaving`. */
type Added = 'trainedUntil' | 'queueId' | 'wrapUpMs' | 'then' | 'pauseReason' | 'via' | 'lostAt';

export function carried({ index: _rebuilt, ...state }: DeskState): CarriedDesk {
  const agents = Object.fromEntries(allOf(state.agents).map((agent) => [agent.agentId, agent]));
  return { ...state, waiting: allOf(state.waiting), agents };
}

export function restored({
  waiting,
  agents,
  service = {},
  leases = {},
  ...rest
}: CarriedDesk): DeskState {
  const customers = waiting
    .map((one) => ({ ...one, needs: deskNeeds(one.needs) }))
    .map((one) => ({ ...one, due: one.due ?? customerDue(one, 0) }))
    .reduce((all, one) => withBucket(all, one.ticket.profileId, one), noBuckets<Waiting>());
  const people = Object.values(agents)
    .map(restoredAgent)
    .reduce((all, one) => withBucket(all, one.agentId, one), noBuckets<DeskAgent>());
  const kept = { waiting: customers, agents: people, leases };
  return { ...rest, ...kept, service, index: indexed(kept) };
}

function restoredAgent({ leaving, ...agent }: CarriedAgent): DeskAgent {
  return {
    trainedUntil: undefined,
    queueId: '',
    wrapUpMs: 0,
    pauseReason: '',
    via: '',
    lostAt: undefined,
    then: leaving === true ? 'OFFLINE' : undefined,
    ...agent,
    skills: levelsOf(agent.skills),
  };
}
