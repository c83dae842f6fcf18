import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { openBank, queued } from '../api/cases';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { startApi, type EntryProcess } from './entry-process';

let stack: Stack;
let api: EntryProcess;
let url: string;
let log: LogClient;

beforeAll(async () => {
  stack = await startStack();
  ({ api, url } = await startApi(stack));
  log = createLogClient(stack.config.clickhouse);
}, 120_000);
afterAll(async () => {
  await api.stop();
  await log.close();
  await stack.stop();
});

const eventsOf = async (ouid: string, agentId: string): Promise<string[]> => {
  const query =
    'SELECT event_type FROM activity_log FINAL WHERE ouid = {ouid:String} AND stream = {stream:String} AND agent_id = {agentId:String} ORDER BY seq';
  const rows = await select<{ event_type: string }>(log, query, {
    ouid,
    agentId,
    stream: 'desk',
  });
  return rows.map(({ event_type }) => event_type);
};

it('the agents of an API process that dies are not blamed, and their customers go on', async () => {
  const { ouid, client, agent, other } = await openBank(stack, 'bank-api-killed');
  const stream = await EventStream.ofAgent(url, agent.token);
  await new ApiClient(url).as(agent.token).post('/v1/agents/me/online');
  const { profileId } = await queued(client, 'whose-agent-is-gone');
  await stream.told({ state: 'OFFERED' });
  await api.kill();
  await stream.ended;
  const second = await EventStream.ofAgent(stack.url, other.token);
  await other.post('/v1/agents/me/online');
  await second.told({ state: 'OFFERED' });
  expect(second.last?.data['offer']).toMatchObject({ profileId });
  const events = await until('the log has it', async () => {
    const all = await eventsOf(ouid, 'agent-1');
    return all.includes('agent.lost') ? all : undefined;
  });
  expect(events).toEqual(['agent.online', 'offer.made', 'offer.undelivered', 'agent.lost']);
  await second.close();
}, 120_000);
