import { NOON } from '../../test/support/journeys';
import type { Customer } from './customers';
import type { Ended, Ending } from './day';
import {
  estimateErrors,
  measuresOf,
  occupancy,
  percentileOf,
  serviceLevel,
  waitsOf,
} from './figures';

const SECOND = 1_000;
const customer: Customer = {
  profileId: 'c1',
  language: 'hi',
  skills: ['savings'],
  arrivesAt: NOON,
  capturedAt: NOON,
  leavesBeforeLine: false,
  patienceMs: undefined,
  leavesSilently: false,
  phantom: false,
  serviceMs: 0,
};

function ended(outcome: Ending, waitS: number, estimateS?: number): Ended {
  const estimateMs = estimateS === undefined ? undefined : estimateS * SECOND;
  const line = { queueId: 'q', enteredAt: NOON, leftAt: NOON + waitS * SECOND, estimateMs };
  return { customer, outcome, line, agentId: '' };
}
const left: Ended = { customer, outcome: 'LEFT_BEFORE_LINE', line: undefined, agentId: '' };

describe('a percentile', () => {
  it.each([
    [0.5, 50],
    [0.9, 90],
    [0.95, 100],
    [1, 100],
    [0, 10],
  ])('at %d is the nearest rank', (share, value) => {
    expect(percentileOf([100, 90, 80, 70, 60, 50, 40, 30, 20, 10], share)).toBe(value);
  });

  it('of one is that one, of none is none', () => {
    expect(percentileOf([7], 0.5)).toBe(7);
    expect(percentileOf([], 0.9)).toBeUndefined();
  });
});

describe('waits', () => {
  const day = [ended('ANSWERED', 10), ended('ABANDONED', 500), ended('EXPIRED', 1_800), left];

  it('of the answered are theirs alone', () => {
    expect(waitsOf(day, 'ANSWERED')).toEqual([10 * SECOND]);
    expect(waitsOf(day, 'ABANDONED')).toEqual([500 * SECOND]);
  });
});

describe('the service level', () => {
  it('is of all who entered the line, also of who was not answered', () => {
    const day = [
      ended('ANSWERED', 60),
      ended('ANSWERED', 61),
      ended('ABANDONED', 5),
      ended('EXPIRED', 1_800),
      left,
    ];
    expect(serviceLevel(day, 60 * SECOND)).toBe(0.25);
  });

  it('is none where nobody came', () => {
    expect(serviceLevel([left], 60 * SECOND)).toBeUndefined();
  });
});

it('knows occupancy by the time at work', () => {
  const span = (from: number, to: number) => ({ agentId: 'a', queueId: 'q', from, to });
  expect(occupancy([span(0, 30), span(50, 60)], 100)).toBe(0.4);
});

describe('the estimate', () => {
  const day = [
    ended('ANSWERED', 100, 140), // near: within a minute
    ended('ANSWERED', 400, 201), // near: within half of it
    ended('ANSWERED', 400, 199),
    ended('ANSWERED', 3, 0), // at once
    ended('ANSWERED', 30),
    ended('ABANDONED', 30, 900),
  ];

  it('is compared with the wait of who was answered', () => {
    expect(estimateErrors(day).map(({ errorMs }) => errorMs / SECOND)).toEqual([
      40, -199, -201, -3,
    ]);
  });

  it('has its figures', () => {
    const measures = measuresOf(day, [], { atWorkMs: 1, withinMs: 60 * SECOND });
    const value = (name: string) => measures.find((measure) => measure.name === name)?.value;
    expect(value('no estimate shown')).toBe(1);
    expect(value('estimate, median absolute error')).toBe(40);
    expect(value('estimate, mean error')).toBe(-90.75);
    expect(value('estimate within 50 % or 1 min')).toBe(75);
    expect(value('the same where a wait was shown')).toBeCloseTo(66.67, 1);
  });
});
