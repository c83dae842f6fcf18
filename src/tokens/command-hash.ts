import { createHash, createHmac } from 'node:crypto';
import { type ActorType } from '../domain/words';

/** Deeper than any body of ours; keeps a hostile one from ending the stack. */
const MAX_DEPTH = 32;

/**
 * One text per JSON value, whatever the order of its keys (as RFC 8785: sorted by UTF-16 units, no
 * white space). Fields that are `undefined` are absent, as in JSON.stringify.
 * @throws RangeError when nested deeper than 32; TypeError for what JSON cannot hold
 */
export function canonicalJson(value: unknown): string {
  return canonical(value, 0);
}

function canonical(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) {
    return `[${value.map((item: unknown) => canonical(item ?? null, depth + 1)).join(',')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    if ('toJSON' in value) return canonical(JSON.parse(JSON.stringify(value)), depth + 1);
    const fields = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner, depth + 1)}`);
    return `{${fields.join(',')}}`;
  }
  const text = JSON.stringify(value) as string | undefined;
  const finite = typeof value !== 'number' || Number.isFinite(value);
  if (text === undefined || !finite) throw new TypeError('not a JSON value');
  return text;
}

/**
 * Tells a repeated command from another one under the same key: hex HMAC-SHA256 of the canonical
 * body. Keyed, because it stands in workflow histories and a body may hold personal data that a
 * plain hash would let anyone confirm by guessing.
 */
export function bodyHash(key: Uint8Array, body: unknown): string {
  return createHmac('sha256', key).update(canonicalJson(body)).digest('hex');
}

/**
 * The id of a command (Temporal's update id): 64 hex digits, the same for the same caller, route and
 * idempotency key, another for any other. `key` is the caller's, or the natural id of the act.
 */
export function commandId(
  ouid: string,
  actorType: ActorType,
  actorId: string,
  route: string,
  key: string,
): string {
  // JSON keeps the parts apart whatever characters they hold.
  const parts = JSON.stringify([ouid, actorType, actorId, route, key]);
  return createHash('sha256').update(parts).digest('hex');
}
