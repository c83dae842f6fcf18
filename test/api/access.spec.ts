import { randomUUID } from 'node:crypto';
import type { CallerKind } from '../../api/common/caller';
import { generateApiKey } from '../../src/tokens/api-key';
import { takeReview } from '../../src/local/demo/actors';
import { startStack, type Stack } from '../support/stack';
import { bodyOf } from './access.bodies';
import { askCapture } from './ask-capture';
import { inCall, inReview, peerOf, queued, stateOf, unhurried, type StartedCase } from './cases';
import { problemFaults, request } from './http';
import { routesOf, type Route } from './routes';

const KINDS: readonly CallerKind[] = [
  'CLIENT',
  'CUSTOMER',
  'AGENT',
  'REVIEWER',
  'SUPERVISOR',
  'PEER',
];
let stack: Stack;
let routes: Route[];
let tokens: Record<CallerKind, string>;
let foreign: Record<CallerKind, string>;
let called: StartedCase;
let reviewed: StartedCase;

/** One case in a call and one under review, and everybody of one organization. */
async function people(
  ouid: string,
): Promise<[Record<CallerKind, string>, StartedCase, StartedCase]> {
  const client = await stack.organization(ouid, unhurried);
  const [maker, agent] = [
    await stack.staff(ouid, 'AGENT', 'agent-1'),
    await stack.staff(ouid, 'AGENT', 'agent-2'),
  ];
  const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
  const supervisor = await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1');
  const first = await inReview(client, maker, 'first');
  await maker.post('/v1/agents/me/offline');
  await takeReview(reviewer);
  const second = await inCall(client, agent, 'second');
  await askCapture(agent, second.avSessionId);
  const own = {
    CLIENT: client.token,
    CUSTOMER: second.customer.token,
    AGENT: agent.token,
    REVIEWER: reviewer.token,
    SUPERVISOR: supervisor.token,
    PEER: await stack.tokens.issue('local-video', peerOf(ouid, second.avSessionId)),
  };
  return [own, second, first];
}

beforeAll(async () => {
  stack = await startStack();
  [tokens, called, reviewed] = await people('bank-a');
  [foreign] = await people('bank-b');
  routes = routesOf(stack.app);
}, 120_000);
afterAll(() => stack.stop());

const name = ({ method, path }: Route): string => `${method} ${path}`;

async function address({ path }: Route): Promise<string> {
  const { avSessions, tasks, documents } = await stateOf(stack, called.profileId);
  const ids: Readonly<Record<string, string>> = {
    profileId: path.startsWith('/v1/reviews') ? reviewed.profileId : called.profileId,
    avSessionId: called.avSessionId,
    taskId: tasks[0]?.taskId ?? '',
    documentId: documents[0]?.documentId ?? '',
    requestId: `${called.avSessionId}.r1`,
    recordingId: `${called.avSessionId}.v1`,
    part: '1',
    offerId: avSessions[0]?.offerId ?? '',
    // In each organization its own: nobody's, so that it is found in none.
    agentId: 'agent-9',
    queueId: 'nobodys',
    holdId: 'nobodys',
  };
  const query = path.endsWith('/images')
    ? '?kind=CALL_CAPTURE'
    : path.endsWith('/documents')
      ? '?kind=PASSPORT'
      : '';
  return path.replace(/\{(\w+)\}/g, (_, id: string) => ids[id] ?? '') + query;
}

const fingerprint = async (): Promise<unknown> =>
  Promise.all(
    [called, reviewed].map(async ({ profileId }) =>
      (({ seq, commands }) => ({ seq, commands }))(await stateOf(stack, profileId)),
    ),
  );

async function findings(
  credential: (route: Route) => readonly (readonly [string | undefined, readonly number[]])[],
  of = routes,
): Promise<string[]> {
  const found: string[] = [];
  for (const route of of) {
    for (const [token, statuses] of credential(route)) {
      const call = { ...bodyOf(route, called, reviewed), ...(token !== undefined && { token }) };
      const answer = await request(stack.url, route.method, await address(route), call);
      const wrong = problemFaults(answer, statuses);
      if (wrong.length > 0)
        found.push(`${name(route)} by ${token?.slice(0, 40) ?? 'nobody'}: ${wrong.join('; ')}`);
    }
  }
  return found;
}

const guarded = (): Route[] => routes.filter(({ access }) => access !== 'PUBLIC');

