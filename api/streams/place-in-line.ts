import type { DeskView } from '../../src/domain/desk/view';

/** Where a customer stands, as he is told it. */
export interface PlaceInLine {
  readonly inLine: boolean;
  /** 1 = next; null when he is not in line. */
  readonly position: number | null;
  /** Minutes, for seconds would promise what nobody knows; null while nobody at work can serve him. */
  readonly estimatedWaitMinutes: number | null;
  /** He asked to be called when it is his turn; CALLED: it is. */
  readonly callback: 'ASKED' | 'CALLED' | null;
}

export function placeInLine(
  { positions, estimates, whereabouts }: DeskView,
  profileId: string,
): PlaceInLine {
  const position = positions[profileId] ?? null;
  const waitMs = estimates[profileId];
  const where = whereabouts[profileId];
  return {
    inLine: position !== null,
    position,
    estimatedWaitMinutes: waitMs === undefined ? null : Math.ceil(waitMs / 60_000),
    callback: where === 'CALLED' ? 'CALLED' : where === 'CALLBACK' ? 'ASKED' : null,
  };
}
