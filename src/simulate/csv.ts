import { MIDNIGHT } from './customers';
import type { Ended } from './day';
import type { Scope } from './report';

/** One row a customer, in the order of arrival. */
export function waitsCsv(ended: readonly Ended[]): string {
  const head = 'arrival,queue,language,skill,outcome,wait_s,estimate_s,agent';
  return csv([head.split(','), ...ended.map(waitRow)]);
}

function waitRow({ customer, outcome, line, agentId }: Ended): string[] {
  return [
    timeOfDay(customer.arrivesAt),
    line?.queueId ?? '',
    customer.language,
    customer.skills.join(' '),
    outcome,
    line ? seconds(line.leftAt - line.enteredAt) : '',
    line?.estimateMs === undefined ? '' : seconds(line.estimateMs),
    agentId,
  ];
}

/** One row a figure; `all` is the day as a whole. */
export function summaryCsv(scopes: readonly Scope[]): string {
  const rows = scopes.flatMap(({ queueId, measures }) =>
    measures.map(({ name, unit, value }) => [
      name,
      queueId === '' ? 'all' : queueId,
      value === undefined ? '' : String(Math.round(value * 1_000) / 1_000),
      unit,
    ]),
  );
  return csv([['figure', 'queue', 'value', 'unit'], ...rows]);
}

/** After midnight the hours go on: 25:10:00 is the next day's 1:10. */
export function timeOfDay(at: number): string {
  const s = Math.floor((at - MIDNIGHT) / 1_000);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(s / 3_600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}

function seconds(ms: number): string {
  return String(ms / 1_000);
}

function csv(rows: readonly (readonly string[])[]): string {
  return rows.map((row) => `${row.map(quoted).join(',')}\n`).join('');
}

/** As RFC 4180 says. */
function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
