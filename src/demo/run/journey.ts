import { setTimeout as sleep } from 'node:timers/promises';
import { isFinal } from '../../domain/words';
import { CaptureWindow } from '../actors/capture-window';
import type { ClientActor, TimelineEvent } from '../actors/client';
import { CustomerActor } from '../actors/customer';
import type { GoodClient } from '../actors/good-client';
import type { Script } from '../scripts';
import { missingSigns } from './signs';
import type { Stage } from './stage';

/** What a journey needs of its run. */
export interface World {
  readonly stage: Stage;
  readonly client: ClientActor;
  /** Somebody without a credential: the customer before he logs in. */
  readonly anonymous: GoodClient;
  /** How long a journey may stand still until it counts as stuck, ms. */
  readonly stuckMs: number;
}

/** A journey that has been played: where it ended, or where it stands. */
export interface Played {
  readonly script: Script;
  readonly profileId: string;
  readonly status: string;
  readonly reason: string;
  readonly events: readonly TimelineEvent[];
  /** Why it did not go as its script says; '' when it did. */
  readonly wrong: string;
}

const POLL_MS = 700;
/**
 * How long the log may lag behind an ended journey, ms: ClickHouse killed again and again is started
 * after up to 10 s, and `record` comes back after up to 10 s more.
 */
const LOG_MS = 90_000;

/** The customer's part, from creation to the end or until he has gone away. */
export async function play(world: World, script: Script): Promise<string> {
  const { stage, client, anonymous } = world;
  const { profileId, link } = await client.create(script);
  const journey = stage.begin(profileId, script);
  if (await stage.reached(profileId, 'CAPTURE_PENDING')) return profileId;
  if (script.outcome.capture === 'NEVER_OPENS' || link === '') return profileId;
  const window = new CaptureWindow(client, profileId, anonymous, link);
  const customer = new CustomerActor(stage, client, journey, window);
  try {
    await customer.live(world.stuckMs);
  } catch (error) {
    if (anonymous.surroundings.signal.aborted) throw error;
    stage.trouble(profileId, error);
  }
  return profileId;
}

/** Waits for the end of a journey and for its last event in the log; says what was wrong with it. */
export async function settle(world: World, script: Script, profileId: string): Promise<Played> {
  const { status, reason } = await untilEnded(world, profileId);
  world.stage.saw(profileId, status);
  const events = isFinal(status) ? await untilClosed(world, profileId) : [];
  const wrong = whatIsWrong(script, status, reason, events, world.stage.troubles.get(profileId));
  return { script, profileId, status, reason, events, wrong };
}

async function untilEnded(
  { client, stuckMs, anonymous }: World,
  profileId: string,
): Promise<{ status: string; reason: string }> {
  let seq = -1;
  let since = Date.now();
  for (;;) {
    const view = await client.read(profileId);
    const found = { status: view.status, reason: view.reason?.code ?? '' };
    if (isFinal(view.status)) return found;
    if (view.seq !== seq) since = Date.now();
    if (Date.now() - since > stuckMs) return found;
    seq = view.seq;
    await sleep(POLL_MS, undefined, { signal: anonymous.surroundings.signal });
  }
}

async function untilClosed({ client, anonymous }: World, profileId: string) {
  const end = Date.now() + LOG_MS;
  for (;;) {
    const events = await client.timeline(profileId, 1);
    if (isClosed(events) || Date.now() > end) return events;
    await sleep(POLL_MS, undefined, { signal: anonymous.surroundings.signal });
  }
}

function whatIsWrong(
  { outcome }: Script,
  status: string,
  reason: string,
  events: readonly TimelineEvent[],
  trouble = '',
): string {
  if (!isFinal(status)) return `stuck in ${status}${trouble === '' ? '' : `: ${trouble}`}`;
  const expected = [outcome.status, ...(outcome.also ?? [])];
  if (!expected.some((s) => s === status)) {
    return `ended ${status} instead of ${outcome.status}${trouble === '' ? '' : `: ${trouble}`}`;
  }
  if (status === outcome.status && !outcome.also && reason !== outcome.reason) {
    return `ended with reason "${reason}" instead of "${outcome.reason}"`;
  }
  if (!isClosed(events)) return 'its last event is not in the log';
  if (trouble !== '' || outcome.also) return trouble;
  return missingSigns(outcome.shows, events);
}

/** An agent who accepted too late may still be refused after that. */
function isClosed(events: readonly TimelineEvent[]): boolean {
  return events.some(({ eventType }) => eventType === 'profile.closed');
}
