import { createLogClient, select, type LogClient } from '../../../clickhouse/client';
import { InsightsRepository } from '../../../clickhouse/insights/insights.repository';
import { RESOURCE_NAMES } from '../../../clickhouse/insights/resources';
import { parametersOf, type Question } from '../../../clickhouse/insights/scope';
import { compared, type MeasuredFigure } from '../figures';
import { RIVALS } from './questions';

/** How often each is asked in one round, for its p95. */
const TIMES = 20;
const REQUEST_MS = 60_000;
const DAY_MS = 86_400_000;
/** Aim: every answer within so long, p95. */
const AIM_MS = 300;

/** How long the answers to each question took, ms. */
export interface Timed {
  readonly name: string;
  readonly own: readonly number[];
  readonly byHand: readonly number[];
}

interface Past {
  readonly events: number;
  readonly ouid: string;
  readonly from: number;
  readonly to: number;
}

/** Asks everything of the largest organization in `database`, about its whole past and its last month. */
export async function timeInsights(
  url: string,
  database: string,
  rounds: number,
  say: (line: string) => void,
): Promise<Timed[]> {
  const client = createLogClient({ url, database, requestTimeout: REQUEST_MS });
  try {
    const past = await largest(client);
    const { ouid, events } = past;
    say(
      `${database}: ${ouid} has ${events} events of ${Math.round((past.to - past.from) / DAY_MS)} days`,
    );
    const timed = new Timing(client, past, rounds);
    const found: Timed[] = [];
    for (const question of timed.questions()) {
      const one = await timed.measure(question);
      const hand = one.byHand.length === 0 ? '' : `, by hand ${shown(one.byHand)}`;
      say(`${database}: ${one.name} ${shown(one.own)}${hand}`);
      found.push(one);
    }
    return found;
  } finally {
    await client.close();
  }
}

type Timable = Question & { readonly name: string; readonly byHand?: string };

class Timing {
  private readonly insights: InsightsRepository;

  constructor(
    private readonly client: LogClient,
    private readonly past: Past,
    private readonly rounds: number,
  ) {
    this.insights = new InsightsRepository(client);
  }

  questions(): Timable[] {
    const { ouid, from, to } = this.past;
    const about = { ouid, timeZone: 'Asia/Kolkata', filters: {}, withinSeconds: 60 };
    const whole = { ...about, from, to };
    const month = { ...about, from: Math.max(from, to - 30 * DAY_MS), to };
    const all = RESOURCE_NAMES.flatMap((resource) => {
      const groupBy = resource === 'funnel' ? (['step'] as const) : [];
      const asked = { resource, groupBy, figures: [] };
      return [
        { ...whole, ...asked, name: `${resource}-all` },
        { ...month, ...asked, name: `${resource}-month` },
      ];
    });
    return [...RIVALS.map(({ asked, ...rival }) => ({ ...whole, ...asked, ...rival })), ...all];
  }

  async measure({ name, byHand, ...question }: Timable): Promise<Timed> {
    const own: number[] = [];
    const hand: number[] = [];
    // Once without a clock: what is read from the disk the first time.
    await this.insights.figures(question);
    for (let i = 0; i < TIMES * this.rounds; i += 1) {
      own.push(await timeOf(() => this.insights.figures(question)));
      if (byHand === undefined) continue;
      hand.push(await timeOf(() => select(this.client, byHand, parametersOf(question))));
    }
    return { name, own, byHand: hand };
  }
}

async function largest(client: LogClient): Promise<Past> {
  const [found] = await select<{ events: string; ouid: string; first: string; last: string }>(
    client,
    `SELECT ouid, count() AS events, min(occurred_at) AS first, max(occurred_at) AS last FROM activity_log
     GROUP BY ouid ORDER BY events DESC LIMIT 1`,
    {},
  );
  if (!found) throw new Error('there is nothing in the log');
  const { events, ouid, first, last } = found;
  return { events: Number(events), ouid, from: Date.parse(first), to: Date.parse(last) + 1 };
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}

/** The one that `share` of them are faster than. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function shown(values: readonly number[]): string {
  return `p50 ${Math.round(quantile(values, 0.5))} ms, p95 ${Math.round(quantile(values, 0.95))} ms`;
}

/** Against the hand-written one, against the aim, and against a tenth of the events. */
export function insightFigures(large: readonly Timed[], small: readonly Timed[]): MeasuredFigure[] {
  return large.flatMap(({ name, own, byHand }) => {
    const figure = (what: string) =>
      ({ bench: 'log', figure: `insight-${name}-${what}`, unit: 'ms' }) as const;
    const [p50, p95] = [quantile(own, 0.5), quantile(own, 0.95)];
    const before = small.find((one) => one.name === name);
    return [
      ...(byHand.length === 0
        ? []
        : [
            compared(figure('vs-hand-p50'), [p50], [quantile(byHand, 0.5)]),
            compared(figure('vs-hand-p95'), [p95], [quantile(byHand, 0.95)]),
          ]),
      compared(figure('p95-vs-aim'), [p95], [AIM_MS]),
      ...(before ? [compared(figure('growth'), [p50], [quantile(before.own, 0.5)])] : []),
    ];
  });
}
