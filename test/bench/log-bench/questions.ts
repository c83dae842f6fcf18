import type { Question } from '../../../clickhouse/insights/scope';

/** One question and the same aggregation as somebody would write it by hand for it alone. */
export interface Rival {
  readonly name: string;
  readonly asked: Pick<Question, 'resource' | 'figures' | 'groupBy'>;
  readonly byHand: string;
}

const LOG = `FROM activity_log FINAL
  WHERE ouid = {ouid:String} AND stream = 'profile' AND expires_at > now64(3)
    AND occurred_at >= {from:DateTime64(3, 'UTC')} AND occurred_at < {to:DateTime64(3, 'UTC')}`;

export const RIVALS: readonly Rival[] = [
  {
    name: 'talk-time-by-agent',
    asked: {
      resource: 'operators',
      figures: ['handled', 'talkTimeP50', 'talkTimeP95'],
      groupBy: ['agent'],
    },
    byHand: `SELECT agent_id, countIf(duration_ms > 0), quantilesExactIf(0.5, 0.95)(duration_ms, duration_ms > 0)
      ${LOG} AND event_type = 'av.ended' GROUP BY agent_id ORDER BY agent_id`,
  },
  {
    name: 'decisions-by-reviewer',
    asked: {
      resource: 'reviewers',
      figures: ['decided', 'overrides', 'reviewTimeP50', 'reviewTimeP95'],
      groupBy: ['reviewer'],
    },
    byHand: `SELECT reviewer_id, count(), countIf(JSONExtractBool(details, 'overridden')),
        quantilesExact(0.5, 0.95)(duration_ms)
      ${LOG} AND event_type = 'checker.decided' GROUP BY reviewer_id ORDER BY reviewer_id`,
  },
  {
    name: 'waits-by-day',
    asked: {
      resource: 'waits',
      figures: ['answered', 'answeredWaitP50', 'answeredWaitP95'],
      groupBy: ['day'],
    },
    byHand: `SELECT toDate(occurred_at, 'Asia/Kolkata') AS day, count(), quantilesExact(0.5, 0.95)(duration_ms)
      ${LOG} AND event_type = 'queue.left' AND JSONExtractString(details, 'why') = 'ASSIGNED'
      GROUP BY day ORDER BY day`,
  },
  {
    name: 'utv-by-reason',
    asked: { resource: 'outcomes', figures: ['utvs', 'utvsTechnical'], groupBy: ['reason'] },
    byHand: `SELECT reason, count(), countIf(reason_class = 'TECHNICAL')
      ${LOG} AND event_type = 'maker.decided' AND JSONExtractString(details, 'decision') = 'UTV'
      GROUP BY reason ORDER BY reason`,
  },
  {
    name: 'funnel',
    asked: { resource: 'funnel', figures: ['reached'], groupBy: ['step'] },
    byHand: `SELECT event_type, uniqExact(profile_id) ${LOG}
      AND event_type IN ('profile.created', 'capture.session-opened', 'consent.given', 'document.received',
        'profile.submitted', 'queue.entered', 'av.opened', 'av.started', 'task.verdict-set', 'maker.decided',
        'checker.decided', 'profile.finished')
      GROUP BY event_type`,
  },
  {
    name: 'sessions-by-queue',
    asked: { resource: 'calls', figures: ['sessions', 'noShows'], groupBy: ['queue'] },
    byHand: `SELECT queue_id, count(), countIf(JSONExtractString(details, 'why') = 'NO_SHOW')
      ${LOG} AND event_type = 'av.ended' GROUP BY queue_id ORDER BY queue_id`,
  },
];
