import { readFileSync } from 'node:fs';
import { messageOf, StartError } from '../../local/start-error';
import { busiestHour } from './busiest-hour';
import { parseTrace, type TracedCall } from './call';
import { generateTrace } from './generate';

/** Which trace a command is asked to take. */
export interface TraceWanted {
  /** A CSV file, or `generated`. */
  readonly trace: string;
  /** Of a generated one: its seed and how many calls it has. */
  readonly seed: number;
  readonly profiles: number;
  /** Not the whole day, but the hour in which most calls arrive. */
  readonly busiestHour: boolean;
}

/** @throws StartError when there is no such file, or it is no trace. */
export function readTrace(wanted: TraceWanted): TracedCall[] {
  const day = readDay(wanted);
  return wanted.busiestHour ? busiestHour(day) : day;
}

function readDay({ trace, seed, profiles }: TraceWanted): TracedCall[] {
  if (trace === 'generated') return parseTrace(generateTrace(seed, profiles));
  try {
    return parseTrace(readFileSync(trace, 'utf8'));
  } catch (error) {
    throw new StartError(`${trace} cannot be read: ${messageOf(error)}.`);
  }
}
