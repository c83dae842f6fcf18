/** One place in an order: by time, equal times by id. */
export interface Place {
  /** Epoch ms. */
  readonly since: number;
  readonly id: string;
}

export type Order = readonly Place[];

export interface InTurn {
  readonly since: number;
  readonly ticket: { readonly profileId: string };
  readonly needs: { readonly priority: number };
}

interface Idle {
  readonly idleSince: number;
  readonly agentId: string;
}

export const turnOf = ({ since, ticket }: Pick<InTurn, 'since' | 'ticket'>): Place => ({
  since,
  id: ticket.profileId,
});
export const idlenessOf = ({ idleSince, agentId }: Idle): Place => ({
  since: idleSince,
  id: agentId,
});

/** The turn of customers: higher priority first, then who waits longest; equal times by id. */
export function byTurn(a: InTurn, b: InTurn): number {
  const before = b.needs.priority - a.needs.priority;
  return before !== 0 ? before : byPlace(turnOf(a), turnOf(b));
}

/** The longest idle first. */
export function byIdleness(a: Idle, b: Idle): number {
  return byPlace(idlenessOf(a), idlenessOf(b));
}

function byPlace(a: Place, b: Place): number {
  return isBefore(a, b) ? -1 : 1;
}

function isBefore(a: Place, b: Place): boolean {
  return a.since < b.since || (a.since === b.since && a.id < b.id);
}

export function withPlace(order: Order, place: Place): Order {
  return order.toSpliced(indexOf(order, place), 0, place);
}

export function withoutPlace(order: Order, place: Place): Order {
  const at = indexOf(order, place);
  return order[at]?.id === place.id ? order.toSpliced(at, 1) : order;
}

/** Where it stands or would stand: 0 = first. */
function indexOf(order: Order, place: Place): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const found = order[middle];
    if (found !== undefined && isBefore(found, place)) low = middle + 1;
    else high = middle;
  }
  return low;
}
