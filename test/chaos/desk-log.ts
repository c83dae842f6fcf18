import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import type { Config } from '../../src/config';
import { DEMO_OUID } from '../../src/local/demo/demo-settings';
import { heardByDesk, type Heard } from './desk-heard';

/** One time in line: a ticket. Times are epoch ms of one clock, Temporal's, in all streams. */
export interface Wait {
  readonly profileId: string;
  readonly ticket: number;
  /** Queue, language and skills: customers with the same can be served by the same agents. */
  readonly needs: string;
  /** From when he counts as waiting: his turn. */
  readonly since: number;
  readonly enteredAt: number;
  /** When the desk got to know of it; null: never. */
  readonly heardAt: number | null;
  /** Null while he waits. */
  readonly leftAt: number | null;
  readonly why: string;
}

/** One offer; `made`, `answered` and `ended` are numbers (`seq`) of the desk's stream. */
export interface Offer {
  readonly offerId: string;
  readonly profileId: string;
  readonly ticket: number;
  readonly agentId: string;
  readonly made: number;
  readonly madeAt: number;
  /** The agent said yes or no, or it was taken from him; null while it is open. */
  readonly answered: number | null;
  /** The same, but a yes counts only with the profile's answer to it. */
  readonly ended: number | null;
  readonly confirmations: number;
}

/** One AV session. */
export interface Call {
  readonly avSessionId: string;
  readonly agentId: string;
  readonly offerId: string;
  readonly openedAt: number;
  readonly endedAt: number | null;
}

/** What the log has of those who waited and of those who served them. */
export interface DeskLog {
  readonly waits: readonly Wait[];
  /** In the order in which they were made. */
  readonly offers: readonly Offer[];
  readonly calls: readonly Call[];
  /** When agents became free again after a call or a refusal. */
  readonly freed: readonly { readonly agentId: string; readonly seq: number }[];
}

export function ticketName({ profileId, ticket }: Pick<Wait, 'profileId' | 'ticket'>): string {
  return `profile ${profileId} (ticket ${ticket})`;
}

/** 32 bits and doubles: what is longer comes as text. */
const ms = (time: string): string => `toFloat64(toUnixTimestamp64Milli(${time}))`;
const SINCE = "parseDateTime64BestEffortOrZero(JSONExtractString(details, 'since'), 3)";
const TICKET = "toUInt32(JSONExtractUInt(details, 'ticket'))";
const NO =
  "'offer.declined', 'offer.missed', 'offer.undelivered', 'offer.withdrawn', 'offer.refused'";

const WAITS = `
  WITH line AS (
    SELECT profile_id, event_type, occurred_at, queue_id, language, details,
      anyLast(if(event_type = 'profile.submitted', JSONExtractRaw(details, 'skills'), NULL))
        OVER (PARTITION BY profile_id ORDER BY seq) AS skills
    FROM activity_log FINAL
    WHERE ouid = {ouid:String} AND stream = 'profile'
      AND event_type IN ('profile.submitted', 'queue.entered', 'queue.left'))
  SELECT profile_id AS profileId, ${TICKET} AS ticket,
    anyIf(concat(queue_id, ' ', language, ' ', skills), event_type = 'queue.entered') AS needs,
    minIf(${ms(SINCE)}, event_type = 'queue.entered') AS since,
    minIf(${ms('occurred_at')}, event_type = 'queue.entered') AS enteredAt,
    minOrNullIf(${ms('occurred_at')}, event_type = 'queue.left') AS leftAt,
    anyIf(JSONExtractString(details, 'why'), event_type = 'queue.left') AS why
  FROM line WHERE event_type != 'profile.submitted' GROUP BY profileId, ticket`;

const OFFERS = `
  SELECT JSONExtractString(details, 'offerId') AS offerId, any(profile_id) AS profileId,
    any(${TICKET}) AS ticket, any(agent_id) AS agentId,
    toUInt32(minIf(seq, event_type = 'offer.made')) AS made,
    minIf(${ms('occurred_at')}, event_type = 'offer.made') AS madeAt,
    toUInt32(minOrNullIf(seq, event_type IN ('offer.accepted', ${NO}))) AS answered,
    toUInt32(minOrNullIf(seq, event_type IN ('offer.confirmed', ${NO}))) AS ended,
    toUInt32(countIf(event_type = 'offer.confirmed')) AS confirmations
  FROM activity_log FINAL
  WHERE ouid = {ouid:String} AND stream = 'desk' AND startsWith(event_type, 'offer.')
  GROUP BY offerId ORDER BY made`;

const CALLS = `
  SELECT av_session_id AS avSessionId, any(JSONExtractString(details, 'av', 'agentId')) AS agentId,
    anyIf(JSONExtractString(details, 'offerId'), event_type = 'av.opened') AS offerId,
    minIf(${ms('occurred_at')}, event_type = 'av.opened') AS openedAt,
    minOrNullIf(${ms('occurred_at')}, event_type = 'av.ended') AS endedAt
  FROM activity_log FINAL
  WHERE ouid = {ouid:String} AND stream = 'profile' AND event_type IN ('av.opened', 'av.ended')
  GROUP BY avSessionId ORDER BY openedAt`;

const FREED = `
  SELECT agent_id AS agentId, toUInt32(seq) AS seq FROM activity_log FINAL
  WHERE ouid = {ouid:String} AND stream = 'desk' AND event_type = 'agent.freed' ORDER BY seq`;

/** The demo organization's, when a run is over. */
export async function deskLogOf(config: Pick<Config, 'clickhouse' | 'temporal'>): Promise<DeskLog> {
  const log = createLogClient(config.clickhouse);
  try {
    return await readDeskLog(log, DEMO_OUID, await heardByDesk(config, DEMO_OUID));
  } finally {
    await log.close();
  }
}

export async function readDeskLog(
  log: LogClient,
  ouid: string,
  heard: readonly Heard[],
): Promise<DeskLog> {
  const rows = <T>(query: string): Promise<T[]> => select<T>(log, query, { ouid });
  const [waits, offers, calls, freed] = await Promise.all([
    rows<Omit<Wait, 'heardAt'>>(WAITS),
    rows<Offer>(OFFERS),
    rows<Call>(CALLS),
    rows<DeskLog['freed'][number]>(FREED),
  ]);
  const heardAt = new Map(heard.map((one) => [ticketName(one), one.at]));
  const known = waits.map((wait) => ({ ...wait, heardAt: heardAt.get(ticketName(wait)) ?? null }));
  return { waits: known, offers, calls, freed };
}

/** How much there was to look at. */
export function deskTotals({ waits, offers, calls }: DeskLog): string {
  return `${waits.length} times in line, ${offers.length} offers, ${calls.length} calls.`;
}
