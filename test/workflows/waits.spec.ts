import type { LogRow } from '../../src/domain/log-row';
import { Case } from '../support/case';
import { agent, customer, move, reviewer } from '../support/journeys';
import { startTimeSkipping, type WorkflowWorld } from '../support/workflow-env';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let world: WorkflowWorld;
let number = 300;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

const supervisor = { type: 'SUPERVISOR', id: 's1' } as const;
const inCall = async (): Promise<Case> => {
  const one = await (await new Case(world, number++).begin()).toLine();
  return (await one.toCall()).talk();
};
const lost = async (one: Case): Promise<void> => {
  const { captureSessionId } = await one.state();
  await one.command(move('leaveCall', customer, { captureSessionId, cause: 'CONNECTION_LOST' }));
};
const scheduled = async (): Promise<Case> => {
  const one = await inCall();
  const utv = { decision: 'UTV', reason: 'BIZ_CUSTOMER_BUSY_CALL_LATER' } as const;
  await one.command(move('makerDecision', agent('a1'), utv));
  await one.is('SCHEDULED');
  return one;
};

describe('a connection that is lost', () => {
  it('for 60 s ends the call as dropped; he is at the head of the line, with his agent', async () => {
    const one = await inCall();
    const { line } = await one.state();
    await lost(one);
    await world.skip(61 * SECOND);
    const after = await one.until('a second ticket', (s) => s.ticket === 2);
    expect(after.reason).toBe('TECH_CALL_DROPPED_CUSTOMER');
    expect(after.maker).toBeUndefined();
    expect(after.avSessions[0]).toMatchObject({ endWhy: 'DROPPED', endParty: 'CUSTOMER' });
    expect(after.line?.since).toBe(line?.since);
    await one.until('the log', () => one.types.includes('queue.entered'));
    const entered = one.rows.filter((r) => r.eventType === 'queue.entered').at(-1);
    expect(entered?.details).toMatchObject({ why: 'REQUEUED', preferredAgent: 'a1' });
  });

  it('does not give his agent to somebody else who waits', async () => {
    const one = await inCall();
    const other = new Case(world, number++, { ouid: one.start.ouid });
    await (await other.beginWithoutDesk()).toLine();
    await lost(one);
    await world.skip(61 * SECOND);
    const { agents } = await one.desk.agentIs('a1', 'OFFERED');
    expect(agents['a1']?.offer?.profileId).toBe(one.id);
  });

  it('and found again in time is the same call', async () => {
    const one = await inCall();
    await lost(one);
    await world.skip(55 * SECOND);
    const { captureSessionId } = await one.state();
    await one.command(move('joinCall', customer, { captureSessionId }));
    await world.skip(MINUTE);
    expect((await one.state()).avSessions).toHaveLength(1);
    expect((await one.state()).status).toBe('IN_CALL');
  });
});

describe('a decision that is due', () => {
  it('is spoken of after 15 and after 30 minutes', async () => {
    const one = await inCall();
    await one.command(move('endCall', agent('a1'), {}));
    await world.skip(15 * MINUTE + SECOND);
    await one.until('the reminder', () => one.types.includes('maker.reminded'));
    await world.skip(15 * MINUTE);
    await one.until('the escalation', () => one.types.includes('maker.escalated'));
    expect((await one.state()).status).toBe('DECISION_PENDING');
  });

  it('is not spoken of when it came just before', async () => {
    const one = await inCall();
    await one.command(move('endCall', agent('a1'), {}));
    await world.skip(14 * MINUTE);
    await one.command(move('makerDecision', agent('a1'), { decision: 'APPROVED' }));
    await world.skip(2 * MINUTE);
    expect(one.types).not.toContain('maker.reminded');
  });
});

describe('a booked slot', () => {
  it('is missed ten minutes after its time; the link lives on', async () => {
    const one = await scheduled();
    const { captureSessionId } = await one.state();
    const at = (await one.state()).statusSince + 2 * HOUR;
    await one.command(move('bookSlot', customer, { captureSessionId, at }));
    await world.skip(2 * HOUR + 11 * MINUTE);
    const after = await one.until('the slot gone', (s) => s.slot === undefined);
    expect(after).toMatchObject({ status: 'SCHEDULED', reason: 'TECH_CUSTOMER_NO_SHOW' });
    await one.until('the log', () => one.types.includes('slot.missed'));
  });

  it('is kept by who comes just before, counted from its time', async () => {
    const one = await scheduled();
    const { captureSessionId } = await one.state();
    const at = (await one.state()).statusSince + HOUR;
    await one.command(move('bookSlot', customer, { captureSessionId, at }));
    await world.skip(HOUR + 9 * MINUTE);
    await one.command(move('submit', customer, { captureSessionId, language: 'en', skills: [] }));
    const after = await one.is('QUEUED');
    expect(after.line?.since).toBe(at);
  });
});

