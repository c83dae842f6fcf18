import { markdownTable } from '../markdown-table';
import { meaningOf, wordsOf } from './columns';
import { documentedEvents, sharedTypes, type DocumentedStream } from './events';
import { ASKED_NAMES, keysOf } from './keys';
import { documentedTables, type DocumentedTable } from './tables';

/** What docs/log.md has between its markers. */
export function logPage(): string {
  return [
    '## The names asked for',
    namesTable(),
    '## Events',
    'Each row has its OUID, the actor and the time. “Keys” are the asked-for names that a row of this event never lacks; others stand in it where they are known. Fields are those of `details`.',
    ...documentedEvents().flatMap(eventsSection),
    '### Shared types',
    `\`\`\`ts\n${sharedTypes()}\n\`\`\``,
    '## Tables',
    'The current-state tables hold, for each key, the row of the event with the highest `seq`: read them with `FINAL`. They derive from `activity_log` by materialized views.',
    ...documentedTables().flatMap(tableSection),
  ].join('\n\n');
}

function namesTable(): string {
  const rows = ASKED_NAMES.map(({ name, column, field, what }) => [
    name,
    code(column),
    code(field),
    what,
  ]);
  return markdownTable(['name', 'column', 'in JSON', 'what it is'], rows, []);
}

function eventsSection({ stream, meaning, events }: DocumentedStream): string[] {
  const rows = events.map(({ type, meaning: means, by, details }) => [
    code(type),
    cell(means),
    by,
    keysOf(type),
    details === '' ? '' : code(details),
  ]);
  const heads = ['event', 'what it means', 'caused by', 'keys', 'fields'];
  return [`### Stream \`${stream}\``, meaning, markdownTable(heads, rows, [])];
}

function tableSection({ name, columns, key, partition, ttl }: DocumentedTable): string[] {
  const facts = [
    `Key: ${code(key)}`,
    ...(partition === '' ? [] : [`partition: ${code(partition)}`]),
    ttl === '' ? 'no TTL: the purge deletes by key' : `TTL: ${code(ttl)}`,
  ];
  const rows = columns.map((column) => [
    code(column.name),
    code(column.type),
    cell(meaningOf(name, column.name)),
  ]);
  return [
    `### \`${name}\``,
    `${wordsOf(name)} ${facts.join('; ')}.`,
    markdownTable(['column', 'type', 'meaning'], rows, []),
  ];
}

function code(text: string): string {
  return `\`${cell(text)}\``;
}

/** A bar would end the cell, also within code. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
