import { DIMENSIONS } from '../../clickhouse/insights/dimensions';
import { dimensionsOf, isCountable, type Measured } from '../../clickhouse/insights/figure';
import { type Group, InsightsRepository } from '../../clickhouse/insights/insights.repository';
import { RESOURCE_NAMES, RESOURCES, type Resource } from '../../clickhouse/insights/resources';
import type { Question } from '../../clickhouse/insights/scope';
import type { LogRow } from '../../src/domain/log-row';
import { MINUTE, writeDay } from './insight-day';
import { entriesOf, question, whole } from './insight-questions';
import { Case, MORNING } from './insight-rows';
import { startLog, type TestLog } from './log-fixture';

let log: TestLog;
let insights: InsightsRepository;
const all = (resource: Resource, given: Partial<Question> = {}) => whole(insights, resource, given);

beforeAll(async () => {
  log = await startLog();
  insights = new InsightsRepository(log.client);
  await writeDay(log);
});
afterAll(() => log.stop());

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
      const entries = await entriesOf(insights, resource, name);
      const ids = entries.map(({ profileId }) => profileId);
      const isOfCases = isCountable(figure) && figure.value.kind === 'PROFILES';
      expect(entries.length).toBe(isCountable(figure) ? value : entries.length);
      expect(isOfCases ? new Set(ids).size : ids.length).toBe(entries.length);
      expect(entries.length > 0).toBe(value !== null && value! > 0);
      expect(entries.map(({ at }) => at)).toEqual(
        entries
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      );
    },
  );

  it.each(figures.filter(([, , figure]) => 'value' in figure))(
    '%s %s is what the values of its entries come to',
    async (resource, name, figure) => {
      const told = (await counted(resource))[name] ?? 0;
      const values = (await entriesOf(insights, resource, name)).map(({ value }) => value);
      expect(comesTo(figure as Measured, values)).toBeCloseTo(told, 6);
    },
  );
});

/** As the figure's definition says it, without ClickHouse. */
function comesTo({ value }: Measured, values: readonly number[]): number {
  if (value.kind !== 'QUANTILE') return values.reduce((sum, one) => sum + one, 0);
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(Math.floor(sorted.length * value.level), sorted.length - 1)] ?? 0;
}

describe('entries', () => {
  it('tell whose they are', async () => {
    const [entry] = await entriesOf(insights, 'operators', 'overturned');
    expect(entry).toEqual({
      at: expect.stringMatching(/^2026-06-16T05:/),
      ...{ profileId: 'p-2', extReferenceId: 'ref-p-2', status: 'REJECTED', avSessionId: '' },
      ms: MINUTE,
      value: 1,
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
