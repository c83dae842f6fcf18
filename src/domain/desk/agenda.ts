/**
 * What falls due when, by id: one thing an id. Kept in slots of ten seconds, so that putting in and
 * taking out copies some fifty items at a full desk, and the next one is in the first slot.
 */
export type Agenda = Readonly<Record<number, readonly Due[]>>;
export interface Due {
  /** Epoch ms. */
  readonly at: number;
  readonly id: string;
}

const SLOT_MS = 10_000;

export function withDue(agenda: Agenda, due: Due): Agenda {
  const slot = slotOf(due.at);
  return { ...agenda, [slot]: [...(agenda[slot] ?? []), due] };
}

export function withoutDue(agenda: Agenda, { at, id }: Due): Agenda {
  const slot = slotOf(at);
  const rest = (agenda[slot] ?? []).filter((due) => due.id !== id);
  if (rest.length > 0) return { ...agenda, [slot]: rest };
  const { [slot]: _empty, ...others } = agenda;
  return others;
}

/** When something falls due next; undefined when nothing does. */
export function nextDue(agenda: Agenda): number | undefined {
  // Keys that are whole numbers below 2^32 come in order; a slot of today is some 1.8e8.
  for (const slot in agenda) return Math.min(...(agenda[slot] ?? []).map((due) => due.at));
  return undefined;
}

/** What is due by then, the earliest first; equal times by id. */
export function dueBy(agenda: Agenda, at: number): Due[] {
  const found: Due[] = [];
  for (const slot in agenda) {
    if (Number(slot) * SLOT_MS > at) break;
    found.push(...(agenda[slot] ?? []).filter((due) => due.at <= at));
  }
  return found.sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function slotOf(at: number): number {
  return Math.floor(at / SLOT_MS);
}
