import { parseTrace } from '../demo/trace/call';
import { generateTrace } from '../demo/trace/generate';
import { waitsCsv } from './csv';
import { customersOf, MIDNIGHT, type Customer } from './customers';
import type { Ended, Pace, SimulatedDay } from './day';
import { percentileOf, waitsOf } from './figures';
import { demoOrganization } from './organization';
import { simulateDay } from './world';

const SECOND = 1_000;
const PACE: Pace = { acceptMs: 3_000, joinMs: 5_000, decideMs: 20_000, wrapUpMs: 0 };

function simulated(
  customers: readonly Customer[],
  agents: number,
  { pace = PACE, queueMs }: { readonly pace?: Pace; readonly queueMs?: number } = {},
): SimulatedDay {
  const day = simulateDay(demoOrganization(agents, queueMs), customers, pace);
  for (;;) {
    const step = day.next();
    if (step.done === true) return step.value;
  }
}

/** Enters the line so many seconds after midnight; his call takes 100 s. */
function customer(n: number, entersS: number, other: Partial<Customer> = {}): Customer {
  const at = MIDNIGHT + entersS * SECOND;
  return {
    profileId: `c${n}`,
    language: 'hi',
    skills: ['savings'],
    arrivesAt: at,
    capturedAt: at,
    leavesBeforeLine: false,
    patienceMs: undefined,
    leavesSilently: false,
    phantom: false,
    serviceMs: 100 * SECOND,
    ...other,
  };
}

/** Ends as `outcome wait`, s. */
function ends({ ended }: SimulatedDay): string[] {
  return ended.map(({ outcome, line }) =>
    line ? `${outcome} ${(line.leftAt - line.enteredAt) / SECOND}` : outcome,
  );
}

function generated(seed: number, calls: number): Customer[] {
  return customersOf(parseTrace(generateTrace(seed, calls)), { seed, serviceScale: 1 });
}

describe('one agent', () => {
  // 3 s until he accepts, then 5 s until both are there, the call's 100 s, 20 s to decide.
  it('serves three one after the other', () => {
    const day = simulated([customer(1, 10), customer(2, 20), customer(3, 30)], 1);
    // Accepted at 13, 141 and 269.
    expect(ends(day)).toEqual(['ANSWERED 3', 'ANSWERED 121', 'ANSWERED 239']);
    expect([day.from, day.to]).toEqual([MIDNIGHT + 10 * SECOND, MIDNIGHT + 394 * SECOND]);
    expect(day.spans.map(({ from, to }) => [from - MIDNIGHT, to - MIDNIGHT])).toEqual([
      [13_000, 138_000],
      [141_000, 266_000],
      [269_000, 394_000],
    ]);
  });

  it('has his wrap-up before the next, which is part of what the customer took', () => {
    const pace = { ...PACE, wrapUpMs: 30 * SECOND };
    const day = simulated([customer(1, 10), customer(2, 20)], 1, { pace });
    expect(ends(day)).toEqual(['ANSWERED 3', 'ANSWERED 151']);
    expect(day.spans.map(({ from, to }) => (to - from) / SECOND)).toEqual([125, 30, 125, 30]);
    expect(new Set(day.spans.map(({ queueId }) => queueId))).toEqual(new Set(['hindi']));
  });

  it('stops who talks too long', () => {
    const long = { serviceMs: 3_600 * SECOND };
    const day = simulated([customer(1, 0, long), customer(2, 1)], 1);
    expect(day.spans.map(({ from, to }) => (to - from) / SECOND)).toEqual([1_220, 125]);
    expect(day.cutOff).toBe(1);
  });
});

