import { isoTime } from '../../src/domain/log-row';
import { RESOURCE_NAMES, RESOURCES } from '../../clickhouse/insights/resources';
import { startStack, type Stack } from '../support/stack';
import { inReview, stateOf, unhurried } from './cases';
import { problemFaults, request } from './http';

let stack: Stack;
let supervisor: string;
let client: string;
let stranger: string;
let profileId: string;
const HOUR = 3_600_000;
const began = Date.now();
const range = `from=${isoTime(began - HOUR)}&to=${isoTime(began + HOUR)}`;

beforeAll(async () => {
  stack = await startStack();
  const [own, other] = [
    await stack.organization('bank-a', unhurried),
    await stack.organization('bank-b', unhurried),
  ];
  const agent = await stack.staff('bank-a', 'AGENT', 'agent-1');
  ({ profileId } = await inReview(own, agent, 'counted'));
  const { seq } = await stateOf(stack, profileId);
  // Figures know what the log knows: this list waits until it knows so much.
  await own.get(`/v1/profiles?profileId=${profileId}&seq=${seq}`);
  client = own.token;
  stranger = other.token;
  supervisor = (await stack.staff('bank-a', 'SUPERVISOR', 'supervisor-1')).token;
}, 120_000);
afterAll(() => stack.stop());

const get = (path: string, token = supervisor, accept?: string) =>
  request(stack.url, 'GET', path, { token, ...(accept && { headers: { accept } }) });

it('answers figures with what they mean and how old they are', async () => {
  for (const token of [supervisor, client]) {
    const { status, json } = await get(`/v1/insights/operators?${range}&groupBy=agent`, token);
    expect(status).toBe(200);
    expect(json).toMatchObject({ resource: 'operators', timeZone: 'UTC', groupBy: ['agent'] });
    expect(json['truncated']).toBe(false);
    expect(Date.parse(String(json['asOf']))).toBeGreaterThan(began - HOUR);
    expect(json['items']).toContainEqual({
      group: { agent: 'agent-1' },
      figures: expect.objectContaining({ approvals: 1, offersAccepted: 1, rejections: 0 }),
    });
    expect(json['definitions']).toContainEqual({
      name: 'handled',
      definition: expect.any(String),
      unit: 'calls',
      groupBy: expect.arrayContaining(['agent', 'day']),
    });
  }
});

it('opens a figure to its cases', async () => {
  const { json } = await get(
    `/v1/insights/operators/profiles?${range}&figure=approvals&agent=agent-1`,
  );
  expect(json).toMatchObject({ resource: 'operators', definition: { name: 'approvals' } });
  expect(json['items']).toEqual([
    expect.objectContaining({
      profileId,
      avSessionId: `${profileId}.1`,
      extReferenceId: 'counted',
    }),
  ]);
  const none = await get(`/v1/insights/operators/profiles?${range}&figure=approvals&agent=agent-2`);
  expect(none.json['items']).toEqual([]);
});

it.each(RESOURCE_NAMES)('answers %s whole, and as a file', async (resource) => {
  const { status, json } = await get(`/v1/insights/${resource}?${range}`);
  expect(status).toBe(200);
  const [all] = json['items'] as { figures: Record<string, unknown> }[];
  expect(Object.keys(all?.figures ?? {})).toEqual(RESOURCES[resource].map(({ name }) => name));
  const file = await get(`/v1/insights/${resource}?${range}`, supervisor, 'text/csv');
  expect(file.headers.get('content-type')).toContain('text/csv');
  expect(file.headers.get('content-disposition')).toContain(`${resource}.csv`);
  expect(file.text.split('\n')[0]).toBe(
    RESOURCES[resource].map(({ name }) => `"${name}"`).join(','),
  );
  const [{ name } = { name: '' }] = RESOURCES[resource];
  const opened = await get(
    `/v1/insights/${resource}/profiles?${range}&figure=${name}`,
    supervisor,
    'text/csv',
  );
  expect(opened.text).toMatch(/^"at","profileId"/);
});

it('tells nothing of another organization', async () => {
  for (const resource of RESOURCE_NAMES) {
    const { status, text } = await get(`/v1/insights/${resource}?${range}&groupBy=day`, stranger);
    expect(status).toBe(200);
    expect((JSON.parse(text) as { items: unknown[] }).items).toEqual([]);
    for (const { name } of RESOURCES[resource].slice(0, 2)) {
      const path = `/v1/insights/${resource}/profiles?${range}&figure=${name}`;
      expect((await get(path, stranger)).json['items']).toEqual([]);
    }
  }
});

it('lists every figure there is', async () => {
  const { json } = await get('/v1/insights');
  const items = json['items'] as { resource: string; figures: unknown[] }[];
  expect(items.map(({ resource }) => resource)).toEqual(RESOURCE_NAMES);
});

it.each([
  ['', 'from'],
  ['from=2026-01-01&to=2026-01-02T00:00Z', 'from'],
  ['from=2026-01-02T00:00Z&to=2026-01-01T00:00Z', 'to'],
  ['from=2026-13-01T00:00Z&to=2027-01-01T00:00Z', 'from'],
  ['from=2026-01-01T00:00Z&to=9999-01-02T00:00Z', 'to'],
  ['from=0001-01-01T00:00Z&to=2026-01-02T00:00Z', 'from'],
  ['from=2020-01-01T00:00Z&to=2026-01-02T00:00Z', 'to'],
  [`${range}&timeZone=Mars/Olympus`, 'timeZone'],
  [`${range}&timeZone=UTC%27`, 'timeZone'],
  [`${range}&groupBy=agent,agent`, 'groupBy'],
  [`${range}&groupBy=profile_id`, 'groupBy'],
  [`${range}&groupBy=step`, 'groupBy'],
  [`${range}&figures=handled,nothing`, 'figures'],
  [`${range}&agent=%27%20OR%201=1`, 'agent'],
  [`${range}&withinSeconds=0`, 'withinSeconds'],
])('refuses %s', async (query, field) => {
  const answer = await get(`/v1/insights/operators?${query}`);
  expect(problemFaults(answer, [422])).toEqual([]);
  expect(answer.json['errors']).toContainEqual(expect.objectContaining({ field }));
});

it('refuses to open what is no figure, or with another list’s cursor', async () => {
  const path = `/v1/insights/operators/profiles?${range}`;
  const none = await get(`${path}&figure=nothing`);
  expect(none.json['errors']).toContainEqual(expect.objectContaining({ field: 'figure' }));
  const foreign = await get(
    `${path}&figure=handled&cursor=${Buffer.from('[1,"p"]').toString('base64url')}`,
  );
  expect(foreign.json['code']).toBe('CURSOR_INVALID');
});
