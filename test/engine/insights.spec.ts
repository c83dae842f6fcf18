import { text } from 'node:stream/consumers';
import { DIMENSIONS } from '../../clickhouse/insights/dimensions';
import { dimensionsOf, isCountable } from '../../clickhouse/insights/figure';
import { InsightsRepository, type Group } from '../../clickhouse/insights/insights.repository';
import { RESOURCE_NAMES, RESOURCES, type Resource } from '../../clickhouse/insights/resources';
import type { Question } from '../../clickhouse/insights/scope';
import { QualityRepository } from '../../clickhouse/quality.repository';
import type { LogRow } from '../../src/domain/log-row';
import { BANK, Case, Desk, MORNING } from './insight-rows';
import { startLog, type TestLog } from './log-fixture';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
let log: TestLog;
let insights: InsightsRepository;

const approved = { decision: 'APPROVED', review: 1, reviewsNeeded: 1, overridden: false };

/** One day: a case approved at once, one overturned, one unable to verify and cancelled, one that never came. */
function aDay(): LogRow[] {
  const first = new Case('p-1', MORNING)
    .add('profile.created', 0)
    .add('capture.session-opened', MINUTE)
    .add('consent.given', MINUTE)
    .add('document.received', MINUTE)
    .add('profile.submitted', MINUTE)
    .add('queue.entered', 0)
    .add('queue.left', 30_000, { durationMs: 30_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ann', 5 * MINUTE)
    .add('task.created', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .add('task.created', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t2', agentId: 'ann' })
    .add('task.verdict-set', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .add('task.verdict-set', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .maker(1, 'ann', 'APPROVED')
    .checker('rob', 'ann', approved)
    .finished('APPROVED', { attempt: 1, agentId: 'ann', reviewerId: 'rob' });
  const second = new Case('p-2', MORNING + HOUR, { language: 'hi', queueId: 'hindi' })
    .add('profile.created', 0)
    .add('capture.session-opened', MINUTE)
    .add('queue.entered', MINUTE)
    .add('queue.left', 90_000, { durationMs: 90_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ben', 2 * MINUTE, 'DROPPED', 'TECH_CALL_DROPPED_CUSTOMER')
    .call(2, 'ben', 3 * MINUTE)
    .maker(2, 'ben', 'APPROVED')
    .checker(
      'rob',
      'ben',
      { ...approved, decision: 'REJECTED', overridden: true },
      'BIZ_SPOOF_SUSPECTED',
    )
    .finished('REJECTED', { attempt: 2, agentId: 'ben', reason: 'BIZ_SPOOF_SUSPECTED' });
  const third = new Case('p-3', MORNING + 2 * HOUR)
    .add('profile.created', 0)
    .add('queue.entered', MINUTE)
    .add('queue.left', 10_000, { durationMs: 10_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ann', MINUTE, 'CUSTOMER_LEFT', 'TECH_CALL_DROPPED_CUSTOMER')
    .maker(1, 'ann', 'UTV', 'TECH_CALL_DROPPED_CUSTOMER')
    .add('queue.entered', 0)
    .add('queue.left', 50_000, { durationMs: 50_000, details: { why: 'CASE_ENDED', ticket: 2 } })
    .finished('CANCELLED', { attempt: 1, agentId: 'ann' });
  const fourth = new Case('p-4', MORNING + 3 * HOUR)
    .add('profile.created', 0)
    .add('slot.booked', MINUTE)
    .add('slot.missed', MINUTE)
    .add('slot.booked', MINUTE)
    .add('queue.entered', MINUTE)
    .add('queue.left', 70_000, { durationMs: 70_000, details: { why: 'AWAY', ticket: 1 } });
  const desk = new Desk()
    .add('agent.online', MORNING, 'ann', 'FREE')
    .add('offer.made', MORNING + 10 * MINUTE, 'ann', 'OFFERED', { profileId: 'p-1' })
    .add('offer.accepted', MORNING + 10 * MINUTE + 4_000, 'ann', 'OFFERED', {
      ...{ profileId: 'p-1', durationMs: 4_000 },
    })
    .add('offer.confirmed', MORNING + 11 * MINUTE, 'ann', 'BUSY', { profileId: 'p-1' })
    .add('agent.freed', MORNING + 21 * MINUTE, 'ann', 'WRAP_UP', { durationMs: 10 * MINUTE })
    .add('agent.ready', MORNING + 23 * MINUTE, 'ann', 'FREE', { durationMs: 2 * MINUTE })
    .add('agent.paused', MORNING + 30 * MINUTE, 'ann', 'PAUSED', {
      details: { agent: { state: 'PAUSED', profileId: '', pauseReason: 'LUNCH' } },
    })
    .add('agent.resumed', MORNING + 90 * MINUTE, 'ann', 'FREE', { durationMs: HOUR })
    .add('offer.made', MORNING + 95 * MINUTE, 'ann', 'OFFERED', { profileId: 'p-2' })
    .add('offer.missed', MORNING + 96 * MINUTE, 'ann', 'FREE', { profileId: 'p-2' })
    .add('callback.asked', MORNING + 97 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('callback.called', MORNING + 98 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('customer.back', MORNING + 99 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('agent.offline', MORNING + 100 * MINUTE, 'ann', 'OFFLINE');
  return [first, second, third, fourth, desk].flatMap(({ rows }) => rows);
}

function question(resource: Resource, given: Partial<Question> = {}): Question {
  return {
    ...{ ouid: BANK, resource, from: MORNING - HOUR, to: MORNING + 12 * HOUR, timeZone: 'UTC' },
    ...{ filters: {}, groupBy: [], figures: [], withinSeconds: 60, ...given },
  };
}

async function all(resource: Resource, given: Partial<Question> = {}): Promise<Group['figures']> {
  const { items } = await insights.figures(question(resource, given));
  expect(items).toHaveLength(1);
  return items[0]?.figures ?? {};
}

async function entriesOf(resource: Resource, figure: string, given: Partial<Question> = {}) {
  const found = [];
  let cursor: string | undefined;
  do {
    const page = await insights.entries(
      { ...question(resource, given), figure },
      { limit: 3, cursor },
    );
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

beforeAll(async () => {
  log = await startLog();
  insights = new InsightsRepository(log.client);
  await log.client.command({ query: 'SYSTEM STOP MERGES' });
  const rows = aDay();
  // In another order, in pieces, and twice.
  await log.writer.write(rows.toReversed());
  for (let i = 0; i < rows.length; i += 7) await log.writer.write(rows.slice(i, i + 11));
  const theirs = rows.map((row) => ({
    ...row,
    ouid: 'other',
    streamId: row.stream === 'desk' ? 'other' : row.streamId,
  }));
  await log.writer.write(theirs.slice(0, 40));
  const quality = new QualityRepository(log.client);
  const origin = { profileId: 'p-1', avSessionId: 'p-1.1', who: 'CUSTOMER' } as const;
  const at = MORNING + 10 * MINUTE;
  await quality.store(BANK, origin, [
    { at, kind: 'NETWORK', score: 5 },
    { at: at + 1, kind: 'NETWORK', score: 2 },
    { at: at + 1, kind: 'STATS', roundTripMs: 80, jitterMs: 4, packetLossPercent: 0.5 },
    { at: at + 2, kind: 'RECONNECTING' },
    { at: at + 2, kind: 'ERROR', code: 3001, terminal: false },
  ]);
});
afterAll(() => log.stop());

describe('figures', () => {
  it('count what agents did', async () => {
    expect(await all('operators')).toMatchObject({
      ...{ handled: 4, talkTimeP50: 3 * MINUTE, talkTimeP95: 5 * MINUTE, decisionTimeP50: 20_000 },
      ...{
        offersMade: 2,
        offersAccepted: 1,
        offersDeclined: 0,
        offersMissed: 1,
        acceptedShare: 0.5,
      },
      ...{ acceptTimeP50: 4_000, wrapUpP50: 2 * MINUTE, pauses: 1, setAway: 0 },
      ...{ busyTime: 10 * MINUTE, wrapUpTime: 2 * MINUTE, pausedTime: HOUR },
      availableTime: (11 + 7 + 10) * MINUTE,
      ...{ occupancy: 12 / 40, utilisation: 12 / 100 },
      ...{
        approvals: 2,
        rejections: 0,
        utvs: 1,
        utvsBusiness: 0,
        utvsTechnical: 1,
        utvShare: 1 / 3,
      },
      ...{ checked: 2, overturned: 1, overturnedShare: 0.5 },
      ...{ finishedAfterCall: 3, firstTimeRight: 1, firstTimeRightShare: 1 / 3 },
      ...{ scriptsRun: 2, callsWithSkips: 1, stepsSkipped: 1 },
    });
  });

  it('count what reviewers did', async () => {
    expect(await all('reviewers')).toMatchObject({
      ...{ decided: 2, approved: 1, rejected: 1, sentBack: 0, overrides: 1, overrideShare: 0.5 },
      ...{ rejectedAgainstMaker: 1, approvedAgainstMaker: 0, disagreement: 0.5 },
      ...{
        turnaroundP50: 90_000,
        reviewTimeP95: MINUTE,
        secondReviews: 0,
        blindDisagreement: null,
      },
      ...{ claimed: 2, givenBack: 0, lapsed: 0 },
    });
  });

  it('count how far customers came', async () => {
    const { items } = await insights.figures(question('funnel', { groupBy: ['step'] }));
    const steps = Object.fromEntries(items.map(({ group, figures }) => [group.step, figures]));
    expect(steps['LINK_SENT']).toEqual({
      ...{ reached: 4, wentOn: 2, stopped: 2, stillOpen: 1, dropOff: 0.5 },
      ...{ timeToNextP50: MINUTE, timeToNextP95: MINUTE },
    });
    expect(steps['CONSENTED']).toMatchObject({ reached: 1, wentOn: 1, dropOff: 0 });
    expect(steps['APPROVED']).toMatchObject({
      reached: 1,
      wentOn: 1,
      stopped: 0,
      timeToNextP50: null,
    });
    expect(steps['IN_LINE']).toMatchObject({ reached: 4, wentOn: 3, stopped: 1, stillOpen: 1 });
  });

  it('count how they waited', async () => {
    expect(await all('waits')).toMatchObject({
      ...{ answered: 3, abandoned: 2, expired: 0, turnedAway: 0, answeredWaitP50: 30_000 },
      ...{ answeredWaitP95: 90_000, abandonedWaitP90: 70_000, answeredInTime: 2, abandonedLate: 1 },
      ...{ serviceLevel: 2 / 4, abandonment: 2 / 5, callbacksAsked: 1, callbacksMade: 1 },
      ...{ callbacksKept: 1, callbacksKeptShare: 1 },
      ...{ slotsBooked: 2, slotsKept: 1, slotsMissed: 1, slotsKeptShare: 0.5 },
    });
    const strict = await all('waits', { withinSeconds: 30 });
    expect(strict).toMatchObject({ answeredInTime: 2, abandonedLate: 2 });
    expect(await all('waits', { withinSeconds: 29 })).toMatchObject({ answeredInTime: 1 });
  });

  it('count what became of calls', async () => {
    expect(await all('calls')).toMatchObject({
      ...{ sessions: 4, profilesCalled: 3, callsPerProfile: 4 / 3, noShows: 0, roomFailures: 0 },
      ...{ dropped: 1, resumed: 1, resumedShare: 1, decidedAfterDrop: 1, joinFailures: 0 },
      ...{ scores: 2, poorScores: 1, poorScoreShare: 0.5, roundTripP95: 80, packetLossP50: 0.5 },
      ...{ reconnects: 1, deviceErrors: 1 },
      ...{ recordingsExpected: 4, recordingsWhole: 3, recordingIntegrity: 0.75 },
    });
    expect(await all('calls', { filters: { side: 'CUSTOMER', queue: 'english' } })).toMatchObject({
      scores: 2,
    });
  });

  it('count outcomes', async () => {
    expect(await all('outcomes')).toMatchObject({
      ...{ finished: 3, approved: 1, rejected: 1, unableToVerify: 0, expired: 0, cancelled: 1 },
      ...{ approvalRate: 0.5, decidedShare: 2 / 3, timeToDecisionP50: 600_000 },
      ...{ makerDecisions: 3, makerRejections: 0, utvs: 1, utvsTechnical: 1, utvShare: 1 / 3 },
      ...{ causesSeen: 1, causesAgreeing: 1, causeAgreement: 1 },
    });
  });

  it('are grouped and narrowed by what is asked, and by nothing else', async () => {
    const { items } = await insights.figures(
      question('operators', { groupBy: ['agent'], figures: ['handled', 'busyTime', 'overturned'] }),
    );
    expect(items).toEqual([
      { group: { agent: 'ann' }, figures: { handled: 2, busyTime: 10 * MINUTE, overturned: 0 } },
      { group: { agent: 'ben' }, figures: { handled: 2, busyTime: 0, overturned: 1 } },
    ]);
    const hindi = await all('operators', { filters: { queue: 'hindi' } });
    expect(hindi).toMatchObject({ handled: 2, approvals: 1 });
    expect(hindi).not.toHaveProperty('offersMade');
    const pauses = { groupBy: ['reason'], figures: ['pauses', 'pausedTime'] } as const;
    expect((await insights.figures(question('operators', pauses))).items).toContainEqual({
      group: { reason: 'LUNCH' },
      figures: { pauses: 1, pausedTime: HOUR },
    });
    const hostile = await all('operators', { filters: { agent: "ann' OR 1=1 --" } });
    expect(hostile).toMatchObject({ handled: 0, talkTimeP50: null, offersMade: 0 });
  });

  it('are of one organization, and of nothing that has expired', async () => {
    expect(await all('outcomes', { ouid: 'other' })).not.toEqual(await all('outcomes'));
    expect(await all('outcomes', { ouid: 'nobody' })).toMatchObject({ finished: 0 });
    const gone = new Case('p-9', MORNING, { ouid: 'brief' })
      .add('profile.created', 0)
      .finished('CANCELLED', { expiresAt: '2026-07-01T00:00:00.000Z' });
    const kept = new Case('p-8', MORNING, { ouid: 'brief' }).add('profile.created', 0);
    await log.writer.write([...gone.rows, ...kept.rows]);
    const asked = { ouid: 'brief', figures: ['reached'], filters: { step: 'LINK_SENT' } };
    expect(await all('funnel', asked)).toEqual({ reached: 1 });
    expect(await entriesOf('funnel', 'reached', asked)).toHaveLength(1);
  });
});

describe('every figure', () => {
  const figures = RESOURCE_NAMES.flatMap((name) =>
    RESOURCES[name].map((figure) => [name, figure.name, figure] as const),
  );

  const known = new Map<Resource, Promise<Group['figures']>>();
  const counted = (resource: Resource): Promise<Group['figures']> => {
    const found = known.get(resource) ?? all(resource);
    known.set(resource, found);
    return found;
  };

  it.each(RESOURCE_NAMES)('of %s can be grouped by all it declares', async (resource) => {
    for (const dimension of DIMENSIONS) {
      const able = RESOURCES[resource].filter((figure) => dimensionsOf(figure).includes(dimension));
      if (able.length === 0) continue;
      const { items } = await insights.figures(question(resource, { groupBy: [dimension] }));
      const names = able.map(({ name }) => name);
      expect(items.map(({ figures: f }) => Object.keys(f))).toEqual(items.map(() => names));
      expect(items.length).toBeGreaterThan(0);
    }
  });

  it.each(figures)(
    '%s %s opens to as many entries as it counts',
    async (resource, name, figure) => {
      const value = (await counted(resource))[name];
      const entries = await entriesOf(resource, name);
      if (isCountable(figure) && figure.value.kind === 'COUNT')
        expect(entries).toHaveLength(value!);
      if (isCountable(figure) && figure.value.kind === 'PROFILES') {
        expect(new Set(entries.map(({ profileId }) => profileId)).size).toBe(value);
        expect(entries).toHaveLength(value!);
      }
      expect(entries.length > 0).toBe(value !== null && value! > 0);
      expect(entries.map(({ at }) => at)).toEqual(
        entries
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      );
    },
  );
});

describe('entries', () => {
  it('tell whose they are', async () => {
    const [entry] = await entriesOf('operators', 'overturned');
    expect(entry).toEqual({
      at: expect.stringMatching(/^2026-06-16T05:/),
      ...{ profileId: 'p-2', extReferenceId: 'ref-p-2', status: 'REJECTED', avSessionId: '' },
      ms: MINUTE,
      group: expect.objectContaining({ agent: 'ben', reviewer: 'rob', queue: 'hindi' }),
    });
  });

  it('neither repeat nor leave out what was there, whatever is recorded meanwhile', async () => {
    const asked = { ...question('outcomes', { ouid: 'busy' }), figure: 'finished' };
    const some = (from: number, n: number): LogRow[] =>
      Array.from({ length: n }, (_, i) =>
        new Case(`q-${from + i}`, MORNING + ((from + i) % 4) * MINUTE, { ouid: 'busy' }).finished(
          'APPROVED',
        ),
      ).flatMap(({ rows }) => rows);
    await log.writer.write(some(0, 20));
    const before = (await insights.entries(asked, { limit: 50 })).items.map((e) => e.profileId);
    const found: string[] = [];
    let cursor: string | undefined;
    let more = 100;
    do {
      const page = await insights.entries(asked, { limit: 3, cursor });
      found.push(...page.items.map(({ profileId }) => profileId));
      cursor = page.nextCursor;
      if (more < 130) await log.writer.write(some((more += 5), 5));
    } while (cursor !== undefined);
    expect(before).toHaveLength(20);
    expect(new Set(found).size).toBe(found.length);
    expect(found.filter((id) => before.includes(id))).toEqual(before);
  });

  it('refuses a cursor that no list gave', async () => {
    const asked = { ...question('outcomes'), figure: 'finished' };
    for (const cursor of ['x', Buffer.from('[1,"p"]').toString('base64url')]) {
      await expect(insights.entries(asked, { limit: 2, cursor })).rejects.toThrow('cursor');
    }
  });
});

describe('as a file', () => {
  it('is the same with a line of names', async () => {
    const asked = question('operators', {
      groupBy: ['agent'],
      figures: ['handled', 'talkTimeP50'],
    });
    expect(await text(await insights.figuresCsv(asked))).toBe(
      `"agent","handled","talkTimeP50"\n"ann",2,${5 * MINUTE}\n"ben",2,${3 * MINUTE}\n`,
    );
    const lines = (await text(await insights.entriesCsv({ ...asked, figure: 'handled' }))).split(
      '\n',
    );
    expect(lines[0]).toMatch(
      /^"at","profileId","extReferenceId","status","avSessionId","ms","queue"/,
    );
    expect(lines).toHaveLength(6);
  });
});
