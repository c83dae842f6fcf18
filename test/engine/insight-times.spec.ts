import { InsightsRepository } from '../../clickhouse/insights/insights.repository';
import { type Question, QuestionError } from '../../clickhouse/insights/scope';
import { Case, Desk } from './insight-rows';
import { startLog, type TestLog } from './log-fixture';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
let log: TestLog;
let insights: InsightsRepository;

function asked(given: Partial<Question>): Question {
  return {
    ...{ ouid: 'clocks', resource: 'outcomes', figures: ['finished'], groupBy: [], filters: {} },
    ...{ withinSeconds: 60, from: 0, to: DAY, timeZone: 'UTC' },
    ...given,
  };
}

/** How many cases ended in each group. */
async function counts(given: Partial<Question>): Promise<Record<string, number | null>> {
  const { items } = await insights.figures(asked(given));
  return Object.fromEntries(
    items.map(({ group, figures }) => [
      Object.values(group).join(' '),
      figures['finished'] ?? null,
    ]),
  );
}

let cases = 0;
async function endsAt(...times: readonly string[]): Promise<void> {
  const rows = times.flatMap((time) => {
    cases += 1;
    return new Case(`p-${cases}`, Date.parse(time), { ouid: 'clocks' }).finished('APPROVED').rows;
  });
  await log.writer.write(rows);
}

beforeAll(async () => {
  log = await startLog();
  insights = new InsightsRepository(log.client);
});
afterAll(() => log.stop());

describe('a range', () => {
  it('has its begin and not its end', async () => {
    await endsAt(
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T23:59:59.999Z',
      '2026-02-02T00:00:00.000Z',
    );
    const from = Date.UTC(2026, 1, 1);
    expect(await counts({ from, to: from + DAY })).toEqual({ '': 2 });
    expect(await counts({ from: from + DAY, to: from + 2 * DAY })).toEqual({ '': 1 });
    expect(await counts({ from: from + 1, to: from + DAY - 1 })).toEqual({ '': 0 });
  });

  it('in which nothing happened has zeros, and no groups', async () => {
    const empty = { from: Date.UTC(2020, 0), to: Date.UTC(2020, 1) };
    expect(await counts(empty)).toEqual({ '': 0 });
    expect(await counts({ ...empty, groupBy: ['day'] })).toEqual({});
    const shares = { ...empty, figures: ['approvalRate', 'timeToDecisionP50'] };
    expect((await insights.figures(asked(shares))).items).toEqual([
      { group: {}, figures: { approvalRate: null, timeToDecisionP50: null } },
    ]);
    const opened = { ...asked(empty), figure: 'finished' };
    expect((await insights.entries(opened, { limit: 9 })).items).toEqual([]);
  });

  it.each<[string, string, Partial<Question>]>([
    ['that is empty', 'to', { to: 0 }],
    ['that runs backwards', 'to', { from: 2, to: 1 }],
    ['that is too long', 'to', { to: 401 * DAY }],
    ['that is too long for hours', 'to', { to: 41 * DAY, groupBy: ['hour'] }],
    ['by the same thing twice', 'groupBy', { groupBy: ['day', 'day'] }],
    ['by too much', 'groupBy', { groupBy: ['day', 'queue', 'agent', 'reason'], figures: [] }],
    ['by what the figure does not know', 'figures', { groupBy: ['step'] }],
    ['by what no figure knows', 'groupBy', { groupBy: ['step'], figures: [] }],
    ['of a figure that is none', 'figures', { figures: ['finished; DROP TABLE x'] }],
    ['in a zone that is none', 'timeZone', { timeZone: "UTC'; --" }],
    ['in a zone as no clock writes it', 'timeZone', { timeZone: 'asia/kolkata' }],
  ])('%s is refused', async (_, field, given) => {
    const refused = insights.figures(asked(given));
    await expect(refused).rejects.toThrow(QuestionError);
    await expect(refused).rejects.toMatchObject({ field });
  });
});

