import { withDue, withoutDue, type Agenda, type Due } from './agenda';
import { allOf } from './buckets';
import { agentDue } from './due';
import { ableKey, lineKey } from './needs';
import { idlenessOf, turnOf, withoutPlace, withPlace, type Order, type Place } from './order';
import {
  NO_INDEX,
  type DeskAgent,
  type DeskIndex,
  type DeskState,
  type Lease,
  type Waiting,
} from './state';

type Change = (index: DeskIndex) => DeskIndex;

/** Puts in or takes out. */
interface Direction {
  readonly order: (orders: Orders, key: string, place: Place) => Orders;
  readonly agenda: (agenda: Agenda, due: Due) => Agenda;
  readonly count: 1 | -1;
}
const IN: Direction = { order: placed, agenda: withDue, count: 1 };
const OUT: Direction = { order: unplaced, agenda: withoutDue, count: -1 };

const customer =
  (way: Direction) =>
  (entry: Waiting): Change =>
  (index) => {
    const due = dueOf(entry);
    return {
      ...index,
      ...inLine(way, entry, index),
      ...(due && { agenda: way.agenda(index.agenda, due) }),
    };
  };
export const addCustomer = customer(IN);
export const removeCustomer = customer(OUT);

/** A customer for whom an offer is open is in no line until it is answered; nor is one who is away. */
function inLine(way: Direction, entry: Waiting, index: DeskIndex): Partial<DeskIndex> {
  if (entry.offerId !== '') return {};
  const move = (orders: Orders): Orders => way.order(orders, lineKey(entry.needs), turnOf(entry));
  switch (entry.where.kind) {
    case 'HERE':
    case 'LOST':
      return { lines: move(index.lines) };
    case 'CALLBACK':
      return { callbacks: move(index.callbacks) };
    case 'CALLED':
      return { called: index.called + way.count };
    case 'AWAY':
      return {};
  }
}

const agent =
  (way: Direction) =>
  (one: DeskAgent): Change =>
  (index) => {
    const due = agentDue(one);
    return {
      ...index,
      ...(isIdle(one) && { free: way.order(index.free, ableKey(one), idlenessOf(one)) }),
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
    ...Object.entries(desk.leases).map(([process, lease]) =>
      changeLease(process, undefined, lease),
    ),
  ];
  return changes.reduce((index, change) => change(index), NO_INDEX);
}

/** The end of an API process's lease: another one, or none. */
export const changeLease =
  (process: string, before: Lease | undefined, after: Lease | undefined): Change =>
  (index) => {
    const id = `p:${process}`;
    const without = before ? withoutDue(index.agenda, { at: before.until, id }) : index.agenda;
    const agenda = after ? withDue(without, { at: after.until, id }) : without;
    return { ...index, agenda };
  };

/** Free, and reached by his offers. */
export function isIdle({ state, lostAt }: DeskAgent): boolean {
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

function dueOf({ due, ticket }: Waiting): Due | undefined {
  return due === undefined ? undefined : { at: due, id: `c:${ticket.profileId}` };
}
