import { randomUUID } from 'node:crypto';
import { inventedCustomer } from '../../src/local/demo/actors';
import type { CallerKind } from '../../api/common/caller';
import { startStack, type Stack } from '../support/stack';
import { inCall, inReview, SHA, stateOf } from './cases';
import { png, problemFaults, request, type Answer, type RawCall } from './http';
import { AADHAAR, isRecord, MARK, wrongBodies, wrongValues } from './mutations';
import { bodySchema, operationOf, routesOf, type OpenApi, type Route } from './routes';

// Every wrong input is sent where the right one would take effect, so that "changes nothing" says
// something: a case that captures, one in a call, one under review, each with its right caller.
let stack: Stack;
let document: OpenApi;
let routes: Route[];
let profiles: string[];
let tokens: Record<CallerKind, string>;
let ids: Readonly<Record<string, Readonly<Record<string, string>>>>;
/** Bodies that would be taken; the test fails when a route with a body has none here. */
let right: Readonly<Record<string, Readonly<Record<string, unknown>>>>;

beforeAll(async () => {
  stack = await startStack();
  const ouid = 'bank-wrong';
  const client = await stack.organization(ouid);
  const [maker, agent] = [await stack.staff(ouid, 'AGENT', 'agent-1'), await stack.staff(ouid, 'AGENT', 'agent-2')];
  const reviewer = await stack.staff(ouid, 'REVIEWER', 'reviewer-1');
  const reviewed = await inReview(client, maker, 'reviewed');
  await maker.post('/v1/agents/me/offline');
  await reviewer.post(`/v1/reviews/${reviewed.profileId}/claim`);
  const called = await inCall(client, agent, 'called');
  const capturing = await client.post<{ profileId: string; captureLink: { token: string } }>(
    '/v1/profiles',
    inventedCustomer('capturing'),
  );
  const session = await client.post<{ token: string }>('/v1/capture/sessions', { link: capturing.captureLink.token });
  await client.as(session.token).post('/v1/capture/consent', { version: '2026-01', language: 'en', textSha256: SHA });
  profiles = [capturing.profileId, called.profileId, reviewed.profileId];
  tokens = { CLIENT: client.token, CUSTOMER: session.token, AGENT: agent.token, REVIEWER: reviewer.token };
  const call = await stateOf(stack, called.profileId);
  ids = {
    '/v1/profiles': { profileId: capturing.profileId, documentId: `${capturing.profileId}.d1` },
    '/v1/av-sessions': { avSessionId: called.avSessionId, taskId: call.tasks[0]?.taskId ?? '' },
    '/v1/reviews': { profileId: reviewed.profileId },
    '/v1/offers': { offerId: call.avSessions[0]?.offerId ?? '' },
  };
  right = {
    'POST /v1/profiles': { ...inventedCustomer('never-created'), previousProfileId: capturing.profileId },
    'POST /v1/profiles/{profileId}/cancel': { cancelReason: 'CLIENT_REQUEST' },
    'POST /v1/capture/sessions': { link: capturing.captureLink.token },
    'POST /v1/capture/consent': { version: '2026-01', language: 'en', textSha256: SHA },
    'POST /v1/capture/submit': { language: 'en', skills: ['savings'] },
    'POST /v1/av-sessions/{avSessionId}/tasks': { check: { kind: 'DETAIL', field: 'name' }, mandatory: false },
    'POST /v1/av-sessions/{avSessionId}/tasks/{taskId}/verdict': { verdict: 'PASS' },
    'POST /v1/av-sessions/{avSessionId}/decision': { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remark: 'a forged card' },
    'POST /v1/reviews/{profileId}/verdicts': { documentId: `${reviewed.profileId}.d1`, verdict: 'PASS' },
    'POST /v1/reviews/{profileId}/decision': {
      decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', overrideReason: 'MAKER_ERROR', remark: 'a forged card',
    },
    'POST /dev/tokens': { ouid, role: 'AGENT', sub: 'agent-1' },
  };
  document = JSON.parse((await request(stack.url, 'GET', '/openapi.json')).text) as OpenApi;
  routes = routesOf(stack.app);
}, 120_000);
afterAll(() => stack.stop());

