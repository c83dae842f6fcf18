import { Case } from '../support/case';
import { client, customer, move, online, policy } from '../support/journeys';
import { daily, withHours } from '../support/opening-hours';
import { startTimeSkipping, until, type WorkflowWorld } from '../support/workflow-env';
import type { profileWorkflow } from '../../workflows';
import { profileWorkflowId, TASK_QUEUE, WORKFLOWS } from '../../workflows/contracts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let world: WorkflowWorld;
let number = 400;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());
afterEach(() => {
  world.activities.openingsWait = () => Promise.resolve();
});

/** A case both of whose queues are open from so many hours from now until so many. */
const withDaily = async (from: number, to: number): Promise<Case> => {
  const hours = daily(await world.now(), from, to);
  return new Case(world, number++, { policy: withHours(policy(), hours, 'q-en', 'q-hi') });
};
const begun = async (from: number, to: number): Promise<Case> => {
  const one = await (await withDaily(from, to)).begin();
  // This server asks a workflow whose first task is still under way; the real one waits.
  await until(
    () => one.handle.describe(),
    ({ historyLength }) => historyLength > 3,
    'the first task',
  );
  return one;
};
const submit = async (one: Case): Promise<void> => {
  const { captureSessionId } = await one.state();
  await one.command(move('submit', customer, { captureSessionId, language: 'en', skills: [] }));
};
const cancel = move('cancel', client, { cancelReason: 'CLIENT_REQUEST' });
const asked = (): number => world.activities.calls.filter((call) => call === 'openings').length;

describe('a customer who comes at night', () => {
  it('books a time of the morning and comes back to the place he had', async () => {
    const one = await (await begun(3, 9)).toLine();
    const sent = await one.is('SCHEDULED');
    expect(sent.reason).toBe('TECH_NO_AGENT_AVAILABLE');
    expect((await one.desk.view()).positions).toEqual({});
    await one.until('the log', () => one.types.includes('profile.scheduled'));
    expect(one.rows.at(-1)?.details).toMatchObject({ closed: ['q-en', 'q-hi'] });
    const at = sent.openings?.queues['q-en']?.[0]?.from ?? 0;
    const { captureSessionId } = sent;
    await one.command(move('bookSlot', customer, { captureSessionId, at }));
    await world.skip(3 * HOUR + 5 * MINUTE);
    await submit(one);
    const { line } = await one.is('QUEUED');
    expect(line?.since).toBe(sent.waitedSince);
    await one.toCall();
    await one.is('IN_CALL');
  });
});

describe('a wait', () => {
  it('ends at closing time', async () => {
    const one = await (await begun(-1, 0.2)).toLine();
    const { line, openings } = await one.is('QUEUED');
    const closes = openings?.queues['q-en']?.[0]?.to ?? 0;
    await world.skip(13 * MINUTE);
    const after = await one.is('SCHEDULED');
    expect(after).toMatchObject({ reason: 'TECH_NO_AGENT_AVAILABLE', waitedSince: line?.since });
    expect(after.statusSince).toBeGreaterThanOrEqual(closes);
    await one.desk.send(online('a1'));
    await submit(one);
    expect((await one.state()).status).toBe('SCHEDULED');
    expect((await one.desk.view()).agents['a1']?.state).toBe('FREE');
  });
});

describe('what a case knows of opening hours', () => {
  it('is asked for again while more than 30 days of it are left, until the case has ended', async () => {
    const one = await begun(3, 9);
    const before = asked();
    const first = (await one.state()).openings?.until ?? 0;
    await one.command(move('hold', client, {}));
    await world.skip(10 * DAY);
    const { openings } = await one.until('more', (s) => (s.openings?.until ?? 0) > first);
    expect(openings?.until).toBeGreaterThan((await world.now()) + 31 * DAY);
    expect(openings?.queues['q-en']?.at(-1)?.to).toBeGreaterThan(first);
    expect(asked()).toBe(before + 1);
    await one.command(cancel);
    await expect(one.result()).resolves.toMatchObject({ status: 'CANCELLED' });
  });

  it('is nothing, and not asked for, where all queues are always open', async () => {
    const before = asked();
    const one = await (await new Case(world, number++).begin()).toLine();
    expect((await one.is('QUEUED')).openings).toBeUndefined();
    expect(asked()).toBe(before);
  });

  it('is waited for by a native cancel, which then is the cancel command', async () => {
    let answer = (): void => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    world.activities.openingsWait = () => held;
    const before = asked();
    const one = await withDaily(3, 9);
    await one.desk.start();
    await world.client.workflow.start<typeof profileWorkflow>(WORKFLOWS.profile, {
      taskQueue: TASK_QUEUE,
      workflowId: profileWorkflowId(one.id),
      // Soon over, so that the cancel is seen while the answer is still to come.
      workflowTaskTimeout: '1 second',
      args: [one.start],
    });
    const awaited = () => Promise.resolve(asked());
    await until(awaited, (times) => times > before, 'the question');
    await one.handle.cancel();
    await until(
      async () => (await one.handle.fetchHistory()).events ?? [],
      (events) => {
        const seen = events.findIndex((e) => e.workflowExecutionCancelRequestedEventAttributes);
        return seen > 0 && events.slice(seen).some((e) => e.workflowTaskCompletedEventAttributes);
      },
      'the cancel seen by the workflow',
    );
    answer();
    await expect(one.result()).resolves.toMatchObject({ status: 'CANCELLED' });
    const finished = one.rows.find((row) => row.eventType === 'profile.finished');
    expect(finished?.details).toMatchObject({ cancelReason: 'OPERATOR_CANCELLED' });
  });
});
