import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBetweenMarkers } from '../between-markers';
import { meaningOf, wordsForNothing, wordsOf } from './columns';
import { documentedEvents } from './events';
import { ASKED_NAMES } from './keys';
import { logPage } from './page';
import { documentedTables } from './tables';

it('docs/log.md is what the events and the migrations give', () => {
  const text = readFileSync(join(__dirname, '../../docs/log.md'), 'utf8');
  expect(withBetweenMarkers(text, 'docs:log', logPage())).toBe(text);
});

it('every event has a meaning, and says who causes it', () => {
  const events = documentedEvents().flatMap((stream) => stream.events);
  expect(events.length).toBeGreaterThan(80);
  const without = events.filter(({ meaning, by }) => meaning === '' || by === '');
  expect(without.map(({ type }) => type)).toEqual([]);
});

it('finds an event without a word', () => {
  const text = "/** Of a desk. */ export interface DeskEvents { 'a.b': { x: 1 | 2; y: string } }";
  expect(documentedEvents(text)).toEqual([
    {
      stream: 'desk',
      meaning: 'Of a desk.',
      events: [{ type: 'a.b', meaning: '', by: '', details: 'x: 1 | 2, y: string' }],
    },
  ]);
  expect(() => documentedEvents('export interface NewEvents {}')).toThrow('has no stream');
});

it('every table and column has a meaning, and no meaning stands for nothing', () => {
  const tables = documentedTables();
  expect(tables.length).toBeGreaterThan(9);
  const without = tables.flatMap(({ name, columns }) => [
    ...(wordsOf(name) === '' ? [name] : []),
    ...columns.filter((c) => meaningOf(name, c.name) === '').map((c) => `${name}.${c.name}`),
  ]);
  expect(without).toEqual([]);
  expect(wordsForNothing(tables)).toEqual([]);
  expect(wordsForNothing([])).toContain('profiles');
});

it('reads columns with their types, also those that came later', () => {
  const tables = documentedTables();
  const typeOf = (table: string, column: string): string | undefined =>
    tables.find(({ name }) => name === table)?.columns.find(({ name }) => name === column)?.type;
  expect(typeOf('activity_log', 'occurred_at')).toBe("DateTime64(3, 'UTC')");
  expect(typeOf('activity_log', 'created_at')).toBe("Nullable(DateTime64(3, 'UTC'))");
  expect(typeOf('av_sessions', 'recording_doubts')).toBe('Array(LowCardinality(String))');
  expect(typeOf('call_quality', 'terminal')).toBe('Bool');
  const log = tables.find(({ name }) => name === 'activity_log');
  expect(log).toMatchObject({
    key: 'ouid, stream, occurred_at, stream_id, seq',
    partition: 'toYYYYMM(occurred_at)',
    ttl: 'expires_at',
  });
});

it('every name asked for is a column of the log', () => {
  const log = documentedTables().find(({ name }) => name === 'activity_log');
  const columns = log?.columns.map(({ name }) => name) ?? [];
  expect(ASKED_NAMES.filter(({ column }) => !columns.includes(column))).toEqual([]);
});
