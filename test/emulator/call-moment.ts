/** When a call matters to those who record it; the call itself knows none of them. */
export type CallMoment =
  /** The first peer is inside. */
  | 'BEGUN'
  /** The last of the people has left, and the recorder has not. */
  | 'ONLY_RECORDER_LEFT'
  /** Everybody is about to be sent away. */
  | 'ENDING'
  /** Nobody is inside any more; nobody was told yet. */
  | 'OVER'
  /** `session.close.success` is out. */
  | 'CLOSED';
