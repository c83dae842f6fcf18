import { Case } from '../support/case';
import {
  agent,
  client,
  customer,
  move,
  operations,
  reviewer,
  reviewMoves,
} from '../support/journeys';
import { startTimeSkipping, type WorkflowWorld } from '../support/workflow-env';

let world: WorkflowWorld;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

function expectWholeLog(one: Case): void {
  expect(one.rows.map((row) => row.seq)).toEqual(one.rows.map((_, i) => i + 1));
  expect(one.types.at(-1)).toBe('profile.closed');
  expect(one.types.filter((t) => t === 'profile.closed')).toHaveLength(1);
}

const decide = (agentId: string, decision: 'APPROVED' | 'REJECTED' | 'UTV', reason?: string) =>
  move('makerDecision', agent(agentId), {
    decision,
    remarkRef: 'remark-1',
    ...(reason !== undefined && { reason }),
  });

describe('a journey', () => {
  it('goes from the first login to APPROVED and leaves a whole log', async () => {
    const one = await new Case(world, 1).begin();
    await one.toLine();
    await one.toCall();
    await one.talk();
    await one.command(decide('a1', 'APPROVED'));
    await one.desk.agentIs('a1', 'FREE');
    await one.commands(reviewMoves(one.id, 'r1'));
    await expect(one.result()).resolves.toEqual({ status: 'APPROVED', reason: '' });
    expectWholeLog(one);
    expect(one.types).toEqual(
      expect.arrayContaining(['av.started', 'maker.decided', 'checker.decided']),
    );
    expect(world.activities.calls).toEqual(
      expect.arrayContaining([`openRoom ${one.id}.1`, `closeRoom ${one.id}.1`]),
    );
    expect(world.activities.mostAtOnce).toBe(1);
    const desk = () => world.activities.stream(one.start.ouid).map((row) => row.eventType);
    // The desk records on its own: its last row may come after the profile has ended.
    await one.until('the desk’s log', () => desk().length >= 5);
    expect(desk()).toEqual([
      'agent.online',
      'offer.made',
      'offer.accepted',
      'offer.confirmed',
      'agent.freed',
    ]);
  });

  it('goes to REJECTED by both, with the checker’s reason', async () => {
    const one = await new Case(world, 2).begin();
    await one.toLine();
    await one.toCall();
    await one.command(decide('a1', 'REJECTED', 'BIZ_DOC_TAMPERED'));
    await one.command(move('claimReview', reviewer('r1'), {}));
    const reject = { decision: 'REJECTED', reason: 'BIZ_FACE_MISMATCH', remarkRef: 'x' } as const;
    await one.command(move('checkerDecision', reviewer('r1'), reject));
    await expect(one.result()).resolves.toEqual({
      status: 'REJECTED',
      reason: 'BIZ_FACE_MISMATCH',
    });
    expectWholeLog(one);
  });

  it.each([
    ['REQUEUE', 'BIZ_FACE_NOT_VISIBLE', 'QUEUED'],
    ['REQUEUE_HEAD', 'TECH_CALL_DROPPED_CUSTOMER', 'QUEUED'],
    ['RECAPTURE', 'BIZ_PAN_IMAGE_NOT_CLEAR', 'CAPTURE_IN_PROGRESS'],
    ['RESCHEDULE', 'BIZ_PAN_NOT_AVAILABLE', 'SCHEDULED'],
  ] as const)('follows a UTV with %s', async (disposition, reason, status) => {
    const n = 10 + ['REQUEUE', 'REQUEUE_HEAD', 'RECAPTURE', 'RESCHEDULE'].indexOf(disposition);
    const one = await new Case(world, n).begin();
    await one.toLine();
    await one.toCall();
    await one.command(decide('a1', 'UTV', reason));
    const after = await one.is(status);
    expect(after.reason).toBe(reason);
    expect(after.agentHeld).toBe(false);
    const decided = world.activities.stream(one.id).find((r) => r.eventType === 'maker.decided');
    expect(decided).toMatchObject({
      reason,
      reasonClass: reason.startsWith('BIZ') ? 'BUSINESS' : 'TECHNICAL',
      details: { disposition },
    });
    await one.command(move('cancel', client, { cancelReason: 'CLIENT_REQUEST' }));
    await one.result();
    expectWholeLog(one);
  });

  it('keeps a re-queued customer’s place and gives him another call', async () => {
    const one = await (await new Case(world, 4).begin()).toLine();
    const { line } = await one.state();
    await one.toCall();
    await one.command(decide('a1', 'UTV', 'BIZ_FACE_NOT_VISIBLE'));
    expect(await one.is('QUEUED')).toMatchObject({ ticket: 2, line: { since: line?.since } });
    await one.desk.accept('a1');
    const { avSessions, tasks } = await one.until(
      'the second call',
      (s) => s.ticket === 2 && s.status === 'IN_CALL',
    );
    expect(avSessions).toHaveLength(2);
    expect(tasks.every((t) => t.avSessionId === `${one.id}.2` && t.verdict === '')).toBe(true);
  });

  it('ends by a UTV whose reason ends it', async () => {
    const one = await new Case(world, 3).begin();
    await one.toLine();
    await one.toCall();
    await one.command(decide('a1', 'UTV', 'BIZ_DOB_MISMATCH'));
    await expect(one.result()).resolves.toEqual({
      status: 'UNABLE_TO_VERIFY',
      reason: 'BIZ_DOB_MISMATCH',
    });
    await one.desk.agentIs('a1', 'FREE');
    expectWholeLog(one);
  });
});