describe('a customer', () => {
  const busy = customer(1, 0, { serviceMs: 600 * SECOND });

  it('goes when his patience ends, also while he is being offered', () => {
    const leaves = (patienceS: number) => ({ patienceMs: patienceS * SECOND });
    const day = simulated([busy, customer(2, 0, leaves(60)), customer(3, 5)], 1);
    expect(ends(day)).toEqual(['ANSWERED 3', 'ABANDONED 60', 'ANSWERED 626']);
    const offered = simulated([customer(1, 0, leaves(2)), customer(2, 1)], 1);
    // The agent's acceptance comes too late for the first; the second is offered to him at 2.
    expect(ends(offered)).toEqual(['ABANDONED 2', 'ANSWERED 4']);
  });

  it('who goes without a word is called twice in vain, and keeps the line waiting', () => {
    const silent = { patienceMs: 60 * SECOND, leavesSilently: true };
    const short = customer(1, 0, { serviceMs: 80 * SECOND });
    const day = simulated([short, customer(2, 0, silent), customer(3, 5)], 1);
    // The agent is free at 108, in vain from 111 to 171 and from 174 to 234, then takes the third.
    expect(ends(day)).toEqual(['ANSWERED 3', 'NO_SHOW 111', 'ANSWERED 232']);
    expect(day.spans.map(({ from, to }) => (to - from) / SECOND)).toEqual([105, 60, 60, 125]);
    const late = { ...silent, patienceMs: 600 * SECOND };
    expect(ends(simulated([short, customer(2, 0, late)], 1))).toEqual([
      'ANSWERED 3',
      'ANSWERED 111',
    ]);
  });

  it('who never joins is called twice, too', () => {
    const day = simulated([customer(1, 0, { phantom: true })], 2);
    expect(ends(day)).toEqual(['NO_SHOW 3']);
    expect(day.spans.map(({ from, to }) => (to - from) / SECOND)).toEqual([60, 60]);
  });

  it('is sent away when he has waited as long as the queue allows', () => {
    const day = simulated([busy, customer(2, 0)], 1, { queueMs: 300 * SECOND });
    expect(ends(day)).toEqual(['ANSWERED 3', 'EXPIRED 300']);
  });

  it('who leaves while capturing never enters the line', () => {
    expect(ends(simulated([customer(1, 0, { leavesBeforeLine: true })], 1))).toEqual([
      'LEFT_BEFORE_LINE',
    ]);
  });

  it('is told his wait when he enters the line', () => {
    const { ended } = simulated([customer(1, 0), customer(2, 10), customer(3, 20)], 1);
    const [first, second, third] = ended.map(({ line }) => line?.estimateMs ?? NaN);
    expect(first).toBe(0);
    expect(second).toBeGreaterThan(0);
    expect(third).toBeGreaterThan(second ?? NaN);
  });
});

describe('a generated day', () => {
  it('ends for every row once', () => {
    const customers = generated(1, 300);
    const { ended } = simulated(customers, 2);
    expect(ended.map((one) => one.customer)).toEqual(customers);
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(
      new Set(['ANSWERED', 'NO_SHOW', 'ABANDONED', 'EXPIRED', 'LEFT_BEFORE_LINE']),
    );
  });

  it('is the same for the same seed', () => {
    const csv = (seed: number): string => waitsCsv(simulated(generated(seed, 150), 2).ended);
    expect(csv(1)).toBe(csv(1));
    expect(csv(1)).not.toBe(csv(2));
  });

  it('has nobody overtaken while priorities are equal', () => {
    const answered = simulated(generated(3, 300), 3).ended.filter(isAnswered);
    const entered = answered.map(({ line }) => line?.enteredAt ?? 0);
    const byAnswer = [...answered].sort((a, b) => (a.line?.leftAt ?? 0) - (b.line?.leftAt ?? 0));
    expect(byAnswer.map(({ line }) => line?.enteredAt)).toEqual(entered.sort((a, b) => a - b));
  });

  it.each([1, 2, 3])('never has longer waits with more agents (seed %d)', (seed) => {
    const customers = generated(seed, 300);
    const waits = [2, 3, 4, 7].map((agents) =>
      percentileOf(waitsOf(simulated(customers, agents).ended, 'ANSWERED'), 0.9),
    );
    expect(waits).toEqual([...waits].sort((a, b) => (b ?? 0) - (a ?? 0)));
  });
});

function isAnswered({ outcome }: Ended): boolean {
  return outcome === 'ANSWERED';
}
