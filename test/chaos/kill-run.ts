import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDemoOptions } from '../../src/demo/options';
import { declareOwnOrganization } from '../../src/demo/own-servers';
import { planRun, type PlannedRun } from '../../src/demo/plan';
import { readRecord, RecordFile, type RunRecord } from '../../src/demo/record/record-file';
import { runDemo, type DemoResult } from '../../src/demo/run/run-demo';
import { fitted } from '../../src/demo/settings';
import { verifyRecord, type Verification } from '../../src/demo/verify/verify-record';
import type { Timers } from '../../src/domain/policy';
import { DEMO_OUID, demoSettings } from '../../src/local/demo/demo-settings';
import { Killer, type Kill } from './killer';
import { unreplayable } from './histories';
import { pointsOf } from './points';
import { Probe } from './probe';
import { Product } from './product';
import { Tap, type Withheld } from './tap';

export interface KillRunOptions {
  readonly seed: number;
  /** How often each part is killed. */
  readonly times: number;
  readonly profiles: number;
  readonly agents: number;
  readonly say: (line: string) => void;
}

export interface KillRun {
  readonly kills: readonly Kill[];
  readonly withheld: readonly Withheld[];
  readonly result: DemoResult;
  readonly record: RunRecord;
  readonly verification: Verification;
  /** Workflows whose history no replay repeats, with the reason. */
  readonly unreplayable: readonly string[];
}

/** A journey has at least so many commands on average. */
const COMMANDS_PER_JOURNEY = 25;
/** The kills are spread over this share of them: what comes after the last one is to end in peace. */
const SHARE = 0.5;
const SETTLE_MS = 60_000;
/** Longer than any recovery: a customer whose call stands still while a part is down has not missed it. */
const JOIN_MS = 45_000;
/** Longer than anything a journey waits for: then it is stuck. */
const STUCK_MS = 150_000;

/** The demo with one part killed after the other, and what it left behind. */
export async function runKills(options: KillRunOptions): Promise<KillRun> {
  const stop = new AbortController();
  const product = await Product.start(stop.signal);
  const directory = mkdtempSync(join(tmpdir(), 'vkyc-kills-record-'));
  try {
    const recorder = new RecordFile(join(directory, 'record.jsonl'));
    const { result, killer, tap } = await playKilled(product, options, recorder);
    recorder.close();
    const record = readRecord(recorder.path);
    return {
      kills: killer.kills,
      withheld: tap.withheld,
      result,
      record,
      verification: await verifyRecord(record, product.config, SETTLE_MS),
      unreplayable: await unreplayable(product.config),
    };
  } finally {
    await product.stop();
    rmSync(directory, { recursive: true });
  }
}

async function playKilled(
  product: Product,
  options: KillRunOptions,
  recorder: RecordFile,
): Promise<{ result: DemoResult; killer: Killer; tap: Tap }> {
  const { seed, times, profiles, say } = options;
  const { plan, staff, timers, blindReviewPercent } = planned(options);
  const settings = (apiKey: string) =>
    fitted(demoSettings(apiKey), staff, patient(timers), blindReviewPercent);
  const apiKey = await declareOwnOrganization(product.servers, settings, DEMO_OUID);
  const probe = await Probe.open(product);
  const tap = await Tap.open(product.apiUrl);
  const over = new AbortController();
  try {
    const killer = new Killer(product, tap, probe, say);
    const between = (profiles * COMMANDS_PER_JOURNEY * SHARE) / (times * 4);
    const killing = killer.run(pointsOf(seed, times, between), over.signal);
    const watch = { recorder, dataDir: '', alone: true, show: () => undefined };
    const access = { apiUrl: tap.url, apiKey, staff };
    const demo = runDemo(access, { ...plan, stuckMs: STUCK_MS }, { ...watch, signal: over.signal });
    const result = await Promise.race([demo, failed(killing)]);
    over.abort();
    await killing;
    return { result, killer, tap };
  } finally {
    over.abort();
    await tap.close();
    await probe.close();
  }
}

/** Without journeys that are to end by a timer: a time without a worker is not a customer's. */
function planned({ profiles, agents, seed }: KillRunOptions): PlannedRun {
  const flags = {
    profiles,
    agents,
    seed,
    'link-seconds': 3_600,
    api: 'http://given',
    key: 'given',
  };
  return planRun(
    parseDemoOptions(
      Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ),
  );
}

function patient(timers: Timers): Timers {
  return { ...timers, customerJoin: JOIN_MS };
}

function failed(killing: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    killing.catch(reject);
  });
}