describe('a cancellation', () => {
  const reach: Readonly<Record<string, (one: Case) => Promise<unknown>>> = {
    CAPTURE_PENDING: (one) => one.is('CAPTURE_PENDING'),
    CAPTURE_IN_PROGRESS: (one) => one.command(move('openCapture', customer, { linkVersion: 1 })),
    QUEUED: (one) => one.toLine(),
    IN_CALL: async (one) => (await one.toLine()).toCall(),
    DECISION_PENDING: async (one) => {
      await (await one.toLine()).toCall();
      await one.command(move('endCall', agent('a1'), {}));
    },
    SCHEDULED: async (one) => {
      await (await one.toLine()).toCall();
      await one.command(decide('a1', 'UTV', 'BIZ_PAN_NOT_AVAILABLE'));
    },
    REVIEW_PENDING: async (one) => {
      await (await one.toLine()).toCall();
      await one.command(decide('a1', 'REJECTED', 'BIZ_DOC_TAMPERED'));
    },
    IN_REVIEW: async (one) => {
      await (await one.toLine()).toCall();
      await one.command(decide('a1', 'REJECTED', 'BIZ_DOC_TAMPERED'));
      await one.command(move('claimReview', reviewer('r1'), {}));
    },
  };

  it.each(Object.keys(reach))('in %s ends the case and frees the agent', async (status) => {
    const one = await new Case(world, 20 + Object.keys(reach).indexOf(status)).begin();
    await reach[status]?.(one);
    expect((await one.state()).status).toBe(status);
    await one.command(move('cancel', operations, { cancelReason: 'CREATED_IN_ERROR' }));
    await expect(one.result()).resolves.toMatchObject({ status: 'CANCELLED' });
    expectWholeLog(one);
    expect((await one.desk.view()).positions).toEqual({});
    const { agents } = await one.desk.view();
    expect(Object.values(agents).every((a) => a.state === 'FREE')).toBe(true);
  });

  it('from Temporal’s own UI is the cancel command', async () => {
    const one = await new Case(world, 40).begin();
    await (await one.toLine()).toCall();
    await one.handle.cancel();
    await expect(one.result()).resolves.toMatchObject({ status: 'CANCELLED' });
    expectWholeLog(one);
    expect(one.rows.find((r) => r.eventType === 'profile.finished')).toMatchObject({
      actorType: 'OPERATIONS',
      actorId: 'temporal',
      details: { cancelReason: 'OPERATOR_CANCELLED', from: 'IN_CALL' },
    });
    await one.desk.agentIs('a1', 'FREE');
  });
});
