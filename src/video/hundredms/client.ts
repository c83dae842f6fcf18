import { SDK } from '@100mslive/server-sdk';
import type { HundredMsKeys } from '../../config/hundredms';
import { type Answer, HundredMsError, saidBy } from './error';

/**
 * The one user of `@100mslive/server-sdk` (docs/adr/0011-hundredms.md): its tokens and its raw `get` and
 * `post`, on a transport made safe. None of its other methods is used: several are defective
 * (`sendMessage` to one person reaches the whole room), and none can be told the whole of a body.
 */

/** A call and the asking after it have to fit into an activity's attempt (5 s for opening a room). */
const CALL_TIMEOUT_MS = 1_500;
const MAX_ANSWER_BYTES = 4_000_000;
/** Each call has a token of its own: the package hands out expired ones for 30 s. */
const MANAGEMENT_TOKEN_SECONDS = 120;
/** What the clocks of two machines may differ by. */
const CLOCK_SKEW_SECONDS = 10;

/** What we reach into: the package has no way to be given an address, a timeout or a signal. */
interface Transport {
  readonly defaults: Record<string, unknown>;
  readonly interceptors: {
    readonly request: { use(before: (config: object) => Promise<object>): number };
    readonly response: {
      eject(id: number): void;
      use(ok: undefined, failed: (error: unknown) => Promise<never>): number;
    };
  };
}

export interface RoomPass {
  readonly roomId: string;
  readonly role: string;
  readonly userId: string;
  /** Epoch seconds. */
  readonly now: number;
  readonly exp: number;
}

export class HundredMsClient {
  // Private to the engine too: neither inspect() nor a log line can show what is inside.
  readonly #sdk: SDK;
  readonly #secrets: readonly string[];

  /** `secrets` are values that no error may repeat, beside the app secret. */
  constructor(
    { apiUrl, accessKey, appSecret }: HundredMsKeys,
    { timeoutMs = CALL_TIMEOUT_MS, secrets = [] as readonly string[] } = {},
  ) {
    const secret = Buffer.from(appSecret).toString();
    this.#secrets = [secret, ...secrets].filter((value) => value !== '');
    this.#sdk = new SDK(accessKey, secret);
    // It logs error bodies, which echo bucket credentials; loglevel's root logger is nobody else's.
    this.#sdk.setLogLevel('silent');
    this.#secure(apiUrl, timeoutMs);
  }

  /** @throws HundredMsError */
  async get(path: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    // The package does not encode a query.
    const search = new URLSearchParams(query).toString();
    return this.#named(`GET ${path}`, () =>
      this.#sdk.api.get<unknown>(search === '' ? path : `${path}?${search}`),
    );
  }

  /** @throws HundredMsError; `outcome` says whether it can have been executed */
  async post(path: string, body: object): Promise<unknown> {
    return this.#named(`POST ${path}`, () => this.#sdk.api.post<unknown, object>(path, body));
  }

  /** Signed here, without a call; the package would sign one without role or room as well. */
  async roomToken({ roomId, role, userId, now, exp }: RoomPass): Promise<string> {
    const issuedAt = now - CLOCK_SKEW_SECONDS;
    const validForSeconds = exp - issuedAt;
    const { token } = await this.#sdk.auth.getAuthToken({
      roomId,
      role,
      userId,
      issuedAt,
      validForSeconds,
    });
    return token;
  }

  #secure(apiUrl: string, timeoutMs: number): void {
    const { axios } = this.#sdk.api as unknown as { axios: Transport };
    Object.assign(axios.defaults, {
      baseURL: apiUrl.replace(/\/+$/, ''),
      timeout: timeoutMs,
      // A redirect would carry the token along; a proxy would be read from the environment.
      maxRedirects: 0,
      proxy: false,
      maxContentLength: MAX_ANSWER_BYTES,
    });
    // The last added runs first: the package's own then takes the token made here.
    axios.interceptors.request.use(async (config) => {
      const validForSeconds = MANAGEMENT_TOKEN_SECONDS;
      await this.#sdk.auth.getManagementToken({ forceNew: true, validForSeconds });
      // `timeout` counts silence only: an answer that drips would never end.
      return { ...config, signal: AbortSignal.timeout(timeoutMs) };
    });
    // Its own handler logs bodies, repeats every 401 and 403, and throws away all but a message.
    axios.interceptors.response.eject(0);
    axios.interceptors.response.use(undefined, (error) => Promise.reject(new Failed(error)));
  }

  async #named(call: string, send: () => Promise<unknown>): Promise<unknown> {
    try {
      return await send();
    } catch (thrown) {
      // No `cause`: it holds the request, token and body included.
      throw this.#errorOf(call, thrown instanceof Failed ? thrown.error : thrown);
    }
  }

  #errorOf(call: string, thrown: unknown): HundredMsError {
    if (hasAnswer(thrown)) {
      return new HundredMsError(
        call,
        saidBy(thrown.response, (text) => this.#redact(text)),
      );
    }
    const reason = reasonOf(thrown);
    // These mean that nothing was sent; everything else may have arrived.
    const notSent = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN)$/.test(reason);
    return new HundredMsError(call, { reason, outcome: notSent ? 'NOT_EXECUTED' : 'UNKNOWN' });
  }

  #redact(text: string): string {
    return this.#secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
  }
}

/** Carries what axios threw past the package as it is. */
class Failed extends Error {
  constructor(readonly error: unknown) {
    super();
  }
}

/** The system's code; axios calls our timeout a cancellation. */
function reasonOf(thrown: unknown): string {
  const code = typeof thrown === 'object' && thrown !== null && 'code' in thrown ? thrown.code : '';
  if (code === 'ERR_CANCELED' || code === 'ECONNABORTED') return 'no answer in time';
  return typeof code === 'string' && code !== '' ? code : 'no answer';
}

function hasAnswer(thrown: unknown): thrown is { readonly response: Answer } {
  return typeof thrown === 'object' && thrown !== null && 'response' in thrown && !!thrown.response;
}
