/**
 * One call of a call centre's day, as the columns of the trace say it (seconds since midnight, or
 * how many): the "AnonymousBank" research data's columns, which our generator writes too.
 */
export interface TracedCall {
  readonly type: string;
  readonly entry: number;
  /** In the voice menu: here, capturing. */
  readonly menu: number;
  readonly queued: boolean;
  readonly queue: number;
  readonly outcome: 'AGENT' | 'HANG' | 'PHANTOM';
  readonly service: number;
  /** '' when no agent took it. */
  readonly server: string;
}

export const COLUMNS = [
  'vru+line',
  'call_id',
  'type',
  'vru_entry',
  'vru_exit',
  'vru_time',
  'q_start',
  'q_exit',
  'q_time',
  'outcome',
  'ser_start',
  'ser_exit',
  'ser_time',
  'server',
] as const;
type Column = (typeof COLUMNS)[number];

/** What the trace writes for a time that never came, and for nobody. */
export const NEVER = '0:00:00';
export const NO_SERVER = 'NO_SERVER';

/** All calls of a trace in the order of their arrival. @throws Error naming the line that is wrong */
export function parseTrace(text: string): TracedCall[] {
  const [header = '', ...lines] = text.split(/\r?\n/).filter((line) => line !== '');
  if (header !== COLUMNS.join(',')) {
    throw new Error(`the trace's first line is not ${COLUMNS.join(',')}`);
  }
  return lines.map((line, i) => parseCall(line, i + 2)).sort((a, b) => a.entry - b.entry);
}

function parseCall(line: string, number: number): TracedCall {
  const cells = line.split(',');
  const wrong = (what: string): Error => new Error(`line ${number} of the trace: ${what}`);
  if (cells.length !== COLUMNS.length) throw wrong(`${cells.length} columns`);
  const cell = (name: Column): string => cells[COLUMNS.indexOf(name)] ?? '';
  // Three rows of the research data leave the menu before they came: a clock's fault, no time at all.
  const seconds = (name: Column): number => {
    if (!/^-?\d+$/.test(cell(name))) throw wrong(`${name} is no number of seconds`);
    return Math.max(0, Number(cell(name)));
  };
  const outcome = cell('outcome');
  if (outcome !== 'AGENT' && outcome !== 'HANG' && outcome !== 'PHANTOM') {
    throw wrong(`unknown outcome ${outcome}`);
  }
  const server = cell('server');
  return {
    type: cell('type'),
    entry: clock(cell('vru_entry'), wrong),
    menu: seconds('vru_time'),
    queued: cell('q_start') !== NEVER,
    queue: seconds('q_time'),
    outcome,
    service: seconds('ser_time'),
    server: server === NO_SERVER ? '' : server,
  };
}

function clock(text: string, wrong: (what: string) => Error): number {
  const [, h, m, s] = /^(\d{1,2}):(\d\d):(\d\d)$/.exec(text) ?? [];
  if (h === undefined || m === undefined || s === undefined) throw wrong('vru_entry is no time');
  return Number(h) * 3_600 + Number(m) * 60 + Number(s);
}