describe('days and hours', () => {
  it('are those of the clock that was asked for', async () => {
    await endsAt('2026-04-01T18:29:59.999Z', '2026-04-01T18:30:00.000Z');
    const range = { from: Date.UTC(2026, 3, 1), to: Date.UTC(2026, 3, 3) };
    const india = { ...range, timeZone: 'Asia/Kolkata' };
    expect(await counts({ ...india, groupBy: ['day'] })).toEqual({
      '2026-04-01': 1,
      '2026-04-02': 1,
    });
    expect(await counts({ ...range, groupBy: ['day'] })).toEqual({ '2026-04-01': 2 });
    expect(await counts({ ...india, groupBy: ['hour'] })).toEqual({
      '2026-04-01T23:00:00+05:30': 1,
      '2026-04-02T00:00:00+05:30': 1,
    });
    const hour = { hour: '2026-04-02T00:00:00+05:30' };
    expect(await counts({ ...india, filters: hour })).toEqual({ '': 1 });
    const opened = { ...asked({ ...india, filters: hour }), figure: 'finished' };
    expect((await insights.entries(opened, { limit: 9 })).items).toMatchObject([
      { at: '2026-04-01T18:30:00.000Z' },
    ]);
  });

  it('when the clocks go back: the hour that comes twice is two, the day has 25', async () => {
    const berlin = { timeZone: 'Europe/Berlin', from: Date.parse('2026-10-24T22:00Z') };
    const day = { ...berlin, to: berlin.from + 25 * HOUR };
    await endsAt('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z', '2026-10-25T22:59:59Z');
    expect(await counts({ ...day, groupBy: ['hour'] })).toEqual({
      '2026-10-25T02:00:00+02:00': 1,
      '2026-10-25T02:00:00+01:00': 1,
      '2026-10-25T23:00:00+01:00': 1,
    });
    expect(await counts({ ...day, groupBy: ['day'] })).toEqual({ '2026-10-25': 3 });
  });

  it('when the clocks go forward: the hour that is left out is not there', async () => {
    const from = Date.parse('2026-03-28T23:00Z');
    await endsAt('2026-03-29T00:59:59Z', '2026-03-29T01:00:00Z', '2026-03-29T21:59:59Z');
    const berlin = { timeZone: 'Europe/Berlin', from, to: from + 23 * HOUR };
    expect(await counts({ ...berlin, groupBy: ['hour'] })).toEqual({
      '2026-03-29T01:00:00+01:00': 1,
      '2026-03-29T03:00:00+02:00': 1,
      '2026-03-29T23:00:00+02:00': 1,
    });
    expect(await counts({ ...berlin, groupBy: ['day'] })).toEqual({ '2026-03-29': 3 });
  });

  it('when the clocks are changed by half an hour', async () => {
    // Lord Howe: 2026-04-05 02:00 (+11:00) becomes 01:30 (+10:30).
    await endsAt('2026-04-04T14:45:00Z', '2026-04-04T15:15:00Z', '2026-04-04T15:45:00Z');
    const range = { from: Date.parse('2026-04-04T13:00Z'), to: Date.parse('2026-04-05T13:30Z') };
    const found = await counts({ ...range, timeZone: 'Australia/Lord_Howe', groupBy: ['day'] });
    expect(found).toEqual({ '2026-04-05': 3 });
  });
});

describe('time at work', () => {
  it('is cut at the hours of the clock, at the range and at what comes next', async () => {
    const at = (time: string): number => Date.parse(`2026-05-05T${time}:00Z`);
    const desk = new Desk('clocks')
      .add('agent.online', at('03:00'), 'ann', 'FREE')
      .add('offer.confirmed', at('03:20'), 'ann', 'BUSY')
      .add('agent.lost', at('04:45'), 'ann', 'BUSY')
      .add('agent.reconnected', at('04:50'), 'ann', 'FREE')
      .add('agent.offline', at('05:00'), 'ann', 'OFFLINE')
      .add('agent.online', at('06:00'), 'ann', 'FREE');
    await log.writer.write(desk.rows);
    const figures = ['busyTime', 'availableTime'];
    const work = { resource: 'operators', figures, timeZone: 'Asia/Kolkata' } as const;
    const range = { from: at('03:10'), to: at('06:40') };
    const { items } = await insights.figures(asked({ ...work, ...range, groupBy: ['hour'] }));
    const minutes = (n: number): number => n * 60_000;
    expect(items).toEqual([
      {
        group: { hour: '2026-05-05T08:00:00+05:30' },
        figures: { busyTime: minutes(10), availableTime: minutes(10) },
      },
      {
        group: { hour: '2026-05-05T09:00:00+05:30' },
        figures: { busyTime: minutes(60), availableTime: 0 },
      },
      {
        group: { hour: '2026-05-05T10:00:00+05:30' },
        figures: { busyTime: minutes(15), availableTime: minutes(10) },
      },
      {
        group: { hour: '2026-05-05T11:00:00+05:30' },
        figures: { busyTime: 0, availableTime: minutes(30) },
      },
      {
        group: { hour: '2026-05-05T12:00:00+05:30' },
        figures: { busyTime: 0, availableTime: minutes(10) },
      },
    ]);
  });
});
