import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { IDLE_LEASE_MS } from '../../src/domain/desk/reach';
import type { DeskStart } from '../../workflows/contracts';
import { Case, DeskUnderTest } from '../support/case';
import { agent, move, online } from '../support/journeys';
import { startRealServer, until, type WorkflowWorld } from '../support/workflow-env';

// The Java test server stalls on updates that meet a continue-as-new: the real one it is.
let world: WorkflowWorld;
beforeAll(async () => {
  world = await startRealServer();
}, 180_000);
afterAll(() => world.stop());

const CUSTOMERS = 8;

/** Works until `served` customers had their call: whoever is offered somebody accepts and decides. */
async function work(desk: DeskUnderTest, cases: readonly Case[], agents: string[]): Promise<void> {
  const one = async (agentId: string): Promise<void> => {
    for (;;) {
      const view = await until(
        () => desk.view(),
        (v) => v.agents[agentId]?.offer?.accepted === false || left.size === 0,
        `work for ${agentId}`,
      );
      const offer = view.agents[agentId]?.offer;
      // Nobody is left, and the desk may not have heard yet that this one is confirmed.
      if (!offer || offer.accepted) return;
      await desk.send({ name: 'accept', agentId, offerId: offer.offerId });
      const served = cases.find((c) => c.id === offer.profileId);
      await served?.is('IN_CALL');
      left.delete(offer.profileId);
      const utv = { decision: 'UTV', reason: 'BIZ_DOB_MISMATCH' } as const;
      await served?.command(move('makerDecision', agent(agentId), utv));
    }
  };
  const left = new Set(cases.map((c) => c.id));
  await Promise.all(agents.map(one));
}

async function runs(desk: DeskUnderTest): Promise<number> {
  let count = 1;
  let run = (await desk.handle.describe()).runId;
  for (;;) {
    const { events } = await world.client.workflow
      .getHandle(`desk/${desk.ouid}`, run)
      .fetchHistory();
    const before = events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId;
    if (!before) return count;
    run = before;
    count += 1;
  }
}

/** What the run that goes on now was started with. */
async function startOf(desk: DeskUnderTest): Promise<DeskStart> {
  const { events } = await desk.handle.fetchHistory();
  const [payload] = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  return defaultPayloadConverter.fromPayload<DeskStart>(payload as Payload);
}

