import { randomBytes } from 'node:crypto';
import { type Body, invalid, Refusal, requireKnown, requireNumber } from './refusal';
import { secondText } from './times';
import { filterOf, type LogFilter, matching, REPLAYABLE } from './webhook-log';
import type { Delivery, Webhooks } from './webhooks';

const GIVEN = [
  'start_time',
  'end_time',
  'room_id',
  'event_names',
  'limit',
  'offset',
  'status',
] as const;
const MOST = 50_000;
/** 10 events a second. */
const SECONDS_BETWEEN = 0.1;

interface Replay {
  readonly id: string;
  /** As given: an identical one is not started beside it. */
  readonly key: string;
  readonly filters: Body;
  readonly startedAt: string;
  completedAt?: string;
  readonly total: number;
  completed: number;
  readonly failed: string[];
}

/**
 * 100ms docs: Replay webhook events. Its page says "query parameters" and shows a body: a body it is.
 * Whether a replayed event then counts as delivered is not documented; here it stays what it was.
 */
export class Replays {
  private readonly all = new Map<string, Replay>();

  constructor(
    private readonly webhooks: Webhooks,
    private readonly customerId: string,
  ) {}

  start(body: Body): object {
    requireKnown(body, GIVEN);
    const { event_names: names = [], limit = MOST, offset = 0 } = body;
    const areNames = (value: unknown): value is string[] =>
      Array.isArray(value) && value.every((name) => typeof name === 'string');
    if (!areNames(names)) throw invalid('event_names');
    requireNumber(limit, 1, MOST, 'limit');
    requireNumber(offset, 0, Infinity, 'offset');
    if (!['all', 'failed', 'success', undefined].includes(body['status'] as string | undefined)) {
      throw invalid('status');
    }
    const filter = filterOf(body, names, 'failed');
    const key = JSON.stringify(GIVEN.map((name) => body[name]));
    const same = [...this.all.values()].find((r) => r.key === key && r.completedAt === undefined);
    if (same) return started(same, 'already_running', 'Identical replay is already in progress');
    const replay = this.begin(key, filter, Number(offset), Number(limit));
    return started(replay, 'started', 'Webhook replay has been queued for processing');
  }

  result(id: string): object {
    const replay = this.all.get(id);
    if (!replay) throw new Refusal(404, 'workflow not found');
    const { total, completed, failed } = replay;
    const progress = { total, completed, failed: failed.length };
    return {
      workflow_id: replay.id,
      status: statusOf(replay),
      started_at: replay.startedAt,
      ...(replay.completedAt !== undefined && { completed_at: replay.completedAt }),
      filters: replay.filters,
      progress,
      ...(replay.completedAt !== undefined && { result: { ...progress, failed_events: failed } }),
    };
  }

  private begin(key: string, filter: LogFilter, offset: number, limit: number): Replay {
    const due = matching(this.webhooks, filter)
      .filter(({ event }) => REPLAYABLE.includes(event.type))
      .slice(offset, offset + limit);
    const { startTime, endTime, roomId, eventNames } = filter;
    const times = { start_time: startTime, end_time: endTime };
    const replay: Replay = {
      id: `webhook-replay-${this.customerId}-${randomBytes(4).toString('hex')}`,
      key,
      filters: { ...times, room_id: roomId, event_types: eventNames, limit, offset },
      startedAt: secondText(),
      total: due.length,
      completed: 0,
      failed: [],
    };
    this.all.set(replay.id, replay);
    this.webhooks.run(this.send(replay, due));
    return replay;
  }

  private async send(replay: Replay, due: readonly Delivery[]): Promise<void> {
    for (const delivery of due) {
      if (!(await this.webhooks.wait(SECONDS_BETWEEN))) return;
      if (await this.webhooks.resend(delivery)) replay.completed += 1;
      else replay.failed.push(delivery.event.id);
    }
    replay.completedAt = secondText();
  }
}

function started({ id, filters }: Replay, status: string, message: string): object {
  const { limit, offset, ...shown } = filters;
  return { workflow_id: id, status, message, filters: shown };
}

function statusOf({ completedAt, total, failed }: Replay): string {
  if (completedAt === undefined) return 'Running';
  if (failed.length === 0) return 'completed';
  return failed.length < total ? 'completed_with_failures' : 'failed';
}
