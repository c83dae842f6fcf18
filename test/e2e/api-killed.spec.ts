import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { freePort } from '../../src/local/ports';
import { openBank, queued } from '../api/cases';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { EntryProcess } from './entry-process';

let stack: Stack;
let api: EntryProcess;
let url: string;
let log: LogClient;

beforeAll(async () => {
  stack = await startStack();
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  api = new EntryProcess('api/main', { ...stack, env: { ...stack.env, API_PORT: String(port) } });
  api.start();
  await api.ready();
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
  const stream = await EventStream.open(url, agent.token);
  await new ApiClient(url).as(agent.token).post('/v1/agents/me/online');
  const { profileId } = await queued(client, 'whose-agent-is-gone');
  const offered = (one: EventStream) =>
    until('the stream says OFFERED', () =>
      Promise.resolve(one.last?.data['state'] === 'OFFERED' ? true : undefined),
    );
  await offered(stream);
  await api.kill();
  await stream.ended;
  const second = await EventStream.open(stack.url, other.token);
  await other.post('/v1/agents/me/online');
  await offered(second);
  expect(second.last?.data['offer']).toMatchObject({ profileId });
  const events = await until('the log has it', async () => {
    const all = await eventsOf(ouid, 'agent-1');
    return all.includes('agent.lost') ? all : undefined;
  });
  expect(events).toEqual(['agent.online', 'offer.made', 'offer.undelivered', 'agent.lost']);
  await second.close();
}, 120_000);
