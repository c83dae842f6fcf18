import { type Draw, seeded } from '../../src/demo/seeded';
import type { Fault } from './fault';

/** How a call of the API can go wrong without being told to, each as likely as the others. */
const KINDS: readonly ((draw: Draw, mostLateMs: number) => Fault)[] = [
  (draw, mostLateMs) => ({ kind: 'late', ms: Math.ceil(draw() * mostLateMs) }),
  () => refusal(401, 'Token validation error'),
  () => refusal(403, 'insufficient permissions'),
  // 100ms docs: List webhook events: the delay stands in the message; there it is 45.
  () => refusal(429, 'rate limit exceeded, retry after 1 seconds'),
  // 100ms docs: Make API calls: what a 5xx carries is not said; a proxy answers with a page.
  () => ({ kind: 'answer', status: 503, body: '<html>unavailable</html>' }),
  () => refusal(500, 'internal server error'),
  () => ({ kind: 'hang-after' }),
];

/** Which fault the next call meets, by lot: the same seed, the same calls by their number. */
export class RandomFaults {
  seed: string | number = 1;
  percent = 0;
  /** How late the late ones are at most; our client waits for 1,500 ms. */
  mostLateMs = 1_000;
  /** How many calls met each, by its kind or its status. */
  readonly met = new Map<string, number>();
  private count = 0;

  next(): Fault | undefined {
    this.count += 1;
    const draw = seeded(this.seed, 'call', this.count);
    if (draw() * 100 >= this.percent) return undefined;
    const fault = KINDS[Math.floor(draw() * KINDS.length)]?.(draw, this.mostLateMs);
    const kind = fault?.kind === 'answer' ? String(fault.status) : (fault?.kind ?? '');
    this.met.set(kind, (this.met.get(kind) ?? 0) + 1);
    return fault;
  }
}

function refusal(status: number, message: string): Fault {
  return { kind: 'answer', status, body: { code: status, message, details: [] } };
}
