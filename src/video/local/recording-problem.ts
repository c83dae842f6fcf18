/**
 * UNKNOWN: no such recording was started. LIMIT: too many recordings or parts. CLOSED: it was finished.
 * CONFLICT: this part came before with other bytes. INCOMPLETE: this part did not come. TYPE: its first
 * bytes are no WebM and no MP4.
 */
export type RecordingProblemCode =
  'UNKNOWN' | 'LIMIT' | 'CLOSED' | 'CONFLICT' | 'INCOMPLETE' | 'TYPE';

/** Why a recording, or a part of it, is not taken. */
export class RecordingProblem extends Error {
  override readonly name = 'RecordingProblem';

  constructor(
    readonly code: RecordingProblemCode,
    readonly part = 0,
  ) {
    super(`${code}: part ${part}`);
  }
}
