import { Case } from '../support/case';
import {
  agent,
  captureMoves,
  client,
  customer,
  move,
  policy,
  profileStart,
  reviewer,
} from '../support/journeys';
import { refusalCode, startRealServer, until, type WorkflowWorld } from '../support/workflow-env';
import { SEARCH_ATTRIBUTES, TASK_QUEUE, WORKFLOWS } from '../../workflows/contracts';
import { describe as detailsOf } from '../../workflows/profile-visibility';

// What the time-skipping server cannot show: search attributes, a worker's cache, sticky queues.
let world: WorkflowWorld;
beforeAll(async () => {
  world = await startRealServer({ maxCachedWorkflows: 2 });
}, 180_000);
afterAll(() => world.stop());

/** What operations see of a profile: search attributes by their names here, and current details. */
async function shown(one: Case): Promise<{ attributes: Record<string, string>; details: string }> {
  const { typedSearchAttributes } = await one.handle.describe();
  const attributes: Record<string, string> = {};
  for (const { key, value } of typedSearchAttributes.getAll()) {
    const entry = Object.entries(SEARCH_ATTRIBUTES).find(([, name]) => name === key.name);
    if (entry) attributes[entry[0]] = String(value);
  }
  const metadata = await one.handle.query<{ currentDetails?: string }>(
    '__temporal_workflow_metadata',
  );
  return { attributes, details: metadata.currentDetails ?? '' };
}

/** Reads them at this status and compares; the status itself comes from the machine's state. */
async function expectShown(one: Case, attributes: Record<string, string>): Promise<void> {
  const status = attributes['status'] ?? '';
  await one.until(`${status}, settled`, (s) => {
    return s.status === status && s.outbox.desk.length + s.outbox.video.length === 0;
  });
  const all = { ouid: one.start.ouid, ...attributes };
  // Read together each time: a late acknowledgement may still change the state.
  const { now } = await until(
    async () => ({ state: await one.state(), now: await shown(one) }),
    ({ state, now: s }) => s.attributes['status'] === status && s.details === detailsOf(state),
    `details of ${status}`,
  );
  expect(now.attributes).toEqual(all);
  expect(now.details).toContain(`**${status}**`);
  // Ids, codes, times, counts: no name, no number of a person, no blob.
  expect(now.details).not.toMatch(/blob|[6-9]\d{9}(?!\d)|[A-Z]{5}\d{4}[A-Z]|@/);
}

describe('what Temporal’s UI shows', () => {
  it('is who waits for whom, at each status', async () => {
    const one = await new Case(world, 1).begin();
    await expectShown(one, { status: 'CAPTURE_PENDING' });
    await one.command(move('openCapture', customer, { linkVersion: 1 }));
    await expectShown(one, { status: 'CAPTURE_IN_PROGRESS' });
    await one.commands(captureMoves(one.id).slice(1));
    await expectShown(one, { status: 'QUEUED', queue: 'q-hi' });
    await one.toCall();
    await expectShown(one, { status: 'IN_CALL', agent: 'a1' });
    await one.command(move('endCall', agent('a1'), {}));
    await expectShown(one, { status: 'DECISION_PENDING', agent: 'a1' });
    const later = { decision: 'UTV', reason: 'TECH_BROWSER_UNSUPPORTED' } as const;
    await one.command(move('makerDecision', agent('a1'), later));
    await expectShown(one, { status: 'SCHEDULED', reasonClass: 'TECHNICAL' });
    const back = { captureSessionId: `${one.id}.c1`, language: 'en', skills: [] };
    await one.command(move('submit', customer, back));
    await one.toCall();
    const reject = { reason: 'BIZ_DOC_TAMPERED', remarkRef: 'remark-1' };
    await one.command(move('makerDecision', agent('a1'), { decision: 'REJECTED', ...reject }));
    await expectShown(one, { status: 'REVIEW_PENDING', reasonClass: 'BUSINESS' });
    await one.command(move('claimReview', reviewer('r1'), {}));
    await expectShown(one, { status: 'IN_REVIEW', reviewer: 'r1', reasonClass: 'BUSINESS' });
    await one.command(move('checkerDecision', reviewer('r1'), { decision: 'REJECTED', ...reject }));
    await one.result();
    const { attributes, details } = await shown(one);
    expect(attributes).toMatchObject({ status: 'REJECTED', reasonClass: 'BUSINESS' });
    expect(attributes).not.toHaveProperty('agent');
    expect(details).toContain('everything is settled');
  });

  it('is written to the history only when it changes', async () => {
    const one = await new Case(world, 2).begin();
    await one.state();
    await one.command(move('openCapture', customer, { linkVersion: 1 }));
    for (let i = 0; i < 3; i++)
      await one.command(move('openCapture', customer, { linkVersion: 1 }));
    const { events } = await one.handle.fetchHistory();
    const upserts = events?.filter((e) => e.upsertWorkflowSearchAttributesEventAttributes);
    expect(upserts).toHaveLength(2); // at the start, and for CAPTURE_IN_PROGRESS
  });
});

describe('a workflow that fell out of the cache', () => {
  it('draws the same tasks again although refused commands are not in its history', async () => {
    const templates = Array.from({ length: 20 }, (_, i) => ({
      templateId: `q${i}`,
      title: `q${i}`,
      mandatory: false,
      check: { kind: 'QUESTION' as const, questionId: `q${i}` },
    }));
    const drawn = policy({}, { taskPlans: [{ pick: 5, templates }] });
    const one = await new Case(world, 3, { policy: drawn }).begin();
    expect(await refusalCode(one.command(move('endCall', agent('a1'), {})))).toBe('WRONG_STATUS');
    await one.toLine();
    const { ticket } = await one.state();
    const assign = { kind: 'assign', offerId: 'o1', agentId: 'a1' };
    await one.handle.signal('assign', { ...assign, ticket: { profileId: one.id, n: ticket } });
    await until(
      () => Promise.resolve(one.types),
      (t) => t.includes('av.room-opened'),
      'a room',
    );
    for (const n of [4, 5, 6]) {
      const { handle } = await new Case(world, n).begin(); // they take the cache's places
      await handle.query('profile');
    }
    const { tasks } = await one.state();
    const logged = one.rows.filter((r) => r.eventType === 'task.created');
    expect(tasks.map((t) => t.templateId)).toEqual(
      logged.map((r) => (r.details['task'] as { templateId: string }).templateId),
    );
  });
});

describe('the profile’s result', () => {
  it('is its status and reason, readable after it closed', async () => {
    const start = profileStart(7);
    await world.client.workflow.start(WORKFLOWS.profile, {
      taskQueue: TASK_QUEUE,
      workflowId: `profile/${start.profileId}`,
      args: [start],
    });
    const handle = world.client.workflow.getHandle(`profile/${start.profileId}`);
    const cancel = {
      ouid: start.ouid,
      actor: client,
      bodyHash: 'x',
      input: { cancelReason: 'CLIENT_REQUEST' },
    };
    await handle.executeUpdate('cancel', { args: [cancel] });
    await expect(handle.result()).resolves.toEqual({ status: 'CANCELLED', reason: '' });
    await expect(handle.query('profile')).resolves.toMatchObject({ closed: true });
  });
});
