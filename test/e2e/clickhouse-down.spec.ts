import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { checkLog } from '../../src/demo/verify/log-checks';
import { readLog } from '../../src/demo/verify/log-reader';
import { checkTables } from '../../src/demo/verify/table-checks';
import { checkTemporal } from '../../src/demo/verify/temporal-checks';
import { inventedCustomer, until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { stateOf } from '../api/cases';
import { problemFaults, request, type Answer } from '../api/http';
import { startStack, type Stack } from '../support/stack';
import { startApi, type EntryProcess } from './entry-process';
import { journeySteps, PLAIN } from './journey-steps';

const OUID = 'bank-dark';
let stack: Stack;
let api: EntryProcess;
let url: string;
let client: ApiClient;
let log: LogClient;

beforeAll(async () => {
  stack = await startStack();
  // The stack's own API stays out of it: its caches are warm.
  ({ api, url } = await startApi(stack));
  client = new ApiClient(url).as((await stack.organization(OUID)).token);
  log = createLogClient(stack.config.clickhouse);
}, 120_000);
afterAll(async () => {
  await api.stop();
  await log.close();
  await stack.stop();
});

/** A journey that is played up to some step, and on from there. */
async function journey(reference: string) {
  const { steps, profileId } = await journeySteps(stack, client, OUID, { ...PLAIN, reference });
  const left = [...steps];
  return {
    profileId,
    async upTo(last: string): Promise<void> {
      expect(left.map(({ name }) => name)).toContain(last);
      for (let name = ''; name !== last;) {
        const step = left.shift();
        if (!step) break;
        name = step.name;
        await step.run().catch((error: unknown) => {
          throw new Error(`step "${name}" of ${reference} failed`, { cause: error });
        });
      }
    },
  };
}
const LAST = 'checker decides';

const create = (reference: string): Promise<Answer> =>
  request(url, 'POST', '/v1/profiles', {
    token: client.token,
    json: inventedCustomer(reference),
  });

async function expectNoCreation(reference: string): Promise<void> {
  const answer = await create(reference);
  expect(problemFaults(answer, [503])).toEqual([]);
  expect(answer.json['code']).toBe('LOG_UNAVAILABLE');
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
}

it('serves running journeys with an API that was started without ClickHouse, and logs them later', async () => {
  const reviewed = await journey('reviewed');
  await reviewed.upTo('check tasks');
  const called = await journey('called');
  await called.upTo('customer joins');
  const waiting = await journey('waiting');
  await waiting.upTo('submit');
  const invited = await journey('invited');
  await invited.upTo('create');
  const all = [reviewed, called, waiting, invited];

  await Promise.all([stack.clickhouse.kill(), api.kill()]);
  api.start();
  await api.ready();
  expect((await request(url, 'GET', '/readyz')).json).toEqual({
    status: 'degraded',
    temporal: true,
    clickhouse: false,
  });

  // Neither a new case nor, as it cannot be told from one, a known one.
  await expectNoCreation('new');
  await expectNoCreation('invited');

  // A decision, a call in the middle, a customer in line, one who has not begun: to the end.
  for (const one of all) await one.upTo(LAST);
  for (const one of all) {
    await expect(client.get(`/v1/profiles/${one.profileId()}`)).resolves.toMatchObject({
      status: 'APPROVED',
      source: 'WORKFLOW',
      checker: { reviewerId: 'reviewer-1' },
    });
    // Not over before its last row is in.
    const { status } = await stack.client.workflow
      .getHandle(`profile/${one.profileId()}`)
      .describe();
    expect(status.name).toBe('RUNNING');
  }
  await expectNoCreation('new');
  await expect(select(log, 'SELECT 1', {})).rejects.toThrow('unavailable');

  await stack.clickhouse.start();
  const ids = all.map(({ profileId }) => profileId());
  for (const id of ids) {
    await expect(stack.client.workflow.getHandle(`profile/${id}`).result()).resolves.toMatchObject({
      status: 'APPROVED',
    });
  }
  // The desk does not end: its last rows are in when the agent's last word is.
  const agent = client.as((await stack.staff(OUID, 'AGENT', 'agent-1')).token);
  await agent.post('/v1/agents/me/offline');
  await until('the desk’s log', async () => {
    const query = `SELECT state FROM agents FINAL WHERE ouid = {OUID:String}`;
    const [found] = await select<{ state: string }>(log, query, { OUID });
    return found?.state === 'OFFLINE' ? true : undefined;
  });

  const found = await readLog(log, OUID);
  expect([...found.profiles.keys()].sort()).toEqual([...ids].sort());
  expect(checkLog(OUID, found)).toEqual([]);
  await expect(checkTables(log, OUID, found)).resolves.toEqual([]);
  await expect(checkTemporal(stack.client, OUID, found, ids)).resolves.toEqual([]);
  for (const id of ids) {
    const events = found.profiles.get(id) ?? [];
    expect(events).toHaveLength((await stateOf(stack, id)).seq);
    expect(events.at(-1)?.eventType).toBe('profile.closed');
  }

  // And the door is open again, for the new and the known.
  expect((await create('new')).status).toBe(201);
  expect((await create('invited')).json).toMatchObject({ profileId: ids[3], status: 'APPROVED' });
}, 300_000);
