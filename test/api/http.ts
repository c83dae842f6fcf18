import { setTimeout as sleep } from 'node:timers/promises';
import { PROBLEM_STATUS } from '../../api/common/problem-types';

/** One request as it is, for what a well-behaved client would never send. */
export interface RawCall {
  readonly token?: string;
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: string;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; empty when it is none. */
  readonly json: Record<string, unknown>;
}

/** A PNG as far as its first bytes tell, of `size` bytes, unlike any with another mark. */
export function png(mark = '', size = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  bytes.set(Buffer.from(mark), 8);
  return bytes;
}

export async function request(
  url: string,
  method: string,
  path: string,
  { token, json, body, type, headers = {}, key }: RawCall = {},
): Promise<Answer> {
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(json !== undefined && { 'content-type': 'application/json' }),
      ...(type !== undefined && { 'content-type': type }),
      ...(key !== undefined && { 'idempotency-key': key }),
      ...headers,
    },
    ...(json !== undefined && { body: JSON.stringify(json) }),
    ...(body !== undefined && { body }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** A command as a good client sends it: 503 and 504 say "again, with the same key". */
export async function post(url: string, path: string, call: RawCall): Promise<Answer> {
  for (let tries = 1; ; tries += 1) {
    const answer = await request(url, 'POST', path, call);
    if (tries === 10 || (answer.status !== 503 && answer.status !== 504)) return answer;
    await sleep(1_000);
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {}; // a page, a picture: the tests of those look at `text`
  }
}

/** What is wrong with an answer as a problem document; none when it is one. */
export function problemFaults(answer: Answer, statuses: readonly number[] = []): string[] {
  const { status, headers, json } = answer;
  const texts = ['type', 'title', 'code', 'detail', 'instance', 'requestId'] as const;
  const code = String(json['code']);
  const expected = new Map<string, number>(Object.entries(PROBLEM_STATUS)).get(code);
  return [
    ...(status >= 500 && !statuses.includes(status) ? [`status ${status}`] : []),
    ...(statuses.length > 0 && !statuses.includes(status)
      ? [`status ${status}, not one of ${statuses.join(', ')}`]
      : []),
    ...(headers.get('content-type')?.startsWith('application/problem+json')
      ? []
      : [`type ${headers.get('content-type') ?? ''}`]),
    ...texts.flatMap((name) =>
      typeof json[name] === 'string' && json[name] !== '' ? [] : [`no ${name}`],
    ),
    ...(json['status'] === status ? [] : ['another status inside']),
    ...(expected === status ? [] : [`code ${code} is for ${expected ?? 'nothing'}`]),
    ...(json['type'] === `urn:video-kyc:problem:${code}` ? [] : ['another type']),
    ...(headers.get('x-request-id') === json['requestId'] ? [] : ['another request id']),
  ];
}
