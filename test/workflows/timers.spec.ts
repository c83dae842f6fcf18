import { Case } from '../support/case';
import { agent, customer, move, online, policy, reviewer } from '../support/journeys';
import { startTimeSkipping, type WorkflowWorld } from '../support/workflow-env';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

let world: WorkflowWorld;
let number = 100;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

const next = async (): Promise<Case> => new Case(world, number++).begin();
const inLine = async (): Promise<Case> => (await next()).toLine();
const inCall = async (): Promise<Case> => (await inLine()).toCall();
const reject = { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remarkRef: 'r' } as const;

describe('the capture link', () => {
  it('ends after 72 h', async () => {
    const one = await next();
    await world.skip(72 * HOUR + SECOND);
    await expect(one.result()).resolves.toEqual({ status: 'EXPIRED', reason: 'TECH_LINK_EXPIRED' });
  });

  it('lives on when a new one is issued just before', async () => {
    const one = await next();
    await world.skip(72 * HOUR - MINUTE);
    await one.command(move('issueLink', { type: 'CLIENT', id: 'key1' }, {}));
    await world.skip(2 * MINUTE);
    expect((await one.state()).status).toBe('CAPTURE_PENDING');
    await world.skip(72 * HOUR);
    await expect(one.result()).resolves.toMatchObject({ status: 'EXPIRED' });
  });
});

describe('a customer who does not join', () => {
  it('is queued once more with his place, then scheduled', async () => {
    const one = await inCall();
    const { line } = await one.state();
    await world.skip(61 * SECOND);
    const again = await one.is('QUEUED');
    expect(again).toMatchObject({ ticket: 2, noShows: 1, reason: 'TECH_CUSTOMER_NO_SHOW' });
    expect(again.line?.since).toBe(line?.since);
    await one.desk.accept('a1');
    await one.until('the second room', (s) => s.avSessions[1]?.room === 'OPEN');
    await world.skip(61 * SECOND);
    await one.is('SCHEDULED');
    await one.desk.agentIs('a1', 'FREE');
  });

  it('is in time one second before the end', async () => {
    const one = await inCall();
    await world.skip(55 * SECOND);
    await one.talk();
    await world.skip(MINUTE);
    expect((await one.state()).status).toBe('IN_CALL');
  });
});

describe('the longest call', () => {
  it('ends after 20 minutes and waits for the decision', async () => {
    const one = await (await inCall()).talk();
    await world.skip(20 * MINUTE);
    const after = await one.is('DECISION_PENDING');
    expect(after.avSessions[0]).toMatchObject({ endWhy: 'MAX_DURATION', endParty: 'PLATFORM' });
    await one.until('the room is locked', (s) => s.avSessions[0]?.room === 'LOCKED');
  });

  it('is no matter for a call that ended just before', async () => {
    const one = await (await inCall()).talk();
    await world.skip(19 * MINUTE);
    await one.command(move('endCall', agent('a1'), {}));
    await world.skip(2 * MINUTE);
    const after = await one.state();
    expect(after.avSessions[0]).toMatchObject({ endWhy: 'AGENT_ENDED' });
    expect(after.status).toBe('DECISION_PENDING');
  });
});

describe('the decision', () => {
  it('that nobody makes in 4 h gives the customer a callback and frees the agent', async () => {
    const one = await (await inCall()).talk();
    await one.command(move('endCall', agent('a1'), {}));
    await world.skip(4 * HOUR + SECOND);
    const after = await one.is('SCHEDULED');
    expect(after.reason).toBe('TECH_SERVER_ERROR');
    await one.desk.agentIs('a1', 'FREE');
    await one.until('the log', () => one.types.includes('maker.timed-out'));
  });

  it('counts when it comes just before', async () => {
    const one = await (await inCall()).talk();
    await one.command(move('endCall', agent('a1'), {}));
    await world.skip(4 * HOUR - MINUTE);
    await one.command(move('makerDecision', agent('a1'), { decision: 'APPROVED' }));
    await world.skip(2 * MINUTE);
    expect((await one.state()).status).toBe('REVIEW_PENDING');
  });
});

