import { allOf, noBuckets, withBucket } from './buckets';
import { indexed } from './indexes';
import type { Able, DeskNeeds } from './needs';
import type { DeskAgent, DeskState, Waiting, Whereabouts } from './state';

/** All of a desk but its people. */
type Rest = Omit<DeskState, 'waiting' | 'agents' | 'index'>;

/**
 * The desk between two of its runs. Rows without names, what many ask for or can do written once:
 * 10,000 customers and 2,000 agents stay below the 2 MB that Temporal lets a payload have.
 */
export interface CarriedDesk extends Rest {
  readonly form: 2;
  readonly needs: readonly DeskNeeds[];
  readonly abilities: readonly Ability[];
  readonly waiting: readonly CustomerRow[];
  readonly agents: readonly AgentRow[];
}

type Ability = Omit<Able, 'trainedUntil'> & {
  readonly wrapUpMs: number;
  readonly trainedUntil?: number;
};

type CustomerRow = readonly [
  profileId: string,
  n: number,
  needs: number,
  since: number,
  until: number,
  offerTimeout: number,
  due: number | null,
  offerId: string,
  preferredAgent: string,
  skip: Waiting['skip'],
  /** Left out for who is there without a stream. */
  where?: Whereabouts,
];

type AgentRow = readonly [
  agentId: string,
  ability: number,
  state: DeskAgent['state'],
  stateSince: number,
  idleSince: number,
  misses: number,
  offer: NonNullable<DeskAgent['offer']> | null,
  busyWith: NonNullable<DeskAgent['busyWith']> | null,
  avSessionId: string,
  queueId: string,
  then: NonNullable<DeskAgent['then']> | null,
  pauseReason: string,
  via: string,
  lostAt: number | null,
  askAt: number | null,
];

export function carried({ index: _rebuilt, waiting, agents, ...rest }: DeskState): CarriedDesk {
  const needs = new Once<DeskNeeds>();
  const abilities = new Once<Ability>();
  return {
    ...rest,
    form: 2,
    waiting: allOf(waiting).map((one) => customerRow(one, needs.at(one.needs))),
    agents: allOf(agents).map((one) => agentRow(one, abilities.at(abilityOf(one)))),
    needs: needs.all,
    abilities: abilities.all,
  };
}

export function restored(desk: CarriedDesk): DeskState {
  const { form: _two, needs, abilities, waiting, agents, ...rest } = desk;
  return assembled(rest, {
    waiting: waiting.map((row) => customerOf(row, needs)),
    agents: agents.map((row) => agentOf(row, abilities)),
  });
}

/** A desk of these people, its index made from nothing. */
export function assembled(
  rest: Rest,
  people: { readonly waiting: readonly Waiting[]; readonly agents: readonly DeskAgent[] },
): DeskState {
  const waiting = people.waiting.reduce(
    (all, one) => withBucket(all, one.ticket.profileId, one),
    noBuckets<Waiting>(),
  );
  const agents = people.agents.reduce(
    (all, one) => withBucket(all, one.agentId, one),
    noBuckets<DeskAgent>(),
  );
  const { leases } = rest;
  return { ...rest, waiting, agents, index: indexed({ waiting, agents, leases }) };
}

const HERE: Whereabouts = { kind: 'HERE', via: '' };

function customerRow(one: Waiting, needs: number): CustomerRow {
  const { ticket, since, until, offerTimeout, due, offerId, preferredAgent, skip, where } = one;
  const times = [since, until, offerTimeout, due ?? null] as const;
  const row = [ticket.profileId, ticket.n, needs, ...times, offerId, preferredAgent, skip] as const;
  return where.kind === 'HERE' && where.via === '' ? row : [...row, where];
}

function customerOf(row: CustomerRow, all: readonly DeskNeeds[]): Waiting {
  const [profileId, n, index, since, until, offerTimeout, due, offerId, ...more] = row;
  const [preferredAgent, skip, where = HERE] = more;
  const needs = all[index];
  if (!needs) throw new Error(`the carried desk lacks the needs ${index}`);
  const times = { since, until, offerTimeout, due: due ?? undefined };
  return { ticket: { profileId, n }, needs, ...times, offerId, where, preferredAgent, skip };
}

function abilityOf({ languages, skills, wrapUpMs, trainedUntil }: DeskAgent): Ability {
  return { languages, skills, wrapUpMs, ...(trainedUntil !== undefined && { trainedUntil }) };
}

function agentRow(one: DeskAgent, ability: number): AgentRow {
  const { agentId, state, stateSince, idleSince, misses, avSessionId, queueId } = one;
  const now = [
    state,
    stateSince,
    idleSince,
    misses,
    one.offer ?? null,
    one.busyWith ?? null,
  ] as const;
  const { then = null, pauseReason, via, lostAt = null, askAt = null } = one;
  const next = [then, pauseReason, via, lostAt, askAt] as const;
  return [agentId, ability, ...now, avSessionId, queueId, ...next];
}

function agentOf(row: AgentRow, all: readonly Ability[]): DeskAgent {
  const [agentId, index, state, stateSince, idleSince, misses, offer, busyWith, ...more] = row;
  const [avSessionId, queueId, then, pauseReason, via, lostAt, askAt] = more;
  const ability = all[index];
  if (!ability) throw new Error(`the carried desk lacks the ability ${index}`);
  return {
    ...{ agentId, state, stateSince, idleSince, misses, avSessionId, queueId, pauseReason, via },
    ...ability,
    trainedUntil: ability.trainedUntil,
    offer: offer ?? undefined,
    busyWith: busyWith ?? undefined,
    then: then ?? undefined,
    lostAt: lostAt ?? undefined,
    askAt: askAt ?? undefined,
  };
}

/** Values by what they say, each kept once. */
class Once<T extends object> {
  private readonly known = new Map<string, number>();
  readonly all: T[] = [];

  at(value: T): number {
    const key = JSON.stringify(value);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, this.all.length);
    return this.all.push(value) - 1;
  }
}
