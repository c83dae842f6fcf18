import { createHash } from 'node:crypto';
import type { VideoEvent } from '../../domain/video/event';
import type { Json } from '../../domain/words';
import { timeOf } from './times';
import { fieldsOf, textOf } from './fields';

/** Ids, codes, times and numbers; a file's place in the bucket. Everything else may be about a person or open a door. */
const KEPT: ReadonlySet<string> = new Set(
  `account_id app_id asset_types beam_id created_at duration error_code error_type hls_vod joined_at
   job_id left_at lock_room max_height max_width metadata_id metadata_timestamp peer_id previous_role
   reason recording_enabled recording_id recording_path role role_changed_at room_id room_name
   session_duration session_id session_started_at session_stopped_at size source start_delay started_at
   stopped_at stream_id stream_type template_id track_id track_type transcription_id type user_id
   is_replay`.split(/\s+/),
);
/** A word, an id, a path; no address, whose query could be a key to a file. */
const HARMLESS = /^(?!https?:)[\p{ASCII}]{0,300}$/u;
/** What the service writes in plain words: kept as one of its own texts, else withheld. */
const ERROR_MESSAGES = new Set([
  'role not allowed',
  'network disconnection',
  'duplicate peer id',
  'peer not joined',
  'role limit reached',
]);
const HEX_ID = /^[0-9a-f]{24}$/;
const EVENT_ID = /^[0-9a-f-]{8,64}$/i;
const EVENT_TYPE = /^[a-z]+(\.[a-z-]+){1,5}$/;
const ROOM_NAME = /^[A-Za-z0-9.:_-]{1,120}$/;

/**
 * A webhook's body as an event, or nothing when it is none (the dashboard's test button sends filler).
 * Unknown types and fields are no mistake: the service adds some without notice.
 */
export function webhookEvent(body: unknown, receivedAt: string): VideoEvent | undefined {
  const envelope = fieldsOf(body);
  const given = fieldsOf(envelope['data']);
  const type = textOf(envelope['type']);
  const roomId = textOf(given['room_id']);
  if (!EVENT_TYPE.test(type) || !HEX_ID.test(roomId)) return undefined;
  const kept = Object.entries(given).filter(([name, value]) => isKept(name, value));
  const data = Object.fromEntries(kept) as Record<string, Json>;
  if (envelope['is_replay'] === true) data['is_replay'] = true;
  const at = timeOf(envelope['timestamp']);
  const id = textOf(envelope['id']);
  const roomName = textOf(given['room_name']);
  return {
    eventId: EVENT_ID.test(id) ? id : digest(body),
    type,
    roomId,
    roomName: ROOM_NAME.test(roomName) ? roomName : '',
    sessionId: textOf(data['session_id']),
    occurredAt: at === undefined ? '' : new Date(at).toISOString(),
    receivedAt,
    data,
    withheld: Object.keys(given)
      .filter((name) => !(name in data) && /^[a-z_]{1,40}$/.test(name))
      .sort()
      .slice(0, 40),
  };
}

function isKept(name: string, value: unknown): boolean {
  if (name === 'error_message') return typeof value === 'string' && ERROR_MESSAGES.has(value);
  if (!KEPT.has(name)) return false;
  if (typeof value === 'string') return HARMLESS.test(value);
  return typeof value === 'number' || typeof value === 'boolean';
}

/** The same body has the same id, when the service gave none that can be used. */
function digest(body: unknown): string {
  return createHash('sha256').update(JSON.stringify(body)).digest('hex').slice(0, 32);
}
