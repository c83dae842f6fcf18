/** The cursor was not one of ours: the caller's mistake, not an error of the log. */
export class InvalidCursorError extends Error {
  constructor() {
    super('the cursor is not one that a list of this API gave');
    this.name = 'InvalidCursorError';
  }
}

/** Where a page of profiles ended: the last row's place in the order (createdAt desc, profileId). */
export interface PagePosition {
  readonly createdAtMs: number;
  readonly profileId: string;
}

/** Opaque to clients, so that what is in it may change. It grants nothing: reads bind the OUID. */
export function encodeCursor({ createdAtMs, profileId }: PagePosition): string {
  return Buffer.from(JSON.stringify([createdAtMs, profileId])).toString('base64url');
}

/** @throws InvalidCursorError for anything `encodeCursor` did not make. */
export function decodeCursor(cursor: string): PagePosition {
  const [createdAtMs, profileId, ...more] = parse(cursor);
  if (typeof createdAtMs !== 'number' || !Number.isSafeInteger(createdAtMs) || more.length > 0) {
    throw new InvalidCursorError();
  }
  if (typeof profileId !== 'string') throw new InvalidCursorError();
  return { createdAtMs, profileId };
}

function parse(cursor: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(value) ? value : [];
  } catch {
    return []; // not JSON: the same as any other text that is no cursor
  }
}
