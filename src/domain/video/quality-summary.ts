import { isoTime } from '../log-row';
import type { Measure, QualitySample } from './quality';

/** What one side of a call was like. A figure is null when its client never gave it. */
export interface QualitySummary {
  readonly samples: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Of the network's scores; a score of -1 is none. */
  readonly averageScore: number | null;
  readonly worstScore: number | null;
  readonly scores: number;
  /** How many samples the p95 figures rest on. */
  readonly stats: number;
  readonly p95JitterMs: number | null;
  readonly p95RoundTripMs: number | null;
  readonly p95PacketLossPercent: number | null;
  /** How often the connection was lost, and for how long altogether. */
  readonly reconnects: number;
  readonly secondsDisconnected: number;
  readonly errors: readonly ErrorCount[];
}

export interface ErrorCount {
  readonly code: number;
  readonly count: number;
  /** The SDK gave up at least once. */
  readonly terminal: boolean;
}

/**
 * Samples of one side, in any order. `endedAt`: when the call ended, for a connection that did not
 * come back; without it, such a time ends with the last sample.
 */
export function summarize(
  samples: readonly QualitySample[],
  endedAt: number | undefined,
): QualitySummary {
  const inOrder = samples.toSorted((a, b) => a.at - b.at);
  const scores = inOrder.flatMap((s) => (s.kind === 'NETWORK' && s.score >= 0 ? [s.score] : []));
  const first = inOrder.at(0);
  const last = inOrder.at(-1);
  return {
    samples: inOrder.length,
    firstAt: first ? isoTime(first.at) : '',
    lastAt: last ? isoTime(last.at) : '',
    averageScore: average(scores),
    worstScore: scores.length === 0 ? null : Math.min(...scores),
    scores: scores.length,
    stats: inOrder.filter((s) => s.kind === 'STATS').length,
    p95JitterMs: p95(valuesOf(inOrder, 'jitterMs')),
    p95RoundTripMs: p95(valuesOf(inOrder, 'roundTripMs')),
    p95PacketLossPercent: p95(valuesOf(inOrder, 'packetLossPercent')),
    ...outages(inOrder, endedAt ?? last?.at ?? 0),
    errors: errorsOf(inOrder),
  };
}

function valuesOf(samples: readonly QualitySample[], measure: Measure): number[] {
  return samples.flatMap((s) => {
    const value = s.kind === 'STATS' ? s[measure] : undefined;
    return value === undefined ? [] : [value];
  });
}

function average(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sum = values.reduce((total, value) => total + value, 0);
  return Math.round((sum / values.length) * 100) / 100;
}

/** Nearest rank: the smallest value that at least 95 of 100 do not exceed. */
function p95(values: readonly number[]): number | null {
  const rank = Math.ceil(values.length * 0.95);
  return values.toSorted((a, b) => a - b)[rank - 1] ?? null;
}

/** A client may say twice that it reconnects, or lose the word that it did: times are never counted twice. */
function outages(
  inOrder: readonly QualitySample[],
  end: number,
): { readonly reconnects: number; readonly secondsDisconnected: number } {
  let since: number | undefined;
  let reconnects = 0;
  let gone = 0;
  for (const { kind, at } of inOrder) {
    if (kind === 'RECONNECTING' && since === undefined) {
      since = at;
      reconnects += 1;
    } else if (kind === 'RECONNECTED' && since !== undefined) {
      gone += at - since;
      since = undefined;
    }
  }
  if (since !== undefined) gone += Math.max(end - since, 0);
  return { reconnects, secondsDisconnected: Math.round(gone / 1_000) };
}

function errorsOf(samples: readonly QualitySample[]): ErrorCount[] {
  const found = new Map<number, ErrorCount>();
  for (const sample of samples) {
    if (sample.kind !== 'ERROR') continue;
    const { code, terminal } = sample;
    const known = found.get(code) ?? { code, count: 0, terminal: false };
    found.set(code, { code, count: known.count + 1, terminal: known.terminal || terminal });
  }
  return [...found.values()].toSorted((a, b) => a.code - b.code);
}
