import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../../src/local/demo/actors';
import { ApiClient } from '../../src/local/demo/http';
import { LocalRooms } from '../../src/video/local/local-rooms';
import { codeOf, inCall, openBank, stateOf, timelineOf, type StartedCase } from '../api/cases';
import { EventStream } from '../support/event-stream';
import { startStack, type Stack } from '../support/stack';
import { startApi } from './entry-process';

let stack: Stack;
let banks = 0;
const pages: Page[] = [];
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(async () => {
  await Promise.all(pages.map((page) => page.close()));
  await stack.stop();
});

const SDP = 'v=0\r\ns=-\r\nt=0 0\r\n';
const OFFER = { kind: 'OFFER', sdp: SDP };

interface Call extends StartedCase {
  readonly client: ApiClient;
  readonly agent: ApiClient;
  /** Of the join; the caller's own. */
  readonly tokens: { readonly agent: string; readonly customer: string };
}

/** A case in a call that both have joined. */
async function call(reference: string): Promise<Call> {
  const { client, agent } = await openBank(stack, `bank-local-${(banks += 1)}`);
  const it = await inCall(client, agent, reference);
  const join = async (by: ApiClient, path: string): Promise<string> =>
    (await by.post<{ token: string }>(path)).token;
  const tokens = {
    customer: await join(it.customer, '/v1/capture/call/join'),
    agent: await join(agent, `/v1/av-sessions/${it.avSessionId}/join`),
  };
  return { ...it, client, agent, tokens };
}

/** One side's page as far as its connection to us goes. */
class Page {
  peerId = '';
  private sent = 0;
  private readonly pulse: NodeJS.Timeout;

  private constructor(
    readonly url: string,
    readonly token: string,
    readonly stream: EventStream,
  ) {
    this.pulse = setInterval(() => {
      const api = new ApiClient(stack.url).as(token);
      const here = codeOf(api.post('/v1/local-video/here', { peerId: this.peerId }));
      void here.then((code) => {
        if (code !== 'none') this.fallSilent();
      });
    }, 3_000);
    pages.push(this);
  }

  static async open(url: string, token: string, peerId = '', last = ''): Promise<Page> {
    const page = new Page(url, token, await EventStream.ofPeer(url, token, peerId, last));
    page.peerId = String((await page.event('room')).data['peerId']);
    return page;
  }

  fallSilent(): void {
    clearInterval(this.pulse);
  }

  close(): Promise<void> {
    this.fallSilent();
    return this.stream.close();
  }

  get signals() {
    return this.stream.events.filter(({ type }) => type === 'signal');
  }

  event(type: string, is: Readonly<Record<string, unknown>> = {}) {
    return until(`an event ${type}`, () => {
      const found = this.stream.events.findLast((event) => event.type === type);
      const fits = Object.entries(is).every(([name, value]) => found?.data[name] === value);
      return Promise.resolve(fits ? found : undefined);
    });
  }

  send(to: string, message: object = OFFER, n = (this.sent += 1)) {
    const body = { peerId: this.peerId, to, n, ...message };
    return new ApiClient(this.url).as(this.token).post('/v1/local-video/signals', body);
  }
}

async function both({ tokens }: Call, agentsUrl = stack.url): Promise<[Page, Page]> {
  const agent = await Page.open(agentsUrl, tokens.agent);
  const customer = await Page.open(stack.url, tokens.customer);
  await agent.event('room', { other: customer.peerId });
  return [agent, customer];
}

const presenceOf = async ({ client, profileId }: Call): Promise<string[]> =>
  (await timelineOf(stack, client, profileId))
    .filter(({ eventType }) => /peer-|join-failed/.test(eventType))
    .map(({ eventType, details }) => {
      const { who, cause = '', why = '' } = details as Record<string, string>;
      return [eventType, who, cause, why].filter((word) => word !== '').join(' ');
    });

it('two sides find each other at two processes, and one of those dies', async () => {
  const it = await call('two-processes');
  const { api, url } = await startApi(stack);
  const [agent, customer] = await both(it, url);
  // The second overtakes the first.
  const candidate = { kind: 'CANDIDATE', candidate: 'candidate:1 1 udp 1 x 9', sdpMid: '0' };
  await agent.send(customer.peerId, candidate, 2);
  await agent.send(customer.peerId, OFFER, 1);
  await agent.send(customer.peerId, OFFER, 1);
  await customer.event('signal', { n: 2 });
  expect(customer.signals.map(({ data }) => data)).toEqual([
    { from: agent.peerId, n: 1, kind: 'OFFER', sdp: SDP },
    { from: agent.peerId, n: 2, ...candidate },
  ]);
  await customer.send(agent.peerId, { kind: 'ANSWER', sdp: SDP });
  const { id } = await agent.event('signal', { n: 1 });
  await api.kill();
  await agent.stream.ended;
  await customer.send(agent.peerId, candidate);
  // By the token of the stream: the join's may have expired by now.
  const { token } = (await agent.event('room')).data as { token: string };
  const back = await Page.open(stack.url, token, agent.peerId, id);
  expect(back.peerId).toBe(agent.peerId);
  await back.event('signal', { n: 2 });
  expect(back.signals).toHaveLength(1);
  await api.stop();
  await expect(presenceOf(it)).resolves.toEqual([
    'av.peer-joined AGENT',
    'av.peer-joined CUSTOMER',
  ]);
}, 120_000);

