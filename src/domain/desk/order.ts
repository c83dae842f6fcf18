/** One place in an order: by time, equal times by id. */
export interface Place {
  /** Epoch ms. */
  readonly since: number;
  readonly id: string;
}

export type Order = readonly Place[];

/** The turn of customers: higher priority first, then who waits longest; equal times by id. */
export function byTurn(a: InTurn, b: InTurn): number {
  const place = ({ since, ticket }: InTurn): Place => ({ since, id: ticket.profileId });
  const before = b.needs.priority - a.needs.priority;
  return before !== 0 ? before : isBefore(place(a), place(b)) ? -1 : 1;
}

export interface InTurn {
  readonly since: number;
  readonly ticket: { readonly profileId: string };
  readonly needs: { readonly priority: number };
}

export function isBefore(a: Place, b: Place): boolean {
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
export function indexOf(order: Order, place: Place): number {
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
