import { randomUUID } from 'node:crypto';
import { startStack, type Stack } from '../support/stack';
import { stateOf } from './cases';
import { png, problemFaults, request, type Answer, type RawCall } from './http';
import { AADHAAR, MARK, wrongBodies, wrongValues } from './mutations';
import { bodySchema, operationOf, routesOf, type OpenApi, type Route } from './routes';
import { prepareCases, type Cases, type Try } from './wrong-input.cases';

// Every wrong input is sent where the right one would take effect, so that "changes nothing" says
// something.
let stack: Stack;
let document: OpenApi;
let routes: Route[];
let cases: Cases;

beforeAll(async () => {
  stack = await startStack();
  cases = await prepareCases(stack);
  document = JSON.parse((await request(stack.url, 'GET', '/openapi.json')).text) as OpenApi;
  routes = routesOf(stack.app);
}, 120_000);
afterAll(() => stack.stop());

const name = ({ method, path }: Route): string => `${method} ${path}`;
// A webhook's body is the service's affair: whatever it is, it is answered (test/e2e/hundredms.spec.ts).
const withBody = (): Route[] =>
  routes
    .filter(({ path }) => !path.startsWith('/webhooks/'))
    .filter((route) => bodySchema(document, route));
const rightOf = (route: Route): Readonly<Record<string, unknown>> => cases.right[name(route)] ?? {};
const isUpload = (route: Route): boolean =>
  'image/png' in (operationOf(document, route).requestBody?.content ?? {});

function callerOf({ access, path }: Route): string {
  if (path.startsWith('/v1/capture/call')) return cases.inCall;
  const [kind] = access === 'PUBLIC' || !access ? [] : access;
  return kind === undefined ? '' : cases.tokens[kind];
}

function addressOf({ path }: Route, changed: Readonly<Record<string, string>> = {}): string {
  const prefix = Object.keys(cases.ids).find((p) => path.startsWith(p)) ?? '';
  const known = { ...cases.ids[prefix], ...changed };
  return path.replace(/\{(\w+)\}/g, (_, id: string) => known[id] ?? '');
}

/** One wrong request to a route. */
function attempt(
  route: Route,
  what: string,
  call: RawCall,
  statuses: number[],
  path = addressOf(route),
): Try {
  return { what, route, path, call, statuses };
}

/** What is wrong with the answer to a wrong request; nothing of the person may come back in it. */
function faults(answer: Answer, statuses: readonly number[]): string[] {
  const fields = (answer.json['errors'] ?? []) as { field: string }[];
  const twice = fields.filter(
    ({ field }, i) =>
      !/^\?$|^details/.test(field) && fields.findIndex((f) => f.field === field) < i,
  );
  const hidden = [MARK, AADHAAR].filter((text) => answer.text.includes(text));
  return [
    ...problemFaults(answer, statuses),
    ...hidden.map((text) => `tells ${text}`),
    ...twice.map(({ field }) => `${field} twice`),
  ];
}

const fingerprint = (): Promise<unknown> =>
  Promise.all(
    cases.profiles.map(async (id) => {
      const { seq, commands, status } = await stateOf(stack, id);
      return { seq, commands, status };
    }),
  );

/** Sends them all; expects a problem each and nobody's case changed. */
async function expectRefused(tries: readonly Try[]): Promise<void> {
  const before = await fingerprint();
  const found: string[] = [];
  for (const { what, route, path, call, statuses } of tries) {
    const answer = await request(stack.url, route.method, path, {
      token: callerOf(route),
      ...call,
    });
    const wrong = faults(answer, statuses);
    if (wrong.length > 0)
      found.push(`${name(route)} with ${what.slice(0, 160)}: ${wrong.join('; ')}`);
  }
  expect(tries.length).toBeGreaterThan(0);
  expect(found).toEqual([]);
  await expect(fingerprint()).resolves.toEqual(before);
}

it('has a right body for every route that takes one', () => {
  expect(Object.keys(cases.right).sort()).toEqual(withBody().map(name).sort());
});

it('refuses every wrong body', async () => {
  await expectRefused(
    withBody().flatMap((route) =>
      wrongBodies(document, bodySchema(document, route) ?? {}, rightOf(route)).map((json) =>
        attempt(route, JSON.stringify(json), { json }, [400, 422]),
      ),
    ),
  );
}, 120_000);

