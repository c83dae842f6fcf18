import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '../../domain/words';
import { parseApiKey } from '../../tokens/api-key';
import { ClientActor } from '../actors/client';
import { GoodClient } from '../actors/good-client';
import { SupervisorActor } from '../actors/supervisor';
import type { Recorder } from '../record/record-line';
import type { Script } from '../scripts';
import { play, settle, type Played, type World } from './journey';
import { Slots } from './slots';
import { hire, workAll, type StaffIds } from './staff';
import { Stage } from './stage';

/** Where the demo runs, and as whom. */
export interface DemoAccess {
  readonly apiUrl: string;
  /** The organization's API key. */
  readonly apiKey: string;
  readonly staff: StaffIds;
}

/** One journey and when it is to begin. */
export interface Arrival {
  readonly script: Script;
  /** After the run's begin, ms; 0: as soon as there is room. */
  readonly atMs: number;
}

export interface DemoPlan {
  readonly seed: number;
  readonly arrivals: readonly Arrival[];
  /** How many journeys run at the same time; those that wait for a timer run beside them. */
  readonly atOnce: number;
  readonly stuckMs: number;
  /** What is still open when all customers have gone is cancelled by the client. */
  readonly closing: boolean;
}

export interface DemoWatch {
  readonly recorder: Recorder;
  /** Written to the record: where `verify` finds the servers, whether this run was alone. */
  readonly dataDir: string;
  readonly alone: boolean;
  readonly signal: AbortSignal;
  /** Called at every change worth showing. */
  readonly show: (done: number, statuses: readonly string[]) => void;
}

export interface DemoResult {
  readonly played: readonly Played[];
  /** How late each journey began, ms. */
  readonly lateMs: readonly number[];
}

const PATIENCE_MS = 120_000;
const SHOW_MS = 500;

/** Runs all journeys with all actors; resolves when every journey has ended or is stuck. */
export async function runDemo(
  access: DemoAccess,
  plan: DemoPlan,
  watch: DemoWatch,
): Promise<DemoResult> {
  const { ouid, keyId } = parseApiKey(access.apiKey) ?? { ouid: '', keyId: '' };
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, watch.signal]);
  // Every customer who is still to come waits with it: thousands are no leak.
  setMaxListeners(0, signal);
  const { recorder } = watch;
  const anonymous = new GoodClient(
    { apiUrl: access.apiUrl, recorder, signal, patienceMs: PATIENCE_MS },
    { type: 'CLIENT', id: '', token: '' },
  );
  const client = new ClientActor(anonymous.as({ type: 'CLIENT', id: keyId, token: access.apiKey }));
  const hired = await hire(anonymous, ouid, access.staff);
  const supervisor = new SupervisorActor(hired.supervisor, access.staff.reviewers);
  const stage = new Stage({
    cancel: (profileId, why) => client.cancel(profileId, why),
    hold: (profileId) => supervisor.hold(profileId),
    giveToAnother: (profileId, reviewerId) => supervisor.giveToAnother(profileId, reviewerId),
  });
  const world = { stage, client, anonymous, stuckMs: plan.stuckMs };
  const { dataDir, alone } = watch;
  const about = { ouid, apiUrl: access.apiUrl, dataDir, alone, seed: plan.seed };
  recorder.write({ kind: 'run', at: new Date().toISOString(), ...about });

  const staff = workAll(stage, hired, supervisor);
  try {
    // Without its staff no journey ends: should somebody fail, the whole run does.
    return await Promise.race([playAll(world, plan, watch), whenBroken(staff)]);
  } catch (error) {
    stop.abort(error);
    throw error;
  } finally {
    stage.over = true;
    await Promise.allSettled([staff]);
  }
}

function whenBroken(staff: Promise<void>): Promise<never> {
  return new Promise((_, reject) => {
    staff.catch(reject);
  });
}

async function playAll(world: World, plan: DemoPlan, watch: DemoWatch): Promise<DemoResult> {
  const slots = new Slots(plan.atOnce);
  const began = Date.now();
  const lateMs: number[] = [];
  let done = 0;
  const { signal } = world.anonymous.surroundings;
  const ticker = setInterval(() => {
    watch.show(done, world.stage.statuses());
  }, SHOW_MS);
  const one = async ({ script, atMs }: Arrival): Promise<Played> => {
    await sleep(Math.max(0, began + atMs - Date.now()), undefined, { signal });
    const playOne = (): Promise<string> => {
      lateMs.push(Math.max(0, Date.now() - began - atMs));
      return play(world, script);
    };
    const profileId = await (script.outcome.byTimer ? playOne() : slots.use(playOne));
    // What walked away in a day's trace is left as it is until closing time.
    const played = plan.closing
      ? await seen(world, script, profileId)
      : await settle(world, script, profileId);
    done += 1;
    return played;
  };
  try {
    const played = await Promise.all(plan.arrivals.map(one));
    const settled = plan.closing ? await closeDay(world, slots, played) : played;
    watch.show(done, world.stage.statuses());
    for (const end of settled) recordEnd(watch.recorder, end);
    return { played: settled, lateMs };
  } finally {
    clearInterval(ticker);
  }
}

/** As it stands: settled when it has ended, to be settled at closing time else. */
async function seen(world: World, script: Script, profileId: string): Promise<Played> {
  const { status } = await world.client.read(profileId);
  if (isFinal(status)) return settle(world, script, profileId);
  return { script, profileId, status, reason: '', events: [], wrong: '' };
}

/** The day is over: the client cancels what nobody came back for. */
function closeDay(world: World, slots: Slots, played: readonly Played[]): Promise<Played[]> {
  const close = async (one: Played): Promise<Played> => {
    if (isFinal(one.status)) return one;
    await world.client.cancel(one.profileId, 'CLIENT_REQUEST');
    return settle(world, one.script, one.profileId);
  };
  return Promise.all(played.map((one) => slots.use(() => close(one))));
}

function recordEnd(recorder: Recorder, { script, profileId, status }: Played): void {
  const { name, status: expected } = script.outcome;
  const at = new Date().toISOString();
  recorder.write({ kind: 'end', at, profileId, outcome: name, expected, status });
}
