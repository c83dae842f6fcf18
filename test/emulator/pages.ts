import { Refusal } from './refusal';

/** 10 to 100 a page, the next from `last` on (100ms docs: Pagination). An empty list is null. */
export function pageOf<T extends { readonly id: string }>(
  all: readonly T[],
  query: URLSearchParams,
  answer: (item: T) => object,
): object {
  const limit = Number(query.get('limit') ?? 10);
  if (!Number.isInteger(limit) || limit < 10 || limit > 100) throw badQuery('limit');
  const start = query.get('start') ?? '';
  const from = all.findIndex(({ id }) => id === start) + 1;
  if (start !== '' && from === 0) throw badQuery('start');
  const page = all.slice(from, from + limit);
  const data = page.length === 0 ? null : page.map(answer);
  return { limit, data, last: page.at(-1)?.id ?? '' };
}

/** What fits all the filters that were given. */
export function filtered<T>(
  all: readonly T[],
  query: URLSearchParams,
  fields: Readonly<Record<string, (item: T) => string>>,
): T[] {
  return all.filter((item) =>
    Object.entries(fields).every(([name, valueOf]) => {
      const wanted = query.get(name);
      return wanted === null || wanted === valueOf(item);
    }),
  );
}

export function badQuery(detail: string): Refusal {
  return new Refusal(400, 'Invalid query param', [detail]);
}

/** One of `values`. @throws Refusal */
export function requireOneOf(
  query: URLSearchParams,
  name: string,
  values: readonly string[],
): void {
  const value = query.get(name);
  if (value !== null && !values.includes(value)) throw badQuery(name);
}
