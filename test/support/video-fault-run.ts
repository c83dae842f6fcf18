import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createLogClient, select } from '../../clickhouse/client';
import { parseDemoOptions } from '../../src/demo/options';
import { planRun } from '../../src/demo/plan';
import { readRecord, RecordFile } from '../../src/demo/record/record-file';
import { runDemo, type DemoResult } from '../../src/demo/run/run-demo';
import { fitted } from '../../src/demo/settings';
import { type Verification, verifyRecord } from '../../src/demo/verify/verify-record';
import type { Emulator } from '../emulator/emulator';
import { Devices } from './devices';
import { startHundredMsStack } from './hundredms-stack';
import type { Stack } from './stack';

const OUID = 'video-faults';
/** A tenth of the service's calls fail, and of its webhooks each is lost, doubled or late with this chance. */
const PERCENT = 10;
const RECONCILE_MS = 3_000;
/** After the last recording was given up, until what was told has come into the tables. */
const SETTLE_MS = 30_000;
const VERIFY_MS = 30_000;

export interface FaultRunOptions {
  readonly profiles: number;
  readonly agents: number;
  readonly seed: number;
  /** Of a capture link; each journey that lets one expire waits for it. */
  readonly linkSeconds: number;
  /** A case closes when its recordings are settled: long enough for the reconciler to come round. */
  readonly recordingMs: number;
  /** Only who asks for nobody's skill waits so long. */
  readonly queueMs: number;
  /** One line, now and then. */
  readonly say?: (line: string) => void;
}

/** An AV session as the log's table has it. */
interface LoggedCall {
  readonly avSessionId: string;
  readonly roomId: string;
  readonly room: string;
  readonly recording: string;
}

export interface FaultRun {
  readonly wanted: FaultRunOptions;
  /** As it stands after the run; it answers no more. */
  readonly emulator: Emulator;
  readonly result: DemoResult;
  readonly calls: readonly LoggedCall[];
  readonly verification: Verification;
}

/** Journeys while the video service fails one call in ten and loses, doubles and shuffles its webhooks. */
export async function runWithFaults(wanted: FaultRunOptions): Promise<FaultRun> {
  const product = await startHundredMsStack(OUID, { seed: wanted.seed });
  const { emulator, stack } = product;
  const directory = mkdtempSync(join(tmpdir(), 'vkyc-video-faults-'));
  const file = join(directory, 'record.jsonl');
  spoil(emulator);
  const over = new AbortController();
  const reconciling = reconcile(stack, over.signal);
  try {
    const result = await play(stack, emulator, wanted, file);
    const calls = await untilSettled(stack, emulator, wanted.recordingMs + SETTLE_MS);
    const verification = await verifyRecord(readRecord(file), stack.config, VERIFY_MS);
    return { wanted, emulator, result, calls, verification };
  } finally {
    over.abort();
    await reconciling;
    await product.stop();
    rmSync(directory, { recursive: true });
  }
}

function spoil({ workspace, faults, webhooks }: Emulator): void {
  Object.assign(workspace.delays, {
    dropReportedMs: 2_000,
    recorderJoinsMs: 200,
    recorderLeavesMs: 200,
    compositeFileMs: 1_000,
  });
  faults.random.percent = PERCENT;
  Object.assign(webhooks.faults, {
    droppedPercent: PERCENT,
    doubledPercent: PERCENT,
    delayedPercent: PERCENT,
  });
}

async function play(
  stack: Stack,
  emulator: Emulator,
  { profiles, agents, seed, linkSeconds, recordingMs, queueMs, say }: FaultRunOptions,
  file: string,
): Promise<DemoResult> {
  const flags = { profiles, agents, seed, 'link-seconds': linkSeconds };
  const { plan, staff, timers, blindReviewPercent } = planRun(
    parseDemoOptions(Object.entries(flags).flatMap(([name, n]) => [`--${name}`, String(n)])),
  );
  const own = { ...timers, recording: recordingMs, queue: queueMs };
  const client = await stack.organization(OUID, (settings) =>
    fitted(settings, staff, own, blindReviewPercent),
  );
  const devices = await Devices.open(stack.url, emulator);
  const recorder = new RecordFile(file);
  try {
    const access = { apiUrl: devices.url, apiKey: client.token, staff };
    const { signal } = new AbortController();
    let told = 0;
    const show = (done: number): void => {
      if (done !== told) say?.(`${done} of ${profiles} journeys ended`);
      told = done;
    };
    return await runDemo(access, plan, { recorder, dataDir: '', alone: true, signal, show });
  } finally {
    recorder.close();
    await devices.close();
  }
}

/** As the schedule does every five minutes, but oftener. */
async function reconcile({ client }: Stack, signal: AbortSignal): Promise<void> {
  const schedule = client.schedule.getHandle('video-kyc-reconciler');
  while (!signal.aborted) {
    await schedule.trigger();
    await sleep(RECONCILE_MS);
  }
}

/** Every journey has ended; a room may still wait for its lock, a row for its insert. */
async function untilSettled(
  stack: Stack,
  { workspace }: Emulator,
  ms: number,
): Promise<LoggedCall[]> {
  const end = Date.now() + ms;
  for (;;) {
    const calls = await loggedCalls(stack);
    const open = [...workspace.rooms.values()].some(({ enabled }) => enabled);
    const settled = calls.every((call) => isLocked(call) && !isAwaited(call));
    if ((settled && !open && workspace.sessions.size === 0) || Date.now() > end) return calls;
    await sleep(500);
  }
}

export function isLocked({ roomId, room }: LoggedCall): boolean {
  return roomId === '' || room === 'LOCKED';
}

export function isAwaited({ recording }: LoggedCall): boolean {
  return ['EXPECTED', 'RUNNING'].includes(recording);
}

async function loggedCalls({ config }: Stack): Promise<LoggedCall[]> {
  const log = createLogClient(config.clickhouse);
  try {
    return await select<LoggedCall>(
      log,
      `SELECT av_session_id AS avSessionId, room_id AS roomId, room, recording
       FROM av_sessions FINAL WHERE ouid = {ouid:String}`,
      { ouid: OUID },
    );
  } finally {
    await log.close();
  }
}
