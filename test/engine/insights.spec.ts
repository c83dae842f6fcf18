import { text } from 'node:stream/consumers';
import { InsightsRepository } from '../../clickhouse/insights/insights.repository';
import type { Resource } from '../../clickhouse/insights/resources';
import type { Question } from '../../clickhouse/insights/scope';
import { HOUR, MINUTE, writeDay } from './insight-day';
import { entriesOf, question, whole } from './insight-questions';
import { Case, MORNING } from './insight-rows';
import { startLog, type TestLog } from './log-fixture';
import { rowsOf } from './retention-cases';

let log: TestLog;
let insights: InsightsRepository;
const all = (resource: Resource, given: Partial<Question> = {}) => whole(insights, resource, given);

beforeAll(async () => {
  log = await startLog();
  insights = new InsightsRepository(log.client);
  await writeDay(log);
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
    const oneDay = { ouid: 'brief', facts: [{ daysAgo: 0, policy: { otherDays: 1 } }] };
    const policy = rowsOf(oneDay, () => new Date(MORNING).toISOString());
    const gone = new Case('p-9', MORNING, { ouid: 'brief' })
      .add('profile.created', 0)
      .finished('CANCELLED');
    const kept = new Case('p-8', MORNING, { ouid: 'brief' }).add('profile.created', 0);
    await log.writer.write([...policy, ...gone.rows, ...kept.rows]);
    const asked = { ouid: 'brief', figures: ['reached'], filters: { step: 'LINK_SENT' } };
    expect(await all('funnel', asked)).toEqual({ reached: 1 });
    expect(await entriesOf(insights, 'funnel', 'reached', asked)).toHaveLength(1);
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
      /^"at","profileId","extReferenceId","status","avSessionId","ms","value","queue"/,
    );
    expect(lines).toHaveLength(6);
  });
});
