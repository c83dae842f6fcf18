import { badQuery, requireOneOf } from './pages';
import { type Body, Refusal, textIn } from './refusal';
import { secondText } from './times';
import type { Delivery, Webhooks } from './webhooks';

const DAY_MS = 86_400_000;
/** 100ms docs: Replay webhook events: no others are; `beam.failure` and `room.end.success` are lost. */
export const REPLAYABLE = [
  'session.open.success',
  'session.close.success',
  'peer.join.success',
  'peer.leave.success',
  'recording.success',
  'recording.failed',
  'transcription.success',
  'beam.started.success',
  'beam.stopped.success',
  'beam.recording.success',
  'hls.recording.success',
  'stream.recording.success',
];

/** Which deliveries are meant. */
export interface LogFilter {
  readonly startTime: string;
  readonly endTime: string;
  readonly roomId: string;
  readonly eventNames: readonly string[];
  readonly status: string;
}

/** 100ms docs: List webhook events. */
export function listWebhooks(webhooks: Webhooks, query: URLSearchParams): object {
  const limit = Number(query.get('limit') ?? 50);
  const page = Number(query.get('page') ?? 1);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) throw badQuery('limit');
  if (!Number.isInteger(page) || page < 1) throw badQuery('page');
  requireOneOf(query, 'status', ['all', 'failed', 'success']);
  const filter = filterOf(Object.fromEntries(query), query.getAll('event_names'), 'all');
  const all = matching(webhooks, filter);
  const from = (page - 1) * limit;
  return {
    events: all.slice(from, from + limit).map(logged),
    pagination: {
      current_page: page,
      page_size: limit,
      total_pages: Math.ceil(all.length / limit),
      total_items: all.length,
      has_next: from + limit < all.length,
      has_prev: page > 1,
    },
    summary: { total_events: all.length },
  };
}

/** The last 24 hours unless told; 30 days back and 14 days long at most. */
export function filterOf(given: Body, eventNames: readonly string[], status: string): LogFilter {
  const now = Date.now();
  const startTime = textIn(given['start_time']) || secondText(now - DAY_MS);
  // It is to the second, and what happened in this one belongs to it.
  const endTime = textIn(given['end_time']) || secondText(now + 1_000);
  const [start, end] = [Date.parse(startTime), Date.parse(endTime)];
  if (!(start >= now - 30 * DAY_MS)) throw wrongTime('start_time must be within the last 30 days');
  if (!(end > start && end <= start + 14 * DAY_MS)) {
    throw wrongTime('end_time must be within 14 days after start_time');
  }
  const unknown = eventNames.find((name) => !REPLAYABLE.includes(name));
  if (unknown !== undefined) throw badQuery(`event_names: ${unknown}`);
  const roomId = textIn(given['room_id']);
  return { startTime, endTime, roomId, eventNames, status: textIn(given['status']) || status };
}

/** Those that are done with, oldest first. */
export function matching({ deliveries }: Webhooks, filter: LogFilter): Delivery[] {
  const { startTime, endTime, roomId, eventNames, status } = filter;
  return deliveries
    .filter((each) => each.status !== 'pending' && (status === 'all' || each.status === status))
    .filter(({ at }) => Date.parse(at) >= Date.parse(startTime))
    .filter(({ at }) => Date.parse(at) <= Date.parse(endTime))
    .filter(({ event }) => roomId === '' || event.data['room_id'] === roomId)
    .filter(({ event }) => eventNames.length === 0 || eventNames.includes(event.type));
}

function logged({ event, target, at, status, errorReason }: Delivery): object {
  const { room_id: room, session_id: session, peer_id: peer, user_id: user } = event.data;
  return {
    event_id: event.id,
    event_name: `reporter.webhook.delivery.${status}`,
    room_id: room,
    event_timestamp: at,
    payload: {
      event_data: { session_id: session, peer_id: peer, user_id: user },
      webhook_url: target.url,
      original_event_name: event.type,
      ...(errorReason !== undefined && { error_reason: errorReason }),
    },
  };
}

function wrongTime(message: string): Refusal {
  return new Refusal(400, message);
}
