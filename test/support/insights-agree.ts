import { DIMENSIONS } from '../../clickhouse/insights/dimensions';
import { RESOURCE_NAMES } from '../../clickhouse/insights/resources';
import type { RunRecord } from '../../src/demo/record/record-file';
import { recomputed } from './recomputed';

interface Answer {
  readonly items: readonly {
    readonly group: Readonly<Record<string, string>>;
    readonly figures: Readonly<Record<string, number | null>>;
  }[];
}

const HOUR_MS = 3_600_000;

/**
 * Asks for every figure that the actors of a run can count themselves, whole and by group.
 *
 * @returns one sentence for each difference, and how many numbers were compared
 */
export async function insightsAgree(
  record: RunRecord,
  get: <T>(path: string) => Promise<T>,
): Promise<{ differences: readonly string[]; compared: number }> {
  const tally = recomputed(record);
  const from = Date.parse(record.run.at) - HOUR_MS;
  const range = {
    from: new Date(from).toISOString(),
    to: new Date(from + 24 * HOUR_MS).toISOString(),
  };
  const differences: string[] = [];
  let compared = 0;
  for (const dimension of tally.dimensions) {
    for (const resource of RESOURCE_NAMES) {
      const figures = tally.figures(dimension).filter((name) => name.startsWith(`${resource} `));
      if (figures.length === 0) continue;
      const names = figures.map((figure) => figure.split(' ')[1] ?? '');
      // The whole of a funnel is no figure: its cases are counted step by step.
      if (resource === 'funnel' && dimension === '') continue;
      const groupBy = DIMENSIONS.some((d) => d === dimension) ? { groupBy: dimension } : {};
      const query = new URLSearchParams({ ...range, ...groupBy, figures: names.join(',') });
      const { items } = await get<Answer>(`/v1/insights/${resource}?${query.toString()}`);
      for (const [i, figure] of figures.entries()) {
        const told = new Map(
          items.map(({ group, figures: f }) => [group[dimension] ?? '', f[names[i] ?? ''] ?? 0]),
        );
        const groups = new Set([...told.keys(), ...tally.values(figure, dimension)]);
        for (const group of groups) {
          compared += 1;
          const wrong = tally.differs(figure, dimension, group, told.get(group) ?? 0);
          if (wrong !== '') differences.push(wrong);
        }
      }
    }
  }
  return { differences, compared };
}
