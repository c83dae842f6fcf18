import { seeded, type Draw } from '../seeded';
import { COLUMNS, NEVER, NO_SERVER } from './call';

/** How a call centre's day goes: how many of a thousand calls arrive in each hour. */
export const HOURS = [
  2, 1, 1, 1, 1, 2, 6, 24, 57, 94, 99, 91, 74, 74, 72, 82, 73, 72, 40, 27, 34, 35, 22, 16,
];
/** Of a hundred calls, what they are about. */
const TYPES = { PS: 69, NW: 18, NE: 6, IN: 5, TT: 1, PE: 1 } as const;
const AGENTS = 18;
/** Means, s: in the voice menu, until a caller gives up, with an agent. */
const MENU = 10;
const PATIENCE = 150;
const QUEUE = 60;
const SERVICE = 190;
/** Of a hundred: who hang up in the menu, who give up in line, whose line is dead when answered. */
const IN_MENU = 5;
const IN_LINE = 30;
const PHANTOM = 1;

/** An invented day of `calls` calls with the columns of the research data: the same seed, the same day. */
export function generateTrace(seed: number, calls: number): string {
  const draw = seeded(seed, 'trace');
  const rows = Array.from({ length: calls }, (_, i) => row(draw, i));
  return [COLUMNS.join(','), ...rows, ''].join('\n');
}

function row(draw: Draw, i: number): string {
  const type = weighted(draw, TYPES);
  const hour = Number(weighted(draw, Object.fromEntries(HOURS.entries())));
  const entry = hour * 3_600 + Math.floor(draw() * 3_600);
  const menu = exponential(draw, MENU);
  const how = draw() * 100;
  const exit = entry + menu;
  const line = [`GEN${i % 16}`, i + 1, type, clock(entry), clock(exit), menu];
  if (how < IN_MENU) return [...line, ...nothing(), 'HANG', ...nothing(), NO_SERVER].join(',');
  const hangs = how < IN_MENU + IN_LINE;
  const queue = exponential(draw, hangs ? PATIENCE : QUEUE);
  const queued = [clock(exit), clock(exit + queue), queue];
  if (hangs) return [...line, ...queued, 'HANG', ...nothing(), NO_SERVER].join(',');
  const phantom = how < IN_MENU + IN_LINE + PHANTOM;
  const service = phantom ? 5 : exponential(draw, SERVICE);
  const served = [clock(exit + queue), clock(exit + queue + service), service];
  const agent = `AGT_${String(1 + Math.floor(draw() * AGENTS)).padStart(2, '0')}`;
  const end = phantom ? ['PHANTOM', ...served, NO_SERVER] : ['AGENT', ...served, agent];
  return [...line, ...queued, ...end].join(',');
}

function nothing(): [string, string, number] {
  return [NEVER, NEVER, 0];
}

function exponential(draw: Draw, mean: number): number {
  return Math.ceil(-Math.log(1 - draw()) * mean);
}

function weighted(draw: Draw, weights: Readonly<Record<string, number>>): string {
  const entries = Object.entries(weights);
  let left = draw() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return entries.at(-1)?.[0] ?? '';
}

/** After midnight it is the next day's, which the trace writes as a late hour of this one. */
function clock(seconds: number): string {
  const within = Math.min(seconds, 24 * 3_600 - 1);
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${Math.floor(within / 3_600)}:${two(Math.floor(within / 60) % 60)}:${two(within % 60)}`;
}
