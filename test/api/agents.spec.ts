import { until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { codeOf, inCall, openBank, passTasks, queued, stateOf, timelineOf } from './cases';
import { request } from './http';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-agents-${(banks += 1)}`);
const me = (agent: ApiClient) => agent.get<Record<string, unknown>>('/v1/agents/me');
const isIn = (agent: ApiClient, state: string) =>
  until(`the agent is ${state}`, async () =>
    (await me(agent))['state'] === state ? true : undefined,
  );

describe('a break', () => {
  it('has a reason of the organization’s list, and ends', async () => {
    const { agent } = await bank();
    expect(await codeOf(agent.post('/v1/agents/me/pause', { reason: 'LUNCH' }))).toBe(
      'AGENT_NOT_ONLINE',
    );
    await agent.post('/v1/agents/me/online');
    const call = { token: agent.token, json: { reason: 'TIRED' } };
    const refused = await request(stack.url, 'POST', '/v1/agents/me/pause', call);
    expect(refused).toMatchObject({
      status: 422,
      json: { code: 'FIELD_INVALID', errors: [{ field: 'reason' }] },
    });
    const { pauseReasons } = await agent.get<{ pauseReasons: string[] }>(
      '/v1/agents/me/pause-reasons',
    );
    expect(pauseReasons).toContain('LUNCH');
    await expect(agent.post('/v1/agents/me/pause', { reason: 'LUNCH' })).resolves.toMatchObject({
      state: 'PAUSED',
      pauseReason: 'LUNCH',
    });
    await expect(agent.post('/v1/agents/me/resume')).resolves.toMatchObject({ state: 'FREE' });
  });
});

describe('after the call', () => {
  it('the agent has his wrap-up, and ends it early', async () => {
    const ouid = 'bank-wrap-up';
    const client = await stack.organization(ouid, ({ policy, ...settings }) => ({
      ...settings,
      policy: { ...policy, timers: { ...policy.timers, wrapUp: 600_000 } },
    }));
    const agent = await stack.staff(ouid, 'AGENT', 'agent-1');
    const { avSessionId } = await inCall(client, agent, 'wrap-up');
    await passTasks(agent, avSessionId);
    await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'APPROVED' });
    await isIn(agent, 'WRAP_UP');
    await expect(agent.post('/v1/agents/me/resume')).resolves.toMatchObject({ state: 'FREE' });
  });

  it('nobody comes whose training has ended', async () => {
    const ouid = 'bank-untrained';
    await stack.organization(ouid, ({ agents, ...settings }) => ({
      ...settings,
      agents: agents.map((one) => ({ ...one, trainedUntil: '2026-01-01T00:00:00Z' })),
    }));
    const agent = await stack.staff(ouid, 'AGENT', 'agent-1');
    expect(await codeOf(agent.post('/v1/agents/me/online'))).toBe('TRAINING_EXPIRED');
  });
});

describe('the customer in line', () => {
  it('sees his place, and how long it is likely to take while somebody is at work', async () => {
    const { client, agent } = await bank();
    const first = await queued(client, 'first');
    const second = await queued(client, 'second');
    const queue = async ({ customer }: { customer: ApiClient }) =>
      (await customer.get<{ queue: { position: number } }>('/v1/capture')).queue;
    await until('both are in line', async () =>
      (await queue(second)).position === 2 ? true : undefined,
    );
    expect(await queue(first)).toMatchObject({ position: 1, estimatedWaitMinutes: null });
    await agent.post('/v1/agents/me/online');
    await agent.post('/v1/agents/me/pause', { reason: 'BREAK' });
    expect(await queue(second)).toMatchObject({ position: 2, estimatedWaitMinutes: null });
    await agent.post('/v1/agents/me/resume');
    await isIn(agent, 'OFFERED');
    // One agent, who is about to take the first: the next turn is a whole call away.
    expect(await queue(second)).toMatchObject({ position: 2, estimatedWaitMinutes: 6 });
  });
});

describe('a supervisor', () => {
  it('sees the desk, and gives a case another turn and another queue', async () => {
    const { ouid, client, agent } = await bank();
    const supervisor = await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1');
    const first = await queued(client, 'first');
    const last = await queued(client, 'last');
    const desk = () =>
      supervisor.get<{ queues: { waiting: number }[]; agents: object[] }>('/v1/supervision/desk');
    const inLine = (all: { waiting: number }[]) => all.reduce((n, { waiting }) => n + waiting, 0);
    // The desk hears of both by their cases, after the customers' answers.
    const { queues } = await until('both are in line', async () => {
      const view = await desk();
      return inLine(view.queues) === 2 ? view : undefined;
    });
    expect(queues).toEqual([expect.objectContaining({ queueId: 'english', waiting: 2 })]);
    const route = `/v1/supervision/profiles/${last.profileId}/route`;
    const urgent = { priority: 90, why: 'VULNERABLE_CUSTOMER' };
    expect(await codeOf(supervisor.post(route, { why: 'OTHER' }))).toBe('FIELD_INVALID');
    expect(await codeOf(supervisor.post(route, { ...urgent, queueId: 'none' }))).toBe(
      'QUEUE_UNKNOWN',
    );
    await supervisor.post(route, urgent);
    // The desk hears of it from the case, after the supervisor's answer.
    await until('he is the next one', async () => {
      const { queue } = await last.customer.get<{ queue: { position: number } }>('/v1/capture');
      return queue.position === 1 ? true : undefined;
    });
    await agent.post('/v1/agents/me/online');
    await isIn(agent, 'OFFERED');
    expect((await desk()).agents).toEqual([
      expect.objectContaining({ agentId: 'agent-1', state: 'OFFERED', profileId: last.profileId }),
    ]);
    const events = await timelineOf(stack, client, last.profileId);
    expect(events.map(({ eventType }) => eventType).slice(-3)).toEqual([
      'profile.rerouted',
      'queue.left',
      'queue.entered',
    ]);
    expect((await me(agent))['profileId']).not.toBe(first.profileId);
  });

  it('takes an agent out of the line, whose customer goes on to the next', async () => {
    const { ouid, client, agent, other } = await bank();
    const supervisor = await stack.staff(ouid, 'SUPERVISOR', 'supervisor-1');
    const pull = (agentId: string) =>
      supervisor.post(`/v1/supervision/agents/${agentId}/pull`, { why: 'QUALITY' });
    expect(await codeOf(pull('agent-9'))).toBe('NOT_FOUND');
    expect(await codeOf(pull('agent-1'))).toBe('AGENT_NOT_ONLINE');
    await agent.post('/v1/agents/me/online');
    await queued(client, 'pulled');
    await isIn(agent, 'OFFERED');
    await other.post('/v1/agents/me/online');
    await pull('agent-1');
    await isIn(agent, 'OFFLINE');
    await isIn(other, 'OFFERED');
    expect((await me(agent))['offer']).toBeNull();
  });
});

describe('a customer who changes his language', () => {
  it('keeps the time since when he waits, in the queue of the other language', async () => {
    const { client } = await bank();
    const { customer, profileId } = await queued(client, 'language');
    const { line } = await stateOf(stack, profileId);
    expect(await codeOf(customer.post('/v1/capture/language', { language: 'fr' }))).toBe(
      'NO_QUEUE_FITS',
    );
    await customer.post('/v1/capture/language', { language: 'hi' });
    const after = await stateOf(stack, profileId);
    expect(after).toMatchObject({ status: 'QUEUED', language: 'hi', ticket: 2 });
    expect(after.line?.since).toBe(line?.since);
    expect(after.line?.queueId).not.toBe(line?.queueId);
  });
});

describe('an agent’s stream of events', () => {
  const states = ({ events }: EventStream) =>
    events.filter(({ type }) => type === 'agent').map(({ data }) => data['state']);

  it('brings his offers, and only what he does not know yet when he comes back', async () => {
    const { client, agent } = await bank();
    const stream = await EventStream.ofAgent(stack.url, agent.token);
    expect(stream.response.headers.get('content-type')).toContain('text/event-stream');
    await agent.post('/v1/agents/me/online');
    const { profileId } = await queued(client, 'streamed');
    await stream.told({ state: 'OFFERED' });
    expect(states(stream).at(0)).toBe('OFFLINE');
    expect(states(stream).filter((state) => state === 'OFFERED')).toHaveLength(1);
    expect(stream.last?.data['offer']).toMatchObject({ profileId, accepted: false });
    await stream.close();
    const again = await EventStream.ofAgent(stack.url, agent.token, stream.last?.id);
    const { offerId } = (await me(agent))['offer'] as { offerId: string };
    await agent.post(`/v1/offers/${offerId}/accept`);
    await again.told({ state: 'BUSY' });
    expect(again.events.filter(({ id }) => id === stream.last?.id)).toEqual([]);
    await again.close();
  });

  it('that breaks costs him no good name, and his customer no time', async () => {
    const { client, agent, other } = await bank();
    const stream = await EventStream.ofAgent(stack.url, agent.token);
    await agent.post('/v1/agents/me/online');
    const { profileId } = await queued(client, 'broken');
    await stream.told({ state: 'OFFERED' });
    const second = await EventStream.ofAgent(stack.url, other.token);
    await other.post('/v1/agents/me/online');
    await stream.close();
    await second.told({ state: 'OFFERED' });
    expect(second.last?.data['offer']).toMatchObject({ profileId });
    await isIn(agent, 'FREE');
    await second.close();
  });

  it('is an agent’s alone', async () => {
    const { client } = await bank();
    const { status } = await request(stack.url, 'GET', '/v1/agents/me/events', {
      token: client.token,
    });
    expect(status).toBe(403);
  });
});
