import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DEMO_OUID, demoSettings } from '../local/demo/demo-settings';
import { declareOwnOrganization, startOwnServers } from './own-servers';
import { parseDemoOptions, type DemoOptions } from './options';
import { planRun, type PlannedRun } from './plan';
import { NO_RECORD, RecordFile } from './record/record-file';
import { runDemo, type DemoResult } from './run/run-demo';
import { summaryLines } from './run/summary';
import type { Terminal } from './run/terminal';
import { fitted } from './settings';

export interface CommandSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
}

/** `npm run demo`. @returns the exit code: 0 when every journey ended as its script says. */
export async function demoCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<number> {
  const options = parseDemoOptions(args);
  const planned = planRun(options);
  const result = await (options.api === ''
    ? runOnOwnServers(options, planned, surroundings)
    : runOnGivenServers(options, planned, surroundings));
  return result.played.every(({ wrong }) => wrong === '') ? 0 : 1;
}

/** The record names the data directory, so that `verify` can start the servers on it again. */
async function runOnOwnServers(
  options: DemoOptions,
  planned: PlannedRun,
  surroundings: CommandSurroundings,
): Promise<DemoResult> {
  const { terminal, signal, env } = surroundings;
  const dataDir =
    options.dataDir === ''
      ? mkdtempSync(join(tmpdir(), 'video-kyc-demo-'))
      : resolve(options.dataDir);
  const kept = options.record !== '' || options.dataDir !== '';
  try {
    const tell = (line: string): void => {
      terminal.line(line);
    };
    const servers = await startOwnServers({ dataDir, env, signal, tell });
    try {
      const { context } = servers;
      const { staff, timers, blindReviewPercent } = planned;
      const settings = (apiKey: string) =>
        fitted(demoSettings(apiKey), staff, timers, blindReviewPercent);
      const key = await declareOwnOrganization(servers, settings, DEMO_OUID);
      const ui = { uiUrl: context.temporalUiUrl, namespace: context.namespace };
      const access = { apiUrl: context.apiUrl, key, dataDir, ...ui };
      const result = await runRecorded(options, planned, access, surroundings);
      if (options.stay) await untilInterrupted(terminal, signal);
      return result;
    } finally {
      await servers.session.end();
    }
  } finally {
    if (kept) terminal.line(`The data are in ${dataDir}.`);
    else rmSync(dataDir, { recursive: true, force: true });
  }
}

function runOnGivenServers(
  options: DemoOptions,
  planned: PlannedRun,
  surroundings: CommandSurroundings,
): Promise<DemoResult> {
  surroundings.terminal.line(
    `Demo on ${options.api}: without the journeys that need its policy to be ours (short timers, second reviews).`,
  );
  const access = { apiUrl: options.api, key: options.key, dataDir: '', uiUrl: '', namespace: '' };
  return runRecorded(options, planned, access, surroundings);
}

interface Access {
  readonly apiUrl: string;
  readonly key: string;
  readonly dataDir: string;
  readonly uiUrl: string;
  readonly namespace: string;
}

async function runRecorded(
  options: DemoOptions,
  { plan, staff }: PlannedRun,
  { apiUrl, key, dataDir, uiUrl, namespace }: Access,
  { terminal, signal }: CommandSurroundings,
): Promise<DemoResult> {
  const file = options.record === '' ? undefined : new RecordFile(resolve(options.record));
  const total = plan.arrivals.length;
  try {
    terminal.line(
      `${total} journeys, ${staff.agents.length} agents, ${staff.reviewers.length} reviewers, seed ${plan.seed}`,
    );
    const result = await runDemo({ apiUrl, apiKey: key, staff }, plan, {
      recorder: file ?? NO_RECORD,
      dataDir,
      // On a data directory of an earlier run there is more than this run's record tells.
      alone: dataDir !== '' && options.dataDir === '',
      signal,
      show: (done, statuses) => {
        terminal.progress(done, total, statuses);
      },
    });
    terminal.endProgress();
    const shown = { uiUrl, namespace, stays: options.stay, traced: options.trace !== '' };
    for (const line of summaryLines(result, shown)) terminal.line(line);
    if (file) terminal.line(`Recorded in ${file.path}: npm run verify -- ${file.path}`);
    return result;
  } finally {
    terminal.endProgress();
    file?.close();
  }
}

function untilInterrupted(terminal: Terminal, signal: AbortSignal): Promise<void> {
  terminal.line('Everything keeps running; Ctrl-C stops it.');
  return new Promise((done) => {
    if (signal.aborted) done();
    signal.addEventListener('abort', () => {
      done();
    });
  });
}