describe('a review claim', () => {
  it('ends after 30 minutes; the next claim has its own time', async () => {
    const one = await inCall();
    await one.command(move('makerDecision', agent('a1'), reject));
    await one.command(move('claimReview', reviewer('r1'), {}));
    await world.skip(29 * MINUTE);
    await one.command(move('releaseReview', reviewer('r1'), {}));
    await one.command(move('claimReview', reviewer('r2'), {}));
    await world.skip(2 * MINUTE);
    expect((await one.state()).review?.reviewerId).toBe('r2');
    await world.skip(29 * MINUTE);
    expect((await one.is('REVIEW_PENDING')).review).toBeUndefined();
    await one.until('the log', () => one.rows.at(-1)?.details['why'] === 'EXPIRED');
    expect(one.rows.at(-1)).toMatchObject({ reviewerId: 'r2', actorId: 'timer' });
  });
});

describe('the line', () => {
  it('ends after 30 minutes without an agent; the customer comes back by his link', async () => {
    const one = await inLine();
    await world.skip(30 * MINUTE + SECOND);
    const after = await one.is('SCHEDULED');
    expect(after.reason).toBe('TECH_NO_AGENT_AVAILABLE');
    expect((await one.desk.view()).positions).toEqual({});
    const again = { captureSessionId: after.captureSessionId, language: 'en', skills: [] };
    await one.command(move('submit', customer, again));
    expect(await one.is('QUEUED')).toMatchObject({ ticket: 2 });
  });

  it('serves an agent who comes just before its end', async () => {
    const one = await inLine();
    await world.skip(29 * MINUTE + 50 * SECOND);
    await one.desk.send(online('a1'));
    await world.skip(12 * SECOND); // the wait ends while the offer is open
    await one.desk.accept('a1');
    expect((await one.is('IN_CALL')).ticket).toBe(1);
  });
});

describe('an offer', () => {
  it('that nobody answers goes on to the next agent; two misses set an agent away', async () => {
    const one = await inLine();
    await one.desk.send(online('a1'), online('a2'));
    await one.desk.agentIs('a1', 'OFFERED');
    await world.skip(16 * SECOND);
    await one.desk.agentIs('a2', 'OFFERED');
    await one.desk.agentIs('a1', 'FREE');
    await world.skip(16 * SECOND);
    await one.desk.agentIs('a2', 'FREE');
    await world.skip(31 * SECOND); // neither is offered him again for 30 s
    const { agents } = await one.desk.agentIs('a1', 'AWAY');
    expect(agents['a2']?.state).toBe('OFFERED');
    await one.desk.accept('a2');
    await one.is('IN_CALL');
  });

  it('is taken when accepted just before its end', async () => {
    const one = new Case(world, number++, { policy: policy({ offer: 30 * SECOND }) });
    await (await one.begin()).toLine();
    await one.desk.send(online('a1'));
    await one.desk.agentIs('a1', 'OFFERED');
    await world.skip(25 * SECOND);
    await one.desk.accept('a1');
    await world.skip(10 * SECOND);
    const { agents } = await one.desk.agentIs('a1', 'BUSY');
    expect(agents['a1']?.profileId).toBe(one.id);
  });

  it('that was declined comes back to a lone agent after 30 s, without a further message', async () => {
    const one = await inLine();
    await one.desk.send(online('a1'));
    const { agents } = await one.desk.agentIs('a1', 'OFFERED');
    const offerId = agents['a1']?.offer?.offerId ?? '';
    await one.desk.send({ name: 'decline', agentId: 'a1', offerId });
    await one.desk.agentIs('a1', 'FREE');
    await world.skip(31 * SECOND);
    const again = await one.desk.agentIs('a1', 'OFFERED');
    expect(again.agents['a1']?.offer?.profileId).toBe(one.id);
  });
});