it('coming and going is what the profile knows', async () => {
  const it = await call('coming-and-going');
  const [agent, customer] = await both(it);
  const peer = new ApiClient(stack.url).as(it.tokens.customer);
  const failure = { attemptId: randomUUID(), why: 'NO_CAMERA' };
  await peer.post('/v1/local-video/join-failure', failure);
  await peer.post('/v1/local-video/join-failure', failure);
  await peer.post('/v1/local-video/hang-up', { peerId: customer.peerId });
  await peer.post('/v1/local-video/hang-up', { peerId: customer.peerId });
  await agent.event('room', { other: '' });
  await customer.event('gone', { why: 'LOST' });
  expect((await stateOf(stack, it.profileId)).avSessions.at(-1)).toMatchObject({
    customerIn: false,
    agentIn: true,
  });
  // He comes back: another connection of the same person.
  const again = await Page.open(stack.url, it.tokens.customer);
  expect(again.peerId).not.toBe(customer.peerId);
  await agent.event('room', { other: again.peerId });
  await Promise.all([agent.close(), again.close()]);
  const av = await until('both to be gone', async () => {
    const last = (await stateOf(stack, it.profileId)).avSessions.at(-1);
    return last?.emptiedAt === undefined ? undefined : last;
  });
  expect([av.agentIn, av.customerIn]).toEqual([false, false]);
  const presence = await presenceOf(it);
  expect(presence.slice(0, 5)).toEqual([
    'av.peer-joined AGENT',
    'av.peer-joined CUSTOMER',
    'av.join-failed CUSTOMER NO_CAMERA',
    'av.peer-left CUSTOMER CLIENT_REQUEST',
    'av.peer-joined CUSTOMER',
  ]);
  expect(presence.slice(5).sort()).toEqual([
    'av.peer-left AGENT CONNECTION_LOST',
    'av.peer-left CUSTOMER CONNECTION_LOST',
  ]);
});

it('who is not heard of any more is gone, though his stream is open', async () => {
  const it = await call('silence');
  const [agent, customer] = await both(it);
  customer.fallSilent();
  await agent.event('room', { other: '' });
  await customer.event('gone', { why: 'LOST' });
  await expect(presenceOf(it)).resolves.toContain('av.peer-left CUSTOMER CONNECTION_LOST');
  const body = { peerId: customer.peerId };
  const peer = new ApiClient(stack.url).as(it.tokens.customer);
  expect(await codeOf(peer.post('/v1/local-video/here', body))).toBe('PEER_GONE');
});

it('the end of the call closes both streams, and nothing is taken after it', async () => {
  const it = await call('end');
  const [agent, customer] = await both(it);
  await it.agent.post(`/v1/av-sessions/${it.avSessionId}/end`);
  await Promise.all([agent.event('ended'), customer.event('ended')]);
  await Promise.all([agent.stream.ended, customer.stream.ended]);
  expect(await codeOf(agent.send(customer.peerId))).toBe('CALL_NOT_OPEN');
  const peer = new ApiClient(stack.url).as(it.tokens.customer);
  expect(await codeOf(peer.get('/v1/local-video/events'))).toBe('CALL_NOT_OPEN');
  const failure = { attemptId: randomUUID(), why: 'FAILED' };
  expect(await codeOf(peer.post('/v1/local-video/join-failure', failure))).toBe('CALL_NOT_OPEN');
  const events = await presenceOf(it);
  expect(events.filter((event) => event.startsWith('av.peer-left'))).toHaveLength(2);
});

it('a message goes from this side’s connection to the other’s, and nowhere else', async () => {
  const [it, another] = [await call('here'), await call('there')];
  const [agent, customer] = await both(it);
  const [stranger] = await both(another);
  expect(await codeOf(agent.send(stranger.peerId))).toBe('PEER_GONE');
  expect(await codeOf(agent.send(agent.peerId))).toBe('PEER_GONE');
  const wrong = new ApiClient(stack.url).as(another.tokens.agent);
  const body = { peerId: agent.peerId, to: customer.peerId, n: 1, kind: 'OFFER', sdp: SDP };
  expect(await codeOf(wrong.post('/v1/local-video/signals', body))).toBe('PEER_GONE');
  const hangUp = { peerId: agent.peerId };
  expect(await codeOf(wrong.post('/v1/local-video/hang-up', hangUp))).toBe('PEER_GONE');
  // A second window of the customer takes the first one's place.
  const second = await Page.open(stack.url, it.tokens.customer);
  await customer.event('gone', { why: 'REPLACED' });
  await agent.event('room', { other: second.peerId });
  expect(await codeOf(customer.send(agent.peerId))).toBe('PEER_GONE');
  await agent.send(second.peerId, OFFER, 1);
  await second.event('signal', { from: agent.peerId, n: 1 });
});

it('what a profile was not told is found in the room’s journal', async () => {
  const it = await call('not-told');
  const place = { ouid: `bank-local-${banks}`, avSessionId: it.avSessionId };
  // As if the process had died between writing it down and telling it.
  const { presence } = new LocalRooms(stack.config.videoDir, Date.now);
  const peerId = (await presence.join({ ...place, role: 'customer' }, ''))?.peerId;
  const schedule = stack.client.schedule.getHandle('video-kyc-reconciler');
  const found = await until('the profile to know', async () => {
    await schedule.trigger();
    await sleep(1_000);
    const { peers = [] } = (await stateOf(stack, it.profileId)).avSessions.at(-1) ?? {};
    return peers.find((peer) => peer.peerId === peerId);
  });
  expect(found).toMatchObject({ who: 'CUSTOMER' });
});
