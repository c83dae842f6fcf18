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
import { verifyRecord } from '../../src/demo/verify/verify-record';
import { isFinal } from '../../src/domain/words';
import type { Emulator } from '../emulator/emulator';
import { Devices } from '../support/devices';
import { type HundredMsStack, startHundredMsStack } from '../support/hundredms-stack';
import type { Stack } from '../support/stack';

const OUID = 'video-faults';
const SEED = 7;
const PERCENT = 10;
/** A case closes when its recordings are settled: long enough for the reconciler, short enough for a test. */
const RECORDING_MS = 25_000;
const RECONCILE_MS = 5_000;

let product: HundredMsStack;
let emulator: Emulator;
let stack: Stack;
let result: DemoResult;
const directory = mkdtempSync(join(tmpdir(), 'vkyc-video-faults-'));
const file = join(directory, 'record.jsonl');

interface Call {
  readonly avSessionId: string;
  readonly roomId: string;
  readonly room: string;
  readonly recording: string;
}

beforeAll(async () => {
  product = await startHundredMsStack(OUID, { seed: SEED });
  ({ emulator, stack } = product);
  Object.assign(emulator.workspace.delays, {
    dropReportedMs: 2_000,
    recorderJoinsMs: 200,
    recorderLeavesMs: 200,
    compositeFileMs: 1_000,
  });
  emulator.faults.random.percent = PERCENT;
  Object.assign(emulator.webhooks.faults, {
    droppedPercent: PERCENT,
    doubledPercent: PERCENT,
    delayedPercent: PERCENT,
  });
  result = await play();
}, 600_000);

afterAll(async () => {
  await product.stop();
  rmSync(directory, { recursive: true });
}, 30_000);

/** Sixty journeys while the service fails one call in ten and loses, doubles and shuffles its webhooks. */
async function play(): Promise<DemoResult> {
  const flags = { profiles: 60, agents: 8, seed: SEED, 'link-seconds': 25 };
  const { plan, staff, timers, blindReviewPercent } = planRun(
    parseDemoOptions(Object.entries(flags).flatMap(([name, n]) => [`--${name}`, String(n)])),
  );
  const client = await stack.organization(OUID, (settings) =>
    fitted(settings, staff, { ...timers, recording: RECORDING_MS }, blindReviewPercent),
  );
  const devices = await Devices.open(stack.url, emulator);
  const recorder = new RecordFile(file);
  const over = new AbortController();
  const reconciling = reconcile(over.signal);
  try {
    const access = { apiUrl: devices.url, apiKey: client.token, staff };
    const signal = new AbortController().signal;
    const watch = { recorder, dataDir: '', alone: true, signal, show: () => undefined };
    return await runDemo(access, plan, watch);
  } finally {
    // What is still waited for is found or given up.
    await sleep(RECORDING_MS + RECONCILE_MS);
    over.abort();
    await reconciling;
    recorder.close();
    await devices.close();
  }
}

async function reconcile(signal: AbortSignal): Promise<void> {
  const schedule = stack.client.schedule.getHandle('video-kyc-reconciler');
  while (!signal.aborted) {
    await schedule.trigger();
    await sleep(RECONCILE_MS);
  }
}

async function calls(): Promise<Call[]> {
  const log = createLogClient(stack.config.clickhouse);
  try {
    return await select<Call>(
      log,
      `SELECT av_session_id AS avSessionId, room_id AS roomId, room, recording
       FROM av_sessions FINAL WHERE ouid = {ouid:String}`,
      { ouid: OUID },
    );
  } finally {
    await log.close();
  }
}

it('ends every journey', () => {
  const open = result.played.filter(({ status }) => !isFinal(status));
  expect(open.map(({ profileId, status }) => `${profileId} ${status}`)).toEqual([]);
  expect(result.played).toHaveLength(60);
});

it('leaves no room open, unlocked or with somebody in it', async () => {
  const { rooms, sessions } = emulator.workspace;
  expect(rooms.size).toBeGreaterThan(20);
  expect([...rooms.values()].filter(({ enabled }) => enabled).map(({ name }) => name)).toEqual([]);
  expect([...sessions.keys()]).toEqual([]);
  const unlocked = (await calls()).filter(({ room, roomId }) => roomId !== '' && room !== 'LOCKED');
  expect(unlocked).toEqual([]);
});

it('accounts for every recording', async () => {
  const all = await calls();
  const waiting = all.filter(({ recording }) => ['EXPECTED', 'RUNNING'].includes(recording));
  expect(waiting).toEqual([]);
  const files = new Set(
    [...emulator.workspace.assets.values()]
      .filter(({ type, status }) => type === 'room-composite' && status === 'completed')
      .map(({ roomId }) => roomId),
  );
  const recorded = all.filter(({ recording }) => recording === 'RECORDED');
  expect(recorded.length).toBeGreaterThan(20);
  expect(recorded.filter(({ roomId }) => !files.has(roomId))).toEqual([]);
  const overlooked = all.filter(
    ({ roomId, recording }) => files.has(roomId) && ['FAILED', 'MISSING'].includes(recording),
  );
  expect(overlooked).toEqual([]);
});

it('leaves no difference between what actors were told, the log, its tables and Temporal', async () => {
  const { differences } = await verifyRecord(readRecord(file), stack.config, 30_000);
  expect(differences).toEqual([]);
});

it('met faults of the service and of the network', () => {
  const { deliveries } = emulator.webhooks;
  expect(deliveries.length).toBeGreaterThan(200);
  expect(emulator.calls.length).toBeGreaterThan(200);
});
