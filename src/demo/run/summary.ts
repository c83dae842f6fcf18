import { profileWorkflowId } from '../../../workflows/contracts';
import { workflowPage } from '../../local/summary';
import { isFinal, PROFILE_STATUSES } from '../../domain/words';
import type { TimelineEvent } from '../actors/client';
import type { Played } from './journey';
import type { DemoResult } from './run-demo';

export interface SummaryOptions {
  /** Of the Temporal UI; '' when there is none. */
  readonly uiUrl: string;
  readonly namespace: string;
  /** The UI is there after the run, too. */
  readonly stays: boolean;
  /** Of a day's trace: also how late the arrivals were. */
  readonly traced: boolean;
}

/** What was played, how long its steps took, one journey, and everything that went wrong. */
export function summaryLines(result: DemoResult, options: SummaryOptions): string[] {
  const { played, lateMs } = result;
  return [
    '',
    ...outcomeLines(played),
    '',
    ...durationLines(played),
    ...(options.traced ? [`arrivals late by ${spread(lateMs)}`] : []),
    '',
    ...exampleLines(played, options),
    ...wrongLines(played),
  ];
}

function outcomeLines(played: readonly Played[]): string[] {
  const rows = new Map<string, number>();
  for (const { script, status, reason } of played) {
    const row = [script.outcome.name, status, reason].join('\t');
    rows.set(row, (rows.get(row) ?? 0) + 1);
  }
  const cells = [...rows].sort().map(([row, count]) => [...row.split('\t'), String(count)]);
  const total = ['all', '', '', String(played.length)];
  return table([['journey', 'ended', 'reason', 'how many'], ...cells, total]);
}

/** How long journeys stood in each status, by what the log says. */
function durationLines(played: readonly Played[]): string[] {
  const times = new Map<string, number[]>();
  const add = (step: string, ms: number): void => {
    times.set(step, [...(times.get(step) ?? []), ms]);
  };
  for (const { events } of played) {
    const changes = statusChanges(events);
    changes.forEach(({ status, at }, i) => {
      const next = changes[i + 1];
      if (next) add(status, next.at - at);
      else if (isFinal(status)) add('creation to end', at - (changes[0]?.at ?? at));
    });
  }
  const steps = [...PROFILE_STATUSES, 'creation to end'].filter((step) => times.has(step));
  const cells = steps.map((step) => {
    const ms = times.get(step) ?? [];
    return [step, seconds(percentile(ms, 0.5)), seconds(percentile(ms, 0.95)), String(ms.length)];
  });
  return table([['time in', 'p50', 'p95', 'how often'], ...cells]);
}

/** The journey with the longest way to its end as scripted. */
function exampleLines(played: readonly Played[], options: SummaryOptions): string[] {
  const { uiUrl, namespace, stays } = options;
  const [example] = played
    .filter(({ wrong, events }) => wrong === '' && events.length > 0)
    .sort((a, b) => statusChanges(b.events).length - statusChanges(a.events).length);
  if (!example) return [];
  const changes = statusChanges(example.events);
  const begin = changes[0]?.at ?? 0;
  return [
    `One journey, ${example.script.outcome.name}: ProfileID ${example.profileId}, ${example.events.length} events`,
    ...changes.map(({ status, at, reason }) =>
      `  ${new Date(at).toISOString()} ${seconds(at - begin).padStart(9)}  ${status} ${reason}`.trimEnd(),
    ),
    ...(uiUrl === ''
      ? []
      : [`  ${workflowPage(uiUrl, namespace, profileWorkflowId(example.profileId))}`]),
    ...(uiUrl === '' || stays
      ? []
      : ['  (with --stay the servers keep running, and the page is there)']),
  ];
}

function wrongLines(played: readonly Played[]): string[] {
  const wrong = played.filter((one) => one.wrong !== '');
  if (wrong.length === 0) return ['', 'Every journey ended as its script says.'];
  return [
    '',
    `${wrong.length} of ${played.length} journeys did not go as their scripts say:`,
    ...wrong.map((one) => `  ${one.profileId} (${one.script.outcome.name}): ${one.wrong}`),
  ];
}

export function statusChanges(
  events: readonly TimelineEvent[],
): { status: string; at: number; reason: string }[] {
  return events
    .filter(
      ({ profileStatus, statusSince }, i) =>
        profileStatus !== events[i - 1]?.profileStatus ||
        statusSince !== events[i - 1]?.statusSince,
    )
    .map(({ profileStatus, statusSince, reason }) => ({
      status: profileStatus,
      at: Date.parse(statusSince),
      reason,
    }));
}

/** The value below which this share of all lies (nearest rank); 0 of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

function spread(ms: readonly number[]): string {
  return `p50 ${seconds(percentile(ms, 0.5))}, p95 ${seconds(percentile(ms, 0.95))}`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(2)} s`;
}

/** Columns side by side, numbers (all but the first) to the right when they look like numbers. */
function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) =>
        /^[\d.]+( s)?$/.test(cell) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