const name = ({ method, path }: Route): string => `${method} ${path}`;
const callerOf = ({ access }: Route): string => (access === 'PUBLIC' || !access?.[0] ? '' : tokens[access[0]]);

function addressOf({ path }: Route, changed: Readonly<Record<string, string>> = {}): string {
  const prefix = Object.keys(ids).find((p) => path.startsWith(p)) ?? '';
  const known = { ...ids[prefix], ...changed };
  return path.replace(/\{(\w+)\}/g, (_, id: string) => known[id] ?? '');
}

/** What is wrong with the answer to a wrong request; nothing of the person may come back in it. */
function faults(answer: Answer, statuses: readonly number[]): string[] {
  const hidden = [MARK, AADHAAR].filter((text) => answer.text.includes(text));
  return [...problemFaults(answer, statuses), ...hidden.map((text) => `tells ${text}`)];
}

async function findings(tries: Iterable<[string, Route, string, RawCall, readonly number[]]>): Promise<string[]> {
  const found: string[] = [];
  for (const [what, route, path, call, statuses] of tries) {
    const answer = await request(stack.url, route.method, path, { token: callerOf(route), ...call });
    const wrong = faults(answer, statuses);
    if (wrong.length > 0) found.push(`${name(route)} with ${what.slice(0, 160)}: ${wrong.join('; ')}`);
  }
  return found;
}

const fingerprint = (): Promise<unknown> =>
  Promise.all(profiles.map(async (id) => (({ seq, commands, status }) => ({ seq, commands, status }))(await stateOf(stack, id))));

/** Sends them all; expects a problem each and nobody's case changed. */
async function expectRefused(tries: Iterable<[string, Route, string, RawCall, readonly number[]]>): Promise<void> {
  const before = await fingerprint();
  expect(await findings(tries)).toEqual([]);
  await expect(fingerprint()).resolves.toEqual(before);
}

it('has a right body for every route that takes one', () => {
  const withBody = routes.filter((route) => bodySchema(document, route)).map(name);
  expect(Object.keys(right).sort()).toEqual(withBody.sort());
});

it('refuses every wrong body', async () => {
  await expectRefused(
    routes.flatMap((route) => {
      const schema = bodySchema(document, route);
      const good = right[name(route)];
      if (!schema || !good) return [];
      return wrongBodies(document, schema, good).map((json): [string, Route, string, RawCall, readonly number[]] => [
        JSON.stringify(json), route, addressOf(route), { json }, [400, 422],
      ]);
    }),
  );
}, 120_000);

it('refuses what is no JSON, too much of it, or too deep', async () => {
  const deep = `{"details":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  await expectRefused(
    routes
      .filter((route) => bodySchema(document, route))
      .flatMap((route): [string, Route, string, RawCall, readonly number[]][] => {
        const json = { type: 'application/json' };
        const text = JSON.stringify(right[name(route)]);
        return [
          ['broken JSON', route, addressOf(route), { ...json, body: `{"name":"${MARK}` }, [400]],
          ['a bare text', route, addressOf(route), { ...json, body: `"${MARK}"` }, [400]],
          ['null', route, addressOf(route), { ...json, body: 'null' }, [400]],
          ['nothing', route, addressOf(route), { ...json, body: '' }, [400, 422]],
          ['another charset', route, addressOf(route), { type: 'application/json; charset=x-mac', body: text }, [400, 415]],
          ['broken compression', route, addressOf(route), { ...json, body: text, headers: { 'content-encoding': 'gzip' } }, [400, 415]],
          ['an unknown encoding', route, addressOf(route), { ...json, body: text, headers: { 'content-encoding': 'zap' } }, [400, 415]],
          ['a form', route, addressOf(route), { type: 'application/x-www-form-urlencoded', body: `name=${MARK}` }, [415, 422]],
          ['text', route, addressOf(route), { type: 'text/plain', body: text }, [415, 422]],
          ['100 kB', route, addressOf(route), { json: { name: MARK.repeat(8_000) } }, [413]],
          ['depth', route, addressOf(route), { ...json, body: deep }, [400, 422]],
        ];
      }),
  );
});

