import fc from 'fast-check';
import type { Interval, OpeningHours, WeeklyHours } from '../domain/openings';
import { openIntervals } from './open-intervals';

const HOUR = 3_600_000;
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];

const iso = (intervals: readonly Interval[]): string[] =>
  intervals.map(({ from, to }) =>
    [from, to].map((at) => new Date(at).toISOString().slice(0, 16)).join(' to '),
  );
/** Open intervals from one UTC day's start until another's. */
const open = (hours: Partial<OpeningHours> & { timeZone: string }, from: string, to: string) =>
  iso(
    openIntervals(
      { weekly: [{ days: EVERY_DAY, from: '09:00', to: '18:00' }], ...hours },
      { from: Date.parse(`${from}Z`), to: Date.parse(`${to}Z`) },
    ),
  );

describe('opening hours as UTC', () => {
  it('are those of the clock in India, which is never changed', () => {
    expect(open({ timeZone: 'Asia/Kolkata' }, '2026-03-02T00:00', '2026-03-04T00:00')).toEqual([
      '2026-03-02T03:30 to 2026-03-02T12:30',
      '2026-03-03T03:30 to 2026-03-03T12:30',
    ]);
  });

  it('follow the clock in Berlin into summer time and out of it', () => {
    expect(open({ timeZone: 'Europe/Berlin' }, '2026-03-28T00:00', '2026-03-30T00:00')).toEqual([
      '2026-03-28T08:00 to 2026-03-28T17:00',
      '2026-03-29T07:00 to 2026-03-29T16:00',
    ]);
    expect(open({ timeZone: 'Europe/Berlin' }, '2026-10-24T00:00', '2026-10-26T00:00')).toEqual([
      '2026-10-24T07:00 to 2026-10-24T16:00',
      '2026-10-25T08:00 to 2026-10-25T17:00',
    ]);
  });

  it('of a night are an hour shorter or longer when the clock is changed in it', () => {
    const weekly = [{ days: [6], from: '22:00', to: '06:00' }];
    const night = { timeZone: 'America/New_York', weekly };
    expect(open(night, '2026-03-07T12:00', '2026-03-09T00:00')).toEqual([
      '2026-03-08T03:00 to 2026-03-08T10:00',
    ]);
    expect(open(night, '2026-10-31T12:00', '2026-11-02T00:00')).toEqual([
      '2026-11-01T02:00 to 2026-11-01T11:00',
    ]);
  });

  it('come twice when the clock shows them twice, and not at all when it leaves them out', () => {
    const weekly = [{ days: EVERY_DAY, from: '02:15', to: '02:45' }];
    const berlin = { timeZone: 'Europe/Berlin', weekly };
    expect(open(berlin, '2026-10-24T22:00', '2026-10-25T22:00')).toEqual([
      '2026-10-25T00:15 to 2026-10-25T00:45',
      '2026-10-25T01:15 to 2026-10-25T01:45',
    ]);
    expect(open(berlin, '2026-03-28T22:00', '2026-03-29T22:00')).toEqual([]);
  });

  it('begin on no holiday, but end on one', () => {
    const weekly = [{ days: EVERY_DAY, from: '20:00', to: '02:00' }];
    const hours = { timeZone: 'UTC', weekly, closedOn: ['2026-08-15'] };
    expect(open(hours, '2026-08-14T12:00', '2026-08-17T12:00')).toEqual([
      '2026-08-14T20:00 to 2026-08-15T02:00',
      '2026-08-16T20:00 to 2026-08-17T02:00',
    ]);
  });

  it('that touch or overlap are one', () => {
    const always = { timeZone: 'Asia/Kolkata', weekly: [day('00:00', '24:00')] };
    expect(open(always, '2026-03-02T00:00', '2026-03-09T00:00')).toEqual([
      '2026-03-02T00:00 to 2026-03-09T00:00',
    ]);
    const lunch = [day('09:00', '13:00'), day('13:00', '14:00'), day('12:30', '18:00')];
    expect(
      open({ timeZone: 'UTC', weekly: lunch }, '2026-03-02T00:00', '2026-03-03T00:00'),
    ).toEqual(['2026-03-02T09:00 to 2026-03-02T18:00']);
  });

  it('are of no zone that does not exist', () => {
    expect(() => open({ timeZone: 'Asia/Bombai' }, '2026-03-02', '2026-03-03')).toThrow(RangeError);
  });
});

function day(from: string, to: string): WeeklyHours {
  return { days: EVERY_DAY, from, to };
}

/** What a clock on the wall shows at this time. */
function shown(format: Intl.DateTimeFormat, at: number): { date: string; minute: number } {
  const [date = '', time = ''] = format.format(at).split(' ');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { date, minute: hours * 60 + minutes };
}

/** Open at this time, as somebody with the declaration in hand says who looks at the clock. */
function isOpen({ weekly, closedOn }: OpeningHours, date: string, minute: number): boolean {
  const at = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
  const begins = ({ days }: WeeklyHours, on: Date): boolean =>
    days.includes(on.getUTCDay() || 7) && !closedOn?.includes(on.toISOString().slice(0, 10));
  const today = new Date(`${date}T00:00Z`);
  const yesterday = new Date(today.getTime() - 24 * HOUR);
  return weekly.some((hours) => {
    const [from, to] = [at(hours.from), at(hours.to)];
    if (to > from) return begins(hours, today) && from <= minute && minute < to;
    return (begins(hours, today) && from <= minute) || (begins(hours, yesterday) && minute < to);
  });
}

describe('random opening hours around a change of the clock', () => {
  // The day before the change, in UTC; Lord Howe's clock is changed by half an hour, Cairo's at midnight.
  const changes = fc.constantFrom(
    ['Europe/Berlin', '2026-03-28'],
    ['Europe/Berlin', '2026-10-24'],
    ['America/New_York', '2026-03-07'],
    ['America/New_York', '2026-10-31'],
    ['Australia/Lord_Howe', '2026-04-03'],
    ['Africa/Cairo', '2026-04-23'],
    ['Asia/Kolkata', '2026-02-27'],
  );
  const time = fc.nat(24 * 12 - 1).map((n) => new Date(n * 5 * 60_000).toISOString().slice(11, 16));
  const weekly = fc.array(
    fc.record({
      days: fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
      from: time,
      to: fc.oneof(time, fc.constant('24:00')),
    }),
    { maxLength: 4 },
  );
  const holidays = fc.uniqueArray(fc.nat(3), { maxLength: 2 });

  it('are open at every minute at which the clock says so, and at no other', () => {
    fc.assert(
      fc.property(changes, weekly, holidays, ([timeZone = '', before = ''], week, closed) => {
        const from = Date.parse(`${before}T00:00Z`);
        const span = { from, to: from + 72 * HOUR };
        const closedOn = closed.map((n) =>
          new Date(from + n * 24 * HOUR).toISOString().slice(0, 10),
        );
        const hours = { timeZone, weekly: week, closedOn };
        const found = openIntervals(hours, span);
        const format = new Intl.DateTimeFormat('sv-SE', {
          timeZone,
          dateStyle: 'short',
          timeStyle: 'short',
        });
        for (let at = span.from; at < span.to; at += 60_000) {
          const { date, minute } = shown(format, at);
          const said = found.some((interval) => interval.from <= at && at < interval.to);
          if (said !== isOpen(hours, date, minute)) throw new Error(`${date} ${minute}: ${said}`);
        }
      }),
      { numRuns: 150, seed: Number(process.env['FC_SEED'] ?? 20260302) },
    );
  });
});
