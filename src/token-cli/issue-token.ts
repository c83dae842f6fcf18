import { types } from 'node:util';
import { ApiProblem } from '../local/demo/http';
import { messageOf, StartError } from '../local/start-error';
import type { StaffRole } from '../tokens/claims';
import type { Decider, TokenOptions } from './options';

/** What the API answers: the token, once and for one signal. */
export interface IssuedToken {
  readonly token: string;
  /** ISO 8601. */
  readonly expiresAt: string;
  /** What the signal gives as `remarkRef`; '' without a remark. */
  readonly remarkRef: string;
}

export type TokenRequest = Pick<
  TokenOptions,
  'profileId' | 'decider' | 'signal' | 'remark' | 'api' | 'ouid'
>;

const ANSWER_MS = 10_000;
const ROLES: Readonly<Record<'agent' | 'reviewer', StaffRole>> = {
  agent: 'AGENT',
  reviewer: 'REVIEWER',
};

/**
 * A decision token, issued by the running product to whoever proves to be the one whose turn it is:
 * people by the development issuer, which exists in development only, a client by his API key.
 *
 * @throws StartError in one sentence when there is none to be had.
 */
export async function issueToken(request: TokenRequest): Promise<IssuedToken> {
  const { api, profileId, signal, remark } = request;
  const credential = await credentialOf(request);
  try {
    return await post<IssuedToken>(api, `/v1/profiles/${profileId}/decision-tokens`, credential, {
      signal,
      ...(remark !== undefined && { remark }),
    });
  } catch (error) {
    if (error instanceof ApiProblem) throw new StartError(refusal(error, request));
    throw error;
  }
}

async function credentialOf({ api, ouid, decider }: TokenRequest): Promise<string> {
  if (decider.kind === 'client') return decider.key;
  try {
    const body = { ouid, role: ROLES[decider.kind], sub: decider.id };
    return (await post<{ token: string }>(api, '/dev/tokens', '', body)).token;
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    throw new StartError(
      error.code === 'NOT_FOUND'
        ? `The API at ${api} has no development issuer: outside development people log in with the bank's own.`
        : `The API at ${api} issues no credential: ${error.message}.`,
    );
  }
}

function refusal(
  { code, message }: ApiProblem,
  { api, ouid, profileId, decider }: TokenRequest,
): string {
  const who = nameOf(decider);
  switch (code) {
    case 'PROFILE_UNKNOWN':
      return `There is no profile ${profileId} of ${who}'s organization in Temporal.`;
    case 'NOT_ASSIGNED':
      return `It is not the turn of ${who}: an agent decides in his call and after it, a reviewer while the case is in his hands.`;
    case 'CREDENTIAL_INVALID':
      return decider.kind === 'client'
        ? 'The key given with --key is no API key of an organization.'
        : `There is no ${who} in the organization ${ouid}.`;
    default:
      return `The API at ${api} issues no token: ${message}.`;
  }
}

/** `agent agent-1`, `the client`. */
export function nameOf(decider: Decider): string {
  return decider.kind === 'client' ? 'the client' : `${decider.kind} ${decider.id}`;
}

/** One try: whoever waits at a terminal repeats it himself, and each token is a new one anyway. */
async function post<T>(api: string, path: string, token: string, body: object): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(api + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    text = await response.text();
  } catch (error) {
    throw new StartError(
      `Nothing answers at ${api} (${reasonOf(error)}): start the product with npm start, or say with --api URL where it runs.`,
    );
  }
  const answer = parsed(text);
  if (response.ok && typeof answer['token'] === 'string') return answer as T;
  if (typeof answer['code'] !== 'string') {
    throw new StartError(`What answers at ${api} is not the API of this product.`);
  }
  const { code, detail = '' } = answer as { code: string; detail?: string };
  throw new ApiProblem(response.status, code, detail);
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {}; // no JSON: another program's answer, which the caller names
  }
}

/** `fetch failed` says nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = types.isNativeError(error) ? (error.cause ?? error) : error;
  return messageOf(cause) || 'no connection';
}