describe('a hold', () => {
  it('comes up every seven days and keeps the place in line', async () => {
    const one = await (await new Case(world, number++).begin()).toLine();
    const { line } = await one.state();
    await one.command(move('hold', supervisor, {}));
    await one.is('ON_HOLD');
    await world.skip(7 * DAY + SECOND);
    await one.until('the first reminder', (s) => s.hold?.reminders === 1);
    await world.skip(7 * DAY);
    await one.until('the second', (s) => s.hold?.reminders === 2);
    await one.command(move('release', supervisor, {}));
    const after = await one.is('QUEUED');
    expect(after.line?.since).toBe(line?.since);
  });

  it('released just before is not spoken of', async () => {
    const one = await (await new Case(world, number++).begin()).toLine();
    await one.command(move('hold', supervisor, {}));
    await world.skip(7 * DAY - MINUTE);
    await one.command(move('release', supervisor, {}));
    await world.skip(2 * MINUTE);
    expect(one.types).not.toContain('hold.reminded');
  });
});

describe('a decision by signal', () => {
  const token = (one: Case, actor: object, jti: string, more: object = {}): string =>
    JSON.stringify({
      ok: true,
      ouid: one.start.ouid,
      profileId: one.id,
      signal: 'checkerDecision',
      actor,
      jti,
      ...more,
    });

  it('counts with a token of that person for that profile, once', async () => {
    const one = await inCall();
    const signal = {
      token: token(one, agent('a1'), 'j1', { signal: 'makerDecision' }),
      decision: 'APPROVED',
    };
    await one.handle.signal('makerDecision', signal);
    await one.is('REVIEW_PENDING');
    await one.handle.signal('makerDecision', signal);
    await one.until('the refusal', (s) => s.refusedSignals === 1);
    await one.until('the log', () => one.types.includes('signal.refused'));
    expect(one.rows.at(-1)?.details).toEqual({ signal: 'makerDecision', why: 'TOKEN_USED' });
  });

  it('forged, foreign, of the agent himself or not a decision changes nothing and is logged', async () => {
    const one = await inCall();
    await one.command(move('makerDecision', agent('a1'), { decision: 'APPROVED' }));
    await one.command(move('claimReview', reviewer('r1'), {}));
    const approve = { decision: 'APPROVED' };
    const wrong: readonly [object, string][] = [
      [{ ...approve, token: 'forged' }, 'TOKEN_INVALID'],
      [approve, 'TOKEN_INVALID'],
      [
        { ...approve, token: token(one, reviewer('r1'), 'j1', { profileId: 'another' }) },
        'TOKEN_OF_ANOTHER_PROFILE',
      ],
      [{ ...approve, token: token(one, reviewer('a1'), 'j2') }, 'NOT_ASSIGNED'],
      [
        { ...approve, token: token(one, reviewer('r1'), 'j4', { signal: 'cancel' }) },
        'TOKEN_INVALID',
      ],
      [{ decision: 'MAYBE', token: token(one, reviewer('r1'), 'j3') }, 'SIGNAL_NOT_VALID'],
    ];
    for (const [envelope] of wrong) await one.handle.signal('checkerDecision', envelope);
    await one.until('all refused', (s) => s.refusedSignals === wrong.length);
    // Each token is verified in its own activity, so they may be refused in any order.
    const refusals = (): readonly LogRow[] =>
      one.rows.filter((r) => r.eventType === 'signal.refused');
    await one.until('the log', () => refusals().length === wrong.length);
    const whys = refusals().map((r) => r.details['why']);
    expect([...whys].sort()).toEqual(wrong.map(([, why]) => why).sort());
    const after = await one.state();
    expect(after.status).toBe('IN_REVIEW');
    expect(after.checker).toBeUndefined();
  });
});
