import { withDue, withoutDue, type Agenda, type Due } from './agenda';
import { allOf } from './buckets';
import { ableKey, lineKey, nextRelaxation } from './needs';
import { withoutPlace, withPlace, type Order, type Place } from './order';
import { NO_INDEX, type DeskAgent, type DeskIndex, type DeskState, type Waiting } from './state';

/** How long an agent whom nothing reaches is waited for, ms (DESIGN: disconnect grace). */
export const GRACE_MS = 60_000;

type Change = (index: DeskIndex) => DeskIndex;

/** Puts in or takes out. */
interface Direction {
  readonly order: (orders: Orders, key: string, place: Place) => Orders;
  readonly agenda: (agenda: Agenda, due: Due) => Agenda;
}
const IN: Direction = { order: placed, agenda: withDue };
const OUT: Direction = { order: unplaced, agenda: withoutDue };

/** A customer for whom an offer is open is in no line until it is answered. */
const customer =
  (way: Direction) =>
  (entry: Waiting): Change =>
  (index) => {
    const due = dueOf(entry);
    const inLine = entry.offerId === '';
    return {
      ...index,
      ...(inLine && { lines: way.order(index.lines, lineKey(entry.needs), placeOf(entry)) }),
      ...(due && { agenda: way.agenda(index.agenda, due) }),
    };
  };
export const addCustomer = customer(IN);
export const removeCustomer = customer(OUT);

const agent =
  (way: Direction) =>
  (one: DeskAgent): Change =>
  (index) => {
    const due = agentDue(one);
    return {
      ...index,
      ...(isIdle(one) && { free: way.order(index.free, ableKey(one), idlePlace(one)) }),
      ...(due && { agenda: way.agenda(index.agenda, due) }),
    };
  };
export const addAgent = agent(IN);
export const removeAgent = agent(OUT);

/** The indexes of these customers and agents, from nothing: for a new run, and to check the others. */
export function indexed(desk: Pick<DeskState, 'waiting' | 'agents' | 'leases'>): DeskIndex {
  const changes = [
    ...allOf(desk.waiting).map(addCustomer),
    ...allOf(desk.agents).map(addAgent),
    ...Object.entries(desk.leases).map(([process, until]) =>
      changeLease(process, undefined, until),
    ),
  ];
  return changes.reduce((index, change) => change(index), NO_INDEX);
}

/**
 * When something happens to a customer by itself, of what is still to come at `at`. An open offer
 * is answered first: his wait ends afterwards, he may be seconds away from his agent.
 */
export function customerDue(entry: Omit<Waiting, 'due'>, at: number): number | undefined {
  const { needs, since, until, skip, offerId } = entry;
  const skips = Object.values(skip).filter((t) => t > at);
  const relaxed = nextRelaxation(needs, since, at) ?? until;
  const times = offerId === '' ? [until, relaxed, ...skips] : skips;
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The end of an API process's lease: another one, or none. */
export const changeLease =
  (process: string, before: number | undefined, after: number | undefined): Change =>
  (index) => {
    const id = `p:${process}`;
    const without =
      before === undefined ? index.agenda : withoutDue(index.agenda, { at: before, id });
    const agenda = after === undefined ? without : withDue(without, { at: after, id });
    return { ...index, agenda };
  };

function agentDue(agent: DeskAgent): Due | undefined {
  const { offer, lostAt, state } = agent;
  const times = [
    ...(offer && !offer.accepted ? [offer.expiresAt] : []),
    ...(state === 'WRAP_UP' ? [agent.stateSince + agent.wrapUpMs] : []),
    // Who is in a call is looked for when it is over.
    ...(lostAt !== undefined && (state === 'FREE' || state === 'WRAP_UP')
      ? [lostAt + GRACE_MS]
      : []),
  ];
  return times.length === 0 ? undefined : { at: Math.min(...times), id: `a:${agent.agentId}` };
}

/** Free, and reached by his offers. */
function isIdle({ state, lostAt }: DeskAgent): boolean {
  return state === 'FREE' && lostAt === undefined;
}

type Orders = Readonly<Record<string, Order>>;

function placed(orders: Orders, key: string, place: Place): Orders {
  return { ...orders, [key]: withPlace(orders[key] ?? [], place) };
}

function unplaced(orders: Orders, key: string, place: Place): Orders {
  const { [key]: order = [], ...others } = orders;
  const rest = withoutPlace(order, place);
  return rest.length === 0 ? others : { ...others, [key]: rest };
}

const placeOf = ({ since, ticket }: Waiting) => ({ since, id: ticket.profileId });
const idlePlace = ({ idleSince, agentId }: DeskAgent) => ({ since: idleSince, id: agentId });

function dueOf({ due, ticket }: Waiting): Due | undefined {
  return due === undefined ? undefined : { at: due, id: `c:${ticket.profileId}` };
}
