import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config';
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
import { pointsOf, type Wanted } from './points';
import { Probe } from './probe';
import { Product } from './product';
import { Tap, type Withheld } from './tap';

export interface KillRunOptions extends Wanted {
  readonly seed: number;
  readonly profiles: number;
  readonly agents: number;
  /** How many journeys at the same time; undefined: as many as the demo has with so many agents. */
  readonly atOnce?: number;
  /** Of 100 cases, how many are reviewed twice; undefined: as in the demo. */
  readonly blindReviewPercent?: number;
  /** After a call, before the next offer; undefined: none. */
  readonly wrapUpMs?: number;
  /** How long a journey may stand still until it is stuck; undefined: longer than any recovery. */
  readonly stuckMs?: number;
  readonly say: (line: string) => void;
}

export interface KillRun<T> {
  readonly wanted: Wanted;
  readonly kills: readonly Kill[];
  readonly withheld: readonly Withheld[];
  readonly result: DemoResult;
  readonly record: RunRecord;
  readonly verification: Verification;
  /** What was seen in the servers after all that. */
  readonly seen: T;
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

/** The demo with one part killed after the other, and what it left behind: `look` sees the servers still up. */
export async function runKills<T>(
  options: KillRunOptions,
  look: (config: Config) => Promise<T>,
): Promise<KillRun<T>> {
  const stop = new AbortController();
  const product = await Product.start(stop.signal);
  const directory = mkdtempSync(join(tmpdir(), 'vkyc-kills-record-'));
  let run: KillRun<T>;
  try {
    const recorder = new RecordFile(join(directory, 'record.jsonl'));
    const { result, killer, tap } = await playKilled(product, options, recorder);
    recorder.close();
    const record = readRecord(recorder.path);
    run = {
      wanted: options,
      kills: killer.kills,
      withheld: tap.withheld,
      result,
      record,
      verification: await verifyRecord(record, product.config, SETTLE_MS),
      seen: await look(product.config),
    };
  } catch (error) {
    product.complaints().forEach(options.say);
    const kept = await product.stopKeeping();
    options.say(`its record is kept in ${directory}, its data and logs in ${kept}`);
    throw error;
  }
  await product.stop();
  rmSync(directory, { recursive: true });
  return run;
}

async function playKilled(
  product: Product,
  options: KillRunOptions,
  recorder: RecordFile,
): Promise<{ result: DemoResult; killer: Killer; tap: Tap }> {
  const { seed, parts, times, profiles, wrapUpMs = 0, stuckMs = STUCK_MS, say } = options;
  const { plan, staff, timers, blindReviewPercent } = planned(options);
  const settings = (apiKey: string) =>
    fitted(demoSettings(apiKey), staff, patient(timers, wrapUpMs), blindReviewPercent);
  const apiKey = await declareOwnOrganization(product.servers, settings, DEMO_OUID);
  const probe = await Probe.open(product);
  const tap = await Tap.open(product.apiUrl);
  const over = new AbortController();
  try {
    const killer = new Killer(product, tap, probe, say);
    const between = (profiles * COMMANDS_PER_JOURNEY * SHARE) / (times * parts.length);
    const killing = killer.run(pointsOf(seed, options, between), over.signal);
    const watch = { recorder, dataDir: '', alone: true, show: () => undefined };
    const access = { apiUrl: tap.url, apiKey, staff };
    const demo = runDemo(access, { ...plan, stuckMs }, { ...watch, signal: over.signal });
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
function planned(options: KillRunOptions): PlannedRun {
  const { profiles, agents, seed, atOnce, blindReviewPercent } = options;
  const flags = {
    profiles,
    agents,
    seed,
    ...(atOnce !== undefined && { 'at-once': atOnce }),
    'link-seconds': 3_600,
    api: 'http://given',
    key: 'given',
  };
  const run = planRun(
    parseDemoOptions(
      Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]),
    ),
  );
  return { ...run, ...(blindReviewPercent !== undefined && { blindReviewPercent }) };
}

function patient(timers: Timers, wrapUp: number): Timers {
  return { ...timers, customerJoin: JOIN_MS, wrapUp };
}

function failed(killing: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    killing.catch(reject);
  });
}
