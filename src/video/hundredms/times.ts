/** ClickHouse's DateTime64 ends there; a time that it cannot read would be tried again for ever. */
const LATEST = Date.UTC(2200, 0);

/**
 * A time of the service as epoch ms. It writes up to nine digits of a second, `0001-01-01T00:00:00Z`
 * for none, and `20XX-0X-0XT…` in its test events. A year that the log cannot hold is no time either.
 */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const at = Date.parse(value);
  return at > 0 && at < LATEST ? at : undefined;
}
