/**
 * A call of the 100ms API that did not succeed. Holds what the service said, without any secret of
 * ours in it, and never the request: that has the management token in its headers.
 */
export class HundredMsError extends Error {
  override readonly name = 'HundredMsError';
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;
  /** The service's own code; mostly the status again. */
  readonly code: number | undefined;
  readonly details: readonly string[];
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** Whether the call can have taken effect: then it must be asked, not repeated. */
  readonly outcome: 'NOT_EXECUTED' | 'UNKNOWN';

  constructor(call: string, said: Said) {
    super(`${call}: ${[said.status, said.reason].filter((part) => part !== undefined).join(' ')}`);
    this.status = said.status;
    this.code = said.code;
    this.details = said.details ?? [];
    this.retryAfterMs = said.retryAfterMs;
    this.requestId = said.requestId;
    this.outcome = said.outcome;
  }
}

/** What a call failed with, for one whose failure is not the last word. */
export async function failureOf(call: Promise<unknown>): Promise<HundredMsError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof HundredMsError) return error;
    throw error;
  }
}

export interface Said {
  readonly status?: number;
  readonly code?: number;
  readonly reason: string;
  readonly details?: readonly string[];
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly outcome: HundredMsError['outcome'];
}

/** An HTTP answer as far as it can be trusted. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly data: unknown;
}

const MAX_TEXT = 300;
/** Below 500 the service looked at the call and refused it; 408 says it did not get to the end. */
const refuses = (status: number): boolean => status < 500 && status !== 408;

/** What an error answer says. 5xx bodies are of no fixed shape, a proxy's are pages. */
export function saidBy({ status, headers, data }: Answer, redact: (text: string) => string): Said {
  const body: Partial<Record<'code' | 'message' | 'details', unknown>> =
    typeof data === 'object' && data !== null ? data : {};
  const clean = (value: unknown): string =>
    redact(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, MAX_TEXT);
  const reason = typeof body.message === 'string' ? clean(body.message) : 'no message';
  const retryAfterMs = retryAfter(headers['retry-after'], reason);
  const requestId = headers['x-request-id'];
  return {
    status,
    reason,
    outcome: refuses(status) ? 'NOT_EXECUTED' : 'UNKNOWN',
    ...(typeof body.code === 'number' && { code: body.code }),
    ...(Array.isArray(body.details) && { details: body.details.slice(0, 10).map(clean) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(typeof requestId === 'string' && { requestId: clean(requestId) }),
  };
}

/** The header, in seconds or as a date; where there is none 100ms writes it into the message. */
function retryAfter(header: unknown, message: string): number | undefined {
  if (typeof header === 'string' && header !== '') {
    const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
    if (Number.isFinite(ms)) return Math.max(0, ms);
  }
  const [, seconds] = /retry after (\d{1,5}) seconds?/i.exec(message) ?? [];
  return seconds === undefined ? undefined : Number(seconds) * 1000;
}
