import type { Needs } from '../messages';
import { levelsOf, type Skills } from '../policy';
import { assembled } from './carried';
import { customerDue } from './due';
import { deskNeeds } from './needs';
import type { DeskAgent, DeskState, Waiting } from './state';

/**
 * What the first version of the desk carried from run to run: objects, lists of skills, no index.
 * A desk outlives every release: one of these may be running, and its history has to replay.
 */
export type FirstCarriedDesk = Pick<
  DeskState,
  'ouid' | 'seq' | 'outbox' | 'outboxNext' | 'offersMade'
> & {
  readonly form?: undefined;
  readonly waiting: readonly FirstCustomer[];
  readonly agents: Readonly<Record<string, FirstAgent>>;
};

type FirstCustomer = Omit<Waiting, 'needs' | 'due' | 'where'> & { readonly needs: Needs };
type Kept =
  'agentId' | 'state' | 'stateSince' | 'idleSince' | 'languages' | 'avSessionId' | 'misses';
type FirstAgent = Pick<DeskAgent, Kept> & {
  readonly skills: Skills;
  readonly offer?: DeskAgent['offer'];
  readonly busyWith?: DeskAgent['busyWith'];
  readonly leaving: boolean;
};

export function restoredFirst(desk: FirstCarriedDesk): DeskState {
  const { form: _none, waiting, agents, ...rest } = desk;
  return assembled(
    { ...rest, leases: {}, service: {}, closed: {} },
    { waiting: waiting.map(customerOf), agents: Object.values(agents).map(agentOf) },
  );
}

function customerOf(first: FirstCustomer): Waiting {
  const one = {
    ...first,
    needs: deskNeeds(first.needs),
    where: { kind: 'HERE', via: '' } as const,
  };
  // Of all times, also those that passed meanwhile: the timer's step takes them out.
  return { ...one, due: customerDue(one, 0) };
}

function agentOf({ leaving, skills, offer, busyWith, ...agent }: FirstAgent): DeskAgent {
  return {
    ...agent,
    skills: levelsOf(skills),
    offer,
    busyWith,
    then: leaving ? 'OFFLINE' : undefined,
    trainedUntil: undefined,
    queueId: '',
    wrapUpMs: 0,
    pauseReason: '',
    via: '',
    lostAt: undefined,
    askAt: undefined,
  };
}
