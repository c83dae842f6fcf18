import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandRecord, Recorder } from '../record/record-line';
import type { RecordedCommand } from '../verify/expected-events';

/** The API said no, with a code. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly retryAfterMs: number,
  ) {
    super(`${status} ${code}: ${detail}`);
  }
}

/** Who sends, and what makes his requests his own. */
export interface Identity {
  readonly type: CommandRecord['actorType'];
  readonly id: string;
  readonly token: string;
}

/** What all actors of a run share. */
export interface ClientSurroundings {
  /** Of the API, without a trailing slash. */
  readonly apiUrl: string;
  readonly recorder: Recorder;
  readonly signal: AbortSignal;
  /** How long a request is repeated until it is given up, ms. */
  readonly patienceMs: number;
}

export interface Command {
  readonly command: RecordedCommand;
  readonly path: string;
  /** '' when only the answer tells. */
  readonly profileId: string;
  readonly json?: unknown;
  readonly file?: Uint8Array<ArrayBuffer>;
}

/** Longer than the API itself tries (12 s) before it says that the outcome is unknown. */
const REQUEST_MS = 20_000;
const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 3_000;

/**
 * One actor's way to the API, as a good client has it: every command has an Idempotency-Key and is
 * repeated with the same one while nobody knows what became of it; what was answered is recorded.
 */
export class GoodClient {
  constructor(
    readonly surroundings: ClientSurroundings,
    readonly who: Identity,
  ) {}

  as(who: Identity): GoodClient {
    return new GoodClient(this.surroundings, who);
  }

  get<T>(path: string): Promise<T> {
    return this.persist(`GET ${path}`, () => this.once<T>('GET', path, {}));
  }

  /** @throws Refused when the API refuses it for good; any other error when it stayed unreachable. */
  async command<T extends object | undefined>(command: Command): Promise<T> {
    const key = crypto.randomUUID();
    const about = {
      profileId: command.profileId,
      actorType: this.who.type,
      actorId: this.who.id,
      command: command.command,
      route: `POST ${command.path}`,
      key,
      said: sayingOf(command.json),
    };
    const write = (line: CommandRecord): void => {
      this.surroundings.recorder.write(line);
    };
    try {
      const send = (): Promise<T> => this.once<T>('POST', command.path, command, key);
      const answer = await this.persist(about.route, send);
      // 204: there was nothing to do, and nothing was done.
      if (answer) write({ kind: 'ack', at: now(), ...about, ...said(answer, command.profileId) });
      return answer;
    } catch (error) {
      if (error instanceof Refused && !isUnclear(error)) {
        write({ kind: 'refused', at: now(), ...about, code: error.code });
      } else write({ kind: 'unknown', at: now(), ...about });
      throw error;
    }
  }

  /** Repeats while the API cannot be reached, is too busy, or does not know what became of it. */
  private async persist<T>(route: string, send: () => Promise<T>): Promise<T> {
    const { patienceMs, signal } = this.surroundings;
    const end = Date.now() + patienceMs;
    for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        return await send();
      } catch (error) {
        if (signal.aborted || (error instanceof Refused && !isUnclear(error))) throw error;
        const asked = error instanceof Refused ? error.retryAfterMs : 0;
        const pause = Math.min(Math.max(wait, asked), LONGEST_WAIT_MS);
        if (Date.now() + pause > end) throw givenUp(error, route, patienceMs);
        await sleep(pause, undefined, { signal });
      }
    }
  }

  private async once<T>(
    method: string,
    path: string,
    { json, file }: Partial<Command>,
    key?: string,
  ): Promise<T> {
    const { apiUrl, signal } = this.surroundings;
    const { token } = this.who;
    const response = await fetch(apiUrl + path, {
      method,
      headers: {
        ...(token !== '' && { authorization: `Bearer ${token}` }),
        ...(key !== undefined && { 'idempotency-key': key }),
        ...(method === 'POST' && { 'content-type': file ? 'image/png' : 'application/json' }),
      },
      ...(method === 'POST' && { body: file ?? JSON.stringify(json ?? {}) }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_MS)]),
    });
    const text = await response.text();
    if (response.ok) return (response.status === 204 ? undefined : JSON.parse(text)) as T;
    const { code, detail } = problemOf(text);
    const retryAfter = Number(response.headers.get('retry-after') ?? 0);
    throw new Refused(response.status, code, detail, retryAfter * 1_000);
  }
}

/** 502 to 504: a proxy, a dependency that is down (503), an outcome that is not known (504). */
function isUnclear({ status }: Refused): boolean {
  return status >= 502 && status <= 504;
}

/** Of a broken connection or a busy API nobody would know which request it was. */
function givenUp(error: unknown, route: string, patienceMs: number): unknown {
  const said = `${route} was not answered within ${patienceMs / 1_000} s`;
  if (!(error instanceof Refused)) return new Error(said, { cause: error });
  const { status, code, retryAfterMs, detail } = error;
  return new Refused(status, code, `${detail}; ${said}`, retryAfterMs);
}

function problemOf(text: string): { code: string; detail: string } {
  try {
    const { code = 'NONE', detail = '' } = JSON.parse(text) as { code?: string; detail?: string };
    return { code, detail };
  } catch {
    return { code: 'NO_PROBLEM_DOCUMENT', detail: text.slice(0, 200) };
  }
}

function now(): string {
  return new Date().toISOString();
}

const SAYINGS = ['decision', 'reason', 'sendBackTo', 'overrideReason', 'verdict', 'at'] as const;

/** What of a command's body may be recorded. */
function sayingOf(json: unknown): Record<string, string> {
  const body = (json ?? {}) as Readonly<Record<string, unknown>>;
  const said = SAYINGS.flatMap((name) => {
    const value = body[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(said);
}

/** The answer in the record's words. A command's answer has its `id`; others name what they made. */
function said(
  answer: object,
  profileId: string,
): { profileId: string; seq: number; status: string; id: string } {
  const { seq, status, ...ids } = answer as Readonly<Record<string, unknown>>;
  const made = [ids['id'], ids['captureSessionId'], ids['offerId'], ids['avSessionId']];
  return {
    profileId: typeof ids['profileId'] === 'string' ? ids['profileId'] : profileId,
    seq: typeof seq === 'number' ? seq : 0,
    status: typeof status === 'string' ? status : '',
    id: made.find((id) => typeof id === 'string') ?? '',
  };
}
