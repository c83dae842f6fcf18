import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that is a problem document. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

export interface Call {
  readonly token?: string;
  readonly json?: unknown;
  /** A file, with its type. */
  readonly file?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string };
  readonly key?: string;
}

/** How often a good client repeats what may have failed on the way, and how long it waits, ms. */
const TRIES = 60;
const WAIT_MS = 500;

/** One person's or back end's view of the API: sends, repeats with the same key, reports problems. */
export class ApiClient {
  constructor(
    private readonly url: string,
    readonly token = '',
    private readonly signal?: AbortSignal,
  ) {}

  as(token: string): ApiClient {
    return new ApiClient(this.url, token, this.signal);
  }

  get<T>(path: string): Promise<T> {
    return this.send<T>('GET', path, {});
  }

  /** A command: with a key of its own, so that repeating it is safe. */
  post<T>(path: string, json: unknown = {}, key: string = crypto.randomUUID()): Promise<T> {
    return this.send<T>('POST', path, { json, key });
  }

  upload<T>(path: string, bytes: Uint8Array<ArrayBuffer>, type: string): Promise<T> {
    return this.send<T>('POST', path, { file: { bytes, type }, key: crypto.randomUUID() });
  }

  private async send<T>(method: string, path: string, call: Call): Promise<T> {
    for (let tries = 1; ; tries++) {
      try {
        return await this.once<T>(method, path, call);
      } catch (error) {
        if (tries >= TRIES || !isTransient(error) || this.signal?.aborted) throw error;
        await sleep(WAIT_MS);
      }
    }
  }

  private async once<T>(method: string, path: string, { json, file, key }: Call): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.token !== '' && { authorization: `Bearer ${this.token}` }),
        ...(json !== undefined && { 'content-type': 'application/json' }),
        ...(file && { 'content-type': file.type }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
      ...(json !== undefined && { body: JSON.stringify(json) }),
      ...(file && { body: file.bytes }),
      ...(this.signal && { signal: this.signal }),
    });
    const text = await response.text();
    if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
    const problem = parseProblem(text);
    throw new ApiProblem(response.status, problem.code, problem.detail);
  }
}

function parseProblem(text: string): { code: string; detail: string } {
  try {
    const { code = 'NONE', detail = '' } = JSON.parse(text) as { code?: string; detail?: string };
    return { code, detail };
  } catch {
    return { code: 'NO_PROBLEM_DOCUMENT', detail: text.slice(0, 200) };
  }
}

/** The connection broke, the server is starting or busy, or the room is being opened. */
function isTransient(error: unknown): boolean {
  if (error instanceof ApiProblem) return error.status >= 502 || error.code === 'ROOM_NOT_READY';
  // By its name: fetch's own TypeError may come from another realm.
  return (
    typeof error === 'object' && error !== null && 'name' in error && error.name === 'TypeError'
  );
}