describe('a desk that continues as new again and again', () => {
  it('loses, doubles and reorders nothing', async () => {
    const desk = await new DeskUnderTest(world, 'busy').start({ continueAfter: 30 });
    const cases: Case[] = [];
    for (let n = 0; n < CUSTOMERS; n++) {
      cases.push(await new Case(world, 300 + n, { ouid: 'busy' }).beginWithoutDesk());
    }
    await Promise.all(cases.map((c) => c.toLine()));
    await until(
      () => desk.view(),
      (v) => Object.keys(v.positions).length === CUSTOMERS,
      'everybody in line',
    );
    const agents = ['a1', 'a2', 'a3'];
    await desk.send(...agents.map((a) => online(a)));
    await work(desk, cases, agents);
    for (const c of cases) {
      await expect(c.result()).resolves.toMatchObject({ status: 'UNABLE_TO_VERIFY' });
      expect(c.types.filter((t) => t === 'av.opened')).toHaveLength(1);
    }
    for (const a of agents) await desk.agentIs(a, 'FREE');
    await until(
      () =>
        Promise.resolve(
          world.activities.stream('busy').filter((r) => r.eventType === 'agent.freed'),
        ),
      (freed) => freed.length === CUSTOMERS,
      'the desk’s log',
    );
    const rows = world.activities.stream('busy');
    expect(rows.map((r) => r.seq)).toEqual(rows.map((_, i) => i + 1));
    const accepted = rows.filter((r) => r.eventType === 'offer.accepted').map((r) => r.profileId);
    expect(accepted.sort()).toEqual(cases.map((c) => c.id).sort());
    expect(await runs(desk)).toBeGreaterThan(2);
  });

  it('leaves to other runs what it cannot carry while the log is down', async () => {
    world.activities.recordFails = (rows) => rows[0]?.streamId === 'dark';
    const desk = await new DeskUnderTest(world, 'dark').start({ continueAfter: 30 });
    const many = Array.from({ length: 100 }, (_, n) => `a${n}`);
    let told = 0;
    while ((await runs(desk)) === 1) {
      await desk.send(...many.map((agentId) => online(agentId)));
      await desk.send(...many.map((agentId) => ({ name: 'offline', agentId }) as const));
      told += 2 * many.length;
    }
    const { carried } = await startOf(desk);
    expect(carried?.pending.length).toBeLessThanOrEqual(2 * many.length);
    expect(world.activities.stream('dark')).toEqual([]);
    world.activities.recordFails = () => false;
    const rows = await until(
      () => Promise.resolve(world.activities.stream('dark')),
      (all) => all.length === told,
      'all rows are in the log',
    );
    expect(rows.map(({ seq }) => seq)).toEqual(rows.map((_, i) => i + 1));
  });

  it('costs as much history in an idle hour with 1,000 agents as with 10', async () => {
    const renewals = 3_600_000 / (IDLE_LEASE_MS / 3);
    const cost: number[] = [];
    for (const count of [10, 1_000]) {
      const desk = await new DeskUnderTest(world, `idle-${count}`).start({ continueAfter: 10_000 });
      const all = Array.from({ length: count }, (_, n) => ({ ...online(`a${n}`), via: 'api-1' }));
      const lease = { name: 'lease', process: 'api-1', idle: true } as const;
      await desk.send(lease);
      for (let from = 0; from < count; from += 200) await desk.send(...all.slice(from, from + 200));
      await until(
        () => Promise.resolve(world.activities.stream(`idle-${count}`)),
        (rows) => rows.length === count,
        'all are in the log',
      );
      const before = await desk.historyLength();
      for (let n = 0; n < renewals; n++) await desk.send(lease);
      cost.push((await desk.historyLength()) - before);
    }
    // Seven a renewal: an update's five events, and the timer that it moves. The log's last answer to
    // the desk may still come in between.
    for (const events of cost) expect(events / renewals).toBeCloseTo(7, 0);
  }, 60_000);

  it('serves in the order in which they came', async () => {
    const desk = await new DeskUnderTest(world, 'orderly').start({ continueAfter: 25 });
    const cases: Case[] = [];
    for (let n = 0; n < 4; n++) {
      const one = await new Case(world, 320 + n, { ouid: 'orderly' }).beginWithoutDesk();
      cases.push(await one.toLine());
    }
    await desk.send(online('a1'));
    await work(desk, cases, ['a1']);
    await desk.agentIs('a1', 'FREE');
    const served = world.activities.stream('orderly').filter((r) => r.eventType === 'offer.made');
    expect(served.map((r) => r.profileId)).toEqual(cases.map((c) => c.id));
    expect(await runs(desk)).toBeGreaterThan(1);
  });
});

describe('a desk', () => {
  it('answers an array of commands one by one', async () => {
    const desk = await new DeskUnderTest(world, 'answers').start();
    const results = await desk.send(
      online('a1'),
      { name: 'accept', agentId: 'a1', offerId: 'none' },
      { name: 'decline', agentId: 'a9', offerId: 'none' },
      { name: 'offline', agentId: 'a9' },
    );
    expect(results).toMatchObject([
      { ok: true },
      { ok: false, code: 'OFFER_GONE' },
      { ok: false, code: 'AGENT_NOT_ONLINE' },
      { ok: true },
    ]);
  });

  it('is not ended by “cancel” in the UI', async () => {
    const desk = await new DeskUnderTest(world, 'stays').start();
    await desk.send(online('a1'));
    await desk.handle.cancel();
    await desk.send(online('a2'));
    const { agents } = await desk.view();
    expect(Object.keys(agents)).toEqual(['a1', 'a2']);
    expect((await desk.handle.describe()).status.name).toBe('RUNNING');
  });

  it('lets an agent finish his call before he goes', async () => {
    const one = await (await new Case(world, 340).begin()).toLine();
    await one.toCall();
    await one.desk.send({ name: 'offline', agentId: 'a1' });
    await one.desk.agentIs('a1', 'BUSY');
    const utv = { decision: 'UTV', reason: 'BIZ_DOB_MISMATCH' } as const;
    await one.command(move('makerDecision', agent('a1'), utv));
    const { agents } = await until(
      () => one.desk.view(),
      (v) => v.agents['a1'] === undefined,
      'a1 offline',
    );
    expect(agents).toEqual({});
  });
});
