import { type Entry } from '../../clickhouse/insights/drill-down';
import type { Group, InsightsRepository } from '../../clickhouse/insights/insights.repository';
import type { Resource } from '../../clickhouse/insights/resources';
import type { Question } from '../../clickhouse/insights/scope';
import { HOUR } from './insight-day';
import { BANK, MORNING } from './insight-rows';

export function question(resource: Resource, given: Partial<Question> = {}): Question {
  return {
    ...{ ouid: BANK, resource, from: MORNING - HOUR, to: MORNING + 12 * HOUR, timeZone: 'UTC' },
    ...{ filters: {}, groupBy: [], figures: [], withinSeconds: 60, ...given },
  };
}

/** The figures of everything together. */
export async function whole(
  insights: InsightsRepository,
  resource: Resource,
  given: Partial<Question> = {},
): Promise<Group['figures']> {
  const { items } = await insights.figures(question(resource, given));
  if (items.length !== 1) throw new Error(`${resource} has ${items.length} groups`);
  return items[0]?.figures ?? {};
}

/** All entries of a figure, three by three. */
export async function entriesOf(
  insights: InsightsRepository,
  resource: Resource,
  figure: string,
  given: Partial<Question> = {},
): Promise<Entry[]> {
  const found: Entry[] = [];
  let cursor: string | undefined;
  do {
    const opened = { ...question(resource, given), figure };
    const page = await insights.entries(opened, { limit: 3, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}