it('refuses what is no JSON, too much of it, or too deep', async () => {
  const type = 'application/json';
  const deep = `{"details":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
  await expectRefused(
    withBody().flatMap((route) => {
      const body = JSON.stringify(rightOf(route));
      return [
        attempt(route, 'broken JSON', { type, body: `{"name":"${MARK}` }, [400]),
        attempt(route, 'a bare text', { type, body: `"${MARK}"` }, [400]),
        attempt(route, 'null', { type, body: 'null' }, [400]),
        attempt(route, 'nothing', { type, body: '' }, [400, 422]),
        attempt(route, 'another charset', { type: `${type}; charset=x-mac`, body }, [400, 415]),
        attempt(
          route,
          'no gzip',
          { type, body, headers: { 'content-encoding': 'gzip' } },
          [400, 415],
        ),
        attempt(
          route,
          'an encoding',
          { type, body, headers: { 'content-encoding': 'zap' } },
          [400, 415],
        ),
        attempt(
          route,
          'a form',
          { type: 'application/x-www-form-urlencoded', body: 'a=b' },
          [415, 422],
        ),
        attempt(route, 'text', { type: 'text/plain', body }, [415, 422]),
        attempt(route, '100 kB', { json: { name: MARK.repeat(8_000) } }, [413]),
        attempt(route, 'depth', { type, body: deep }, [400, 422]),
      ];
    }),
  );
});

it('refuses every wrong query', async () => {
  await expectRefused(
    routes.flatMap((route) => {
      const parameters = (operationOf(document, route).parameters ?? []).filter(
        (p) => p.in === 'query',
      );
      if (parameters.length === 0) return [];
      const queries = parameters.flatMap(({ name: field, schema }) => [
        ...wrongValues(document, schema)
          // In an address a number is a text too, and no address can carry half a character.
          .filter(
            (value) =>
              typeof value === 'string' || (typeof value === 'number' && schema.type !== 'string'),
          )
          .map(String)
          .filter((value) => !/\p{Cs}/u.test(value))
          .map((value) => `${field}=${encodeURIComponent(value)}`),
        `${field}=a&${field}=b`,
        `${field}[x]=1`,
      ]);
      const call = isUpload(route) ? { body: png(), type: 'image/png' } : {};
      return [...queries, `unknownField=${MARK}`].map((query) =>
        attempt(route, query, call, [422], `${addressOf(route)}?${query}`),
      );
    }),
  );
}, 120_000);

it('knows no other ids', async () => {
  const hostile = [
    'x',
    '%00',
    '%20',
    encodeURIComponent("'; --"),
    '..%2f..',
    'a'.repeat(2_000),
    '%E0%A4%A',
  ];
  const wrong = [...hostile, randomUUID(), `${randomUUID()}.1`];
  await expectRefused(
    routes.flatMap((route) =>
      [...route.path.matchAll(/\{(\w+)\}/g)].flatMap(([, id = '']) =>
        wrong.map((value) => {
          const upload = isUpload(route);
          const body = route.method === 'GET' ? {} : { json: rightOf(route) };
          const path = addressOf(route, { [id]: value }) + (upload ? '?kind=CALL_CAPTURE' : '');
          const call = upload ? { body: png(), type: 'image/png' } : body;
          return attempt(route, `${id}=${value}`, call, [400, 403, 404, 409], path);
        }),
      ),
    ),
  );
});

it('refuses wrong files', async () => {
  const type = 'image/png';
  await expectRefused(
    routes.filter(isUpload).flatMap((route) => {
      const path = `${addressOf(route)}?kind=PASSPORT`;
      const program = new Uint8Array([0x4d, 0x5a, 0, 0, 0, 0]);
      return [
        attempt(route, 'nothing', { type }, [422], path),
        attempt(route, 'no type and nothing', {}, [422], path),
        attempt(route, 'a text', { type, body: MARK.repeat(20) }, [415], path),
        attempt(route, 'a program', { type, body: program }, [415], path),
        attempt(route, 'JSON', { json: { name: MARK } }, [415, 422], path),
        attempt(route, 'over 15 MB', { type, body: png('', 15 * 1024 * 1024 + 1) }, [413], path),
      ];
    }),
  );
});

it('refuses a key that is none', async () => {
  const takesKey = (route: Route): boolean =>
    (operationOf(document, route).parameters ?? []).some((p) => p.name === 'Idempotency-Key');
  const posts = routes.filter(takesKey);
  expect(posts.length).toBeGreaterThan(8);
  await expectRefused(
    posts.flatMap((route) =>
      ['', 'two words', 'k'.repeat(129), 'ä'].map((key) =>
        attempt(route, `key ${key}`, { key, json: rightOf(route) }, [422]),
      ),
    ),
  );
});

it('finds out an answer that is no problem document', () => {
  const headers = new Headers({ 'content-type': 'text/html' });
  const answer = { status: 500, headers, text: MARK, json: {} };
  expect(faults(answer, [422]).length).toBeGreaterThan(8);
});