it('refuses every wrong query', async () => {
  await expectRefused(
    routes.flatMap((route) => {
      const parameters = (operationOf(document, route).parameters ?? []).filter((p) => p.in === 'query');
      const requests = parameters.flatMap(({ name: field, schema }) => [
        ...wrongValues(document, schema)
          .filter((value) => typeof value === 'string' || typeof value === 'number')
          // A number is a text here, and only a choice or a pattern can tell.
          .filter((value) => schema.type !== 'string' || value !== 7)
          .filter((value) => !/\p{Cs}/u.test(String(value))) // no address can carry it
          .map((value) => `${field}=${encodeURIComponent(String(value))}`),
        `${field}=a&${field}=b`,
        `${field}[x]=1`,
      ]);
      const all = parameters.length === 0 ? [] : [...requests, `unknownField=${MARK}`];
      return all.map((query): [string, Route, string, RawCall, readonly number[]] => [
        query, route, `${addressOf(route)}?${query}`, isUpload(route) ? { body: png(), type: 'image/png' } : {}, [422],
      ]);
    }),
  );
});

const isUpload = (route: Route): boolean =>
  'image/png' in (operationOf(document, route).requestBody?.content ?? {});

it('knows no other ids', async () => {
  const wrong = ['x', '%00', '%20', encodeURIComponent("'; --"), '..%2f..', 'a'.repeat(2_000), '%E0%A4%A', randomUUID(), `${randomUUID()}.1`];
  await expectRefused(
    routes.flatMap((route) =>
      [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, id = '']) =>
        wrong.map((value): [string, Route, string, RawCall, readonly number[]] => {
          const json = right[name(route)] ?? {};
          const call = isUpload(route) ? { body: png(), type: 'image/png' } : route.method === 'GET' ? {} : { json };
          const query = isUpload(route) ? '?kind=CALL_CAPTURE' : '';
          return [`${id}=${value}`, route, addressOf(route, { [id]: value }) + query, call, [400, 403, 404, 409]];
        }),
      ),
    ),
  );
});

it('refuses wrong files', async () => {
  const query = '?kind=PASSPORT';
  await expectRefused(
    routes.filter(isUpload).flatMap((route): [string, Route, string, RawCall, readonly number[]][] => [
      ['nothing', route, addressOf(route) + query, { type: 'image/png' }, [422]],
      ['no type and nothing', route, addressOf(route) + query, {}, [422]],
      ['a text', route, addressOf(route) + query, { type: 'image/png', body: MARK.repeat(20) }, [415]],
      ['a program', route, addressOf(route) + query, { type: 'image/png', body: new Uint8Array([0x4d, 0x5a, 0, 0, 0, 0]) }, [415]],
      ['JSON', route, addressOf(route) + query, { json: { name: MARK } }, [415, 422]],
      ['over 15 MB', route, addressOf(route) + query, { type: 'image/png', body: png('', 15 * 1024 * 1024 + 1) }, [413]],
    ]),
  );
});

it('refuses a key that is none', async () => {
  const posts = routes.filter((route) => operationOf(document, route).parameters?.some((p) => p.name === 'Idempotency-Key'));
  expect(posts.length).toBeGreaterThan(8);
  await expectRefused(
    posts.flatMap((route) =>
      ['', 'two words', 'k'.repeat(129), 'ä'].map((key): [string, Route, string, RawCall, readonly number[]] => [
        `key ${key}`, route, addressOf(route), { key, json: right[name(route)] ?? {} }, [422],
      ]),
    ),
  );
});

it('knows every answer by its shape', () => {
  // The test of the tests above: an answer that is no problem document is found out.
  const headers = new Headers({ 'content-type': 'text/html' });
  const answer = { status: 500, headers, text: MARK, json: {} };
  expect(faults(answer, [422]).length).toBeGreaterThan(8);
  expect(isRecord([])).toBe(false);
});
