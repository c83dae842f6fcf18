import type { Json } from '../../src/domain/words';

/** One thing that is known of an AV session. */
export interface InspectionEntry {
  /** ISO 8601; by the clock of whoever saw it. */
  readonly at: string;
  /** Where it is from. */
  readonly source: string;
  readonly type: string;
  readonly actor: { readonly type: string; readonly id: string };
  readonly details: Readonly<Record<string, Json>>;
}

/** A place that knows something of AV sessions: its first entries by time, at most one over `MOST`. */
export type EntrySource = (ouid: string, avSessionId: string) => Promise<InspectionEntry[]>;

export const MOST_ENTRIES = 2_000;
/** What a source is to read: one more than is shown tells that there are more. */
export const READ_LIMIT = MOST_ENTRIES + 1;

/**
 * The entries of all sources by time. When there are too many, those of the sources named first stay:
 * what was decided is not to be lost among measurements.
 */
export function inTimeOrder(
  sources: readonly (readonly InspectionEntry[])[],
  most = MOST_ENTRIES,
): { readonly entries: InspectionEntry[]; readonly truncated: boolean } {
  const all = sources.flat();
  const entries = all.slice(0, most).toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
  return { entries, truncated: all.length > most };
}
