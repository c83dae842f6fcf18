export interface ByteRange {
  readonly from: number;
  /** The last one, included. */
  readonly to: number;
}

/**
 * The one range that a request asks for (RFC 9110, 14.1.2). Undefined: the whole is answered, as it may
 * be to whatever else stands there: several ranges, other units, what lies outside.
 */
export function byteRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return from <= to ? { from, to } : undefined;
}