it('declares for every route who may call it', () => {
  expect(routes.length).toBeGreaterThan(30);
  expect(routes.filter(({ access }) => access === undefined).map(name)).toEqual([]);
  expect(
    routes
      .filter(({ access }) => access === 'PUBLIC')
      .map(name)
      .sort(),
  ).toEqual([
    'GET /livez',
    'GET /readyz',
    // Proven by the link itself: test/e2e/local-video.spec.ts.
    'GET /v1/local-video/recordings/{link}',
    'POST /dev/tokens',
    'POST /v1/capture/sessions',
    // Proven by the code in its body: test/e2e/recording-on-request.spec.ts.
    'POST /v1/recorder/join',
    // Proven by its secret header: test/e2e/hundredms.spec.ts.
    'POST /webhooks/100ms/{workspace}',
  ]);
});

it('refuses on every route who has no good credential', async () => {
  const before = await fingerprint();
  const past = Math.floor(Date.now() / 1_000) - 60;
  const expired = await stack.tokens.issue('development-staff', {
    ouid: 'bank-a',
    sub: 'agent-2',
    role: 'AGENT',
    exp: past,
  });
  const unknown = (await stack.staff('bank-a', 'AGENT', 'agent-9')).token;
  const nowhere = (await stack.staff('bank-nowhere', 'AGENT', 'agent-1')).token;
  const key = generateApiKey('bank-a').key;
  const [head = '', claims = ''] = tokens.AGENT.split('.');
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`;
  const bad = [
    undefined,
    'garbage',
    '',
    expired,
    unknown,
    nowhere,
    key,
    called.captureLink.token,
    unsigned,
    `${head}.${claims}.${'A'.repeat(43)}`,
    `${tokens.CLIENT}0`,
  ];
  const asked = guarded();
  await expect(findings(() => bad.map((token) => [token, [401]] as const), asked)).resolves.toEqual(
    [],
  );
  await expect(fingerprint()).resolves.toEqual(before);
}, 120_000);

it('refuses on every route who is somebody else', async () => {
  const before = await fingerprint();
  const wrongKinds = ({ access }: Route): CallerKind[] =>
    KINDS.filter((kind) => access !== 'PUBLIC' && !access?.includes(kind));
  await expect(
    findings((route) => wrongKinds(route).map((kind) => [tokens[kind], [403]] as const), guarded()),
  ).resolves.toEqual([]);
  await expect(fingerprint()).resolves.toEqual(before);
});

it('shows and changes nothing of another organization', async () => {
  const before = await fingerprint();
  const withIds = guarded().filter(({ path }) => path.includes('{'));
  expect(withIds.length).toBeGreaterThan(18);
  const theirs = ({ access }: Route): (readonly [string, readonly number[]])[] =>
    KINDS.filter((kind) => access !== 'PUBLIC' && access?.includes(kind)).map(
      (kind) => [foreign[kind], [403, 404, 409]] as const,
    );
  await expect(findings(theirs, withIds)).resolves.toEqual([]);
  await expect(fingerprint()).resolves.toEqual(before);
  for (const [path, kind] of [
    ['/v1/profiles?limit=200', 'CLIENT'],
    ['/v1/reviews?status=IN_REVIEW', 'REVIEWER'],
    ['/v1/supervision/rooms?limit=200', 'SUPERVISOR'],
  ] as const) {
    const { status, text } = await request(stack.url, 'GET', path, { token: foreign[kind] });
    expect(status).toBe(200);
    expect(text).not.toMatch(new RegExp(`${called.profileId}|${reviewed.profileId}`));
  }
});

it('names the same reference in two organizations two cases', async () => {
  const [a, b] = await Promise.all(
    ['bank-c', 'bank-d'].map(async (ouid) =>
      queued(await stack.organization(ouid), `same-${ouid.length}`),
    ),
  );
  expect(a?.profileId).not.toBe(b?.profileId);
});

it('gives every answer its headers', async () => {
  const id = randomUUID();
  for (const path of ['/livez', '/v1/profiles', '/nowhere', '/docs', '/openapi.json']) {
    const { headers } = await request(stack.url, 'GET', path, { headers: { 'x-request-id': id } });
    expect(headers.get('x-request-id')).toBe(id);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
  }
  const { headers } = await request(stack.url, 'GET', '/livez', {
    headers: { 'x-request-id': 'a b' },
  });
  expect(headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(problemFaults(await request(stack.url, 'GET', '/v1/nowhere'), [404])).toEqual([]);
  expect(problemFaults(await request(stack.url, 'DELETE', '/v1/profiles'), [404])).toEqual([]);
});
