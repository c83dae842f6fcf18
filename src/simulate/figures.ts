import { percentile } from '../demo/run/summary';
import type { Ended, Ending, Span } from './day';

/** A number of the day; undefined when there is nothing that it could be told of. */
export interface Measure {
  readonly name: string;
  readonly unit: 'customers' | 'calls' | '%' | 's' | '';
  readonly value: number | undefined;
}

/** Within so much of the wait he had, or so long, an estimate was of use to him. */
const NEAR_SHARE = 0.5;
const NEAR_MS = 60_000;

/** Nearest rank; undefined of none. */
export function percentileOf(values: readonly number[], share: number): number | undefined {
  return values.length === 0 ? undefined : percentile(values, share);
}

export function meanOf(values: readonly number[]): number | undefined {
  return ratio(
    values.reduce((sum, value) => sum + value, 0),
    values.length,
  );
}

/** Undefined when the whole is nothing. */
export function ratio(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : part / whole;
}

/** How long those with this end were in line, ms. */
export function waitsOf(ended: readonly Ended[], outcome: Ending): number[] {
  return ended.flatMap((one) =>
    one.outcome === outcome && one.line ? [one.line.leftAt - one.line.enteredAt] : [],
  );
}

/** Of all who entered the line, the share that was answered within so long. */
export function serviceLevel(ended: readonly Ended[], withinMs: number): number | undefined {
  const inTime = waitsOf(ended, 'ANSWERED').filter((wait) => wait <= withinMs);
  return ratio(inTime.length, ended.filter(({ line }) => line).length);
}

/** How long agents were busy or in wrap-up, of all the time that they were at work. */
export function occupancy(spans: readonly Span[], atWorkMs: number): number | undefined {
  return ratio(
    spans.reduce((sum, { from, to }) => sum + to - from, 0),
    atWorkMs,
  );
}

interface EstimateError {
  readonly estimateMs: number;
  readonly errorMs: number;
  readonly waitMs: number;
}

/** Estimate minus wait for each who was told one and answered, ms: above 0, he was told too much. */
export function estimateErrors(ended: readonly Ended[]): EstimateError[] {
  return ended.flatMap(({ outcome, line }) => {
    if (outcome !== 'ANSWERED' || line?.estimateMs === undefined) return [];
    const waitMs = line.leftAt - line.enteredAt;
    return [{ estimateMs: line.estimateMs, errorMs: line.estimateMs - waitMs, waitMs }];
  });
}

/** What can be said of some of the day's customers and of the agents' time that went to them. */
export function measuresOf(
  ended: readonly Ended[],
  spans: readonly Span[],
  { atWorkMs, withinMs }: { readonly atWorkMs: number; readonly withinMs: number },
): Measure[] {
  const count = (outcome: Ending): number => ended.filter((one) => one.outcome === outcome).length;
  const entered = ended.filter(({ line }) => line).length;
  return [
    { name: 'entered the line', unit: 'customers', value: entered },
    { name: 'answered', unit: 'customers', value: count('ANSWERED') },
    { name: 'called in vain', unit: 'customers', value: count('NO_SHOW') },
    { name: 'abandoned', unit: 'customers', value: count('ABANDONED') },
    { name: 'expired', unit: 'customers', value: count('EXPIRED') },
    percent(`answered within ${withinMs / 1_000} s`, serviceLevel(ended, withinMs)),
    percent('abandonment', ratio(count('ABANDONED'), entered)),
    ...waitMeasures('wait of the answered', waitsOf(ended, 'ANSWERED')),
    ...waitMeasures('wait of the abandoned', waitsOf(ended, 'ABANDONED')),
    percent('agents’ occupancy', occupancy(spans, atWorkMs)),
    ...estimateMeasures(ended),
  ];
}

function waitMeasures(name: string, waits: readonly number[]): Measure[] {
  return [50, 90, 95].map((p) => seconds(`${name}, p${p}`, percentileOf(waits, p / 100)));
}

function estimateMeasures(ended: readonly Ended[]): Measure[] {
  const errors = estimateErrors(ended);
  // "No wait" is easy to tell, and on a quiet day it is most of what is told.
  const toWait = errors.filter(({ estimateMs }) => estimateMs > 0);
  const none = ended.filter(({ line }) => line && line.estimateMs === undefined).length;
  const absolute = errors.map(({ errorMs }) => Math.abs(errorMs));
  return [
    { name: 'no estimate shown', unit: 'customers', value: none },
    seconds('estimate, median absolute error', percentileOf(absolute, 0.5)),
    seconds('estimate, mean error', meanOf(errors.map(({ errorMs }) => errorMs))),
    percent('estimate within 50 % or 1 min', shareNear(errors)),
    percent('the same where a wait was shown', shareNear(toWait)),
  ];
}

function shareNear(errors: readonly EstimateError[]): number | undefined {
  const near = errors.filter(
    ({ errorMs, waitMs }) => Math.abs(errorMs) <= Math.max(NEAR_SHARE * waitMs, NEAR_MS),
  );
  return ratio(near.length, errors.length);
}

export function percent(name: string, share: number | undefined): Measure {
  return { name, unit: '%', value: share === undefined ? undefined : share * 100 };
}

function seconds(name: string, ms: number | undefined): Measure {
  return { name, unit: 's', value: ms === undefined ? undefined : ms / 1_000 };
}
