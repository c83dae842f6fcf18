import { Case } from '../support/case';
import { client, move, online } from '../support/journeys';
import { startTimeSkipping, until, type WorkflowWorld } from '../support/workflow-env';

const SECOND = 1_000;
let world: WorkflowWorld;
let number = 200;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());
afterEach(() => {
  world.activities.recordFails = () => false;
  world.activities.openFails = () => false;
  world.activities.closeFails = () => false;
});

const cancel = move('cancel', client, { cancelReason: 'CLIENT_REQUEST' });
const next = async (): Promise<Case> => new Case(world, number++).begin();

function expectNoGaps(one: Case): void {
  expect(one.rows.map((row) => row.seq)).toEqual(one.rows.map((_, i) => i + 1));
}

describe('the log', () => {
  it('that is down delays rows and nothing else; then all come, in order, one call at a time', async () => {
    let down = true;
    world.activities.recordFails = (rows) => down && rows[0]?.stream === 'profile';
    const one = await next();
    await (await one.toLine()).toCall();
    await one.talk();
    await one.command(cancel);
    expect(one.rows).toEqual([]);
    await world.skip(30 * SECOND);
    down = false;
    await expect(one.result()).resolves.toMatchObject({ status: 'CANCELLED' });
    expectNoGaps(one);
    expect(one.types.at(-1)).toBe('profile.closed');
    expect(world.activities.mostAtOnce).toBe(1);
    // As they were written first: never out of order, never an older row after a newer one.
    const seqs = world.activities.rows.filter((r) => r.streamId === one.id).map((r) => r.seq);
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b));
  });

  it('has each row once although record ran twice', async () => {
    const seen = new Set<number>();
    world.activities.recordFails = (rows) => {
      const first = rows[0];
      if (first?.stream !== 'profile' || seen.has(first.seq)) return false;
      seen.add(first.seq);
      world.activities.rows.push(...rows); // written, but the answer was lost
      return true;
    };
    const one = await next();
    await one.toLine();
    await one.command(cancel);
    await one.result();
    expectNoGaps(one);
    const written = world.activities.rows.filter((r) => r.streamId === one.id);
    expect(written.length).toBeGreaterThan(one.rows.length);
    const same = new Map(one.rows.map((r) => [r.seq, JSON.stringify(r)]));
    expect(written.every((r) => same.get(r.seq) === JSON.stringify(r))).toBe(true);
  });
});

describe('video', () => {
  it('that cannot open a room costs neither the place nor the agent', async () => {
    world.activities.openFails = (av) => av.endsWith('.1');
    const one = await next();
    await one.toLine();
    const { line } = await one.state();
    await one.desk.send(online('a2'), online('a1'));
    await one.desk.accept('a2');
    await world.skip(20 * SECOND);
    const { avSessions, line: again } = await one.until('two tickets', (s) => s.ticket === 2);
    expect(avSessions[0]).toMatchObject({
      room: 'FAILED',
      endWhy: 'ROOM_FAILED',
      endParty: 'PLATFORM',
    });
    expect(again?.since).toBe(line?.since);
    // a1 has been idle for longer, but a2 is preferred.
    await one.desk.accept('a2');
    await one.until('the second call', (s) => s.avSessions[1]?.room === 'OPEN');
    await one.until('the log', () => one.types.includes('av.room-failed'));
  });

  it('that opens a room at the second try opens it once', async () => {
    const tried = new Set<string>();
    world.activities.openFails = (av) => !tried.has(av) && tried.add(av).has(av);
    const one = await next();
    await one.toLine();
    await one.desk.send(online('a1'));
    await one.desk.accept('a1');
    await world.skip(2 * SECOND);
    await one.until('the room', (s) => s.avSessions[0]?.room === 'OPEN');
    await one.command(cancel);
    await one.result();
    expect(one.types.filter((t) => t === 'av.room-opened')).toHaveLength(1);
  });

  it('that cannot lock a room does not keep the case from closing', async () => {
    world.activities.closeFails = () => true;
    const one = await (await next()).toLine();
    await one.toCall();
    await one.command(cancel);
    await expect(one.handle.result()).resolves.toMatchObject({ status: 'CANCELLED' });
    const failed = one.rows.find((r) => r.eventType === 'av.room-lock-failed');
    expect(failed?.details['error']).toBe('VideoUnavailable');
  });
});

describe('the desk', () => {
  it('that is not running gets its messages when it starts', async () => {
    const one = await new Case(world, number++).beginWithoutDesk();
    await one.toLine();
    await world.skip(5 * SECOND);
    expect((await one.state()).outbox.desk).toHaveLength(1);
    await one.desk.start();
    await world.skip(10 * SECOND);
    await one.until('delivered', (s) => s.outbox.desk.length === 0);
    await until(
      () => one.desk.view(),
      (v) => v.positions[one.id] === 1,
      'a place',
    );
  });

  it('frees an agent whose profile is gone', async () => {
    const one = await (await next()).toLine();
    await one.desk.send(online('a1'));
    const { agents } = await one.desk.agentIs('a1', 'OFFERED');
    await one.handle.terminate('test');
    const offerId = agents['a1']?.offer?.offerId ?? '';
    await one.desk.send({ name: 'accept', agentId: 'a1', offerId });
    await one.desk.agentIs('a1', 'FREE');
    expect((await one.desk.view()).positions).toEqual({});
  });

  it('gets its answer from a profile that has closed and still writes its log', async () => {
    let down = true;
    world.activities.recordFails = (rows) => down && rows[0]?.stream === 'profile';
    const one = await (await next()).toLine();
    await one.command(cancel);
    const { ticket } = await one.until('closed', (s) => s.closed);
    // The desk's acceptance crossed the withdrawal.
    const assign = { kind: 'assign', offerId: 'o1', agentId: 'a1' };
    await one.handle.signal('assign', { ...assign, ticket: { profileId: one.id, n: ticket } });
    down = false;
    await one.result();
    const { events } = await one.handle.fetchHistory();
    const sent = events?.map(
      (e) => e.signalExternalWorkflowExecutionInitiatedEventAttributes?.signalName,
    );
    expect(sent).toContain('refuse');
    expectNoGaps(one);
  });
});
