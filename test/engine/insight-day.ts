import type { LogRow } from '../../src/domain/log-row';
import { QualityRepository } from '../../clickhouse/quality.repository';
import { Case, Desk, MORNING, BANK } from './insight-rows';
import type { TestLog } from './log-fixture';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const approved = { decision: 'APPROVED', review: 1, reviewsNeeded: 1, overridden: false };

/** One day: a case approved at once, one overturned, one unable to verify and cancelled, one that never came. */
function aDay(): LogRow[] {
  const first = new Case('p-1', MORNING)
    .add('profile.created', 0)
    .add('capture.session-opened', MINUTE)
    .add('consent.given', MINUTE)
    .add('document.received', MINUTE)
    .add('profile.submitted', MINUTE)
    .add('queue.entered', 0)
    .add('queue.left', 30_000, { durationMs: 30_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ann', 5 * MINUTE)
    .add('task.created', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .add('task.created', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t2', agentId: 'ann' })
    .add('task.verdict-set', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .add('task.verdict-set', 0, { avSessionId: 'p-1.1', taskId: 'p-1.1.t1', agentId: 'ann' })
    .maker(1, 'ann', 'APPROVED')
    .checker('rob', 'ann', approved)
    .finished('APPROVED', { attempt: 1, agentId: 'ann', reviewerId: 'rob' });
  const second = new Case('p-2', MORNING + HOUR, { language: 'hi', queueId: 'hindi' })
    .add('profile.created', 0)
    .add('capture.session-opened', MINUTE)
    .add('queue.entered', MINUTE)
    .add('queue.left', 90_000, { durationMs: 90_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ben', 2 * MINUTE, 'DROPPED', 'TECH_CALL_DROPPED_CUSTOMER')
    .call(2, 'ben', 3 * MINUTE)
    .maker(2, 'ben', 'APPROVED')
    .checker(
      'rob',
      'ben',
      { ...approved, decision: 'REJECTED', overridden: true },
      'BIZ_SPOOF_SUSPECTED',
    )
    .finished('REJECTED', { attempt: 2, agentId: 'ben', reason: 'BIZ_SPOOF_SUSPECTED' });
  const third = new Case('p-3', MORNING + 2 * HOUR)
    .add('profile.created', 0)
    .add('queue.entered', MINUTE)
    .add('queue.left', 10_000, { durationMs: 10_000, details: { why: 'ASSIGNED', ticket: 1 } })
    .call(1, 'ann', MINUTE, 'CUSTOMER_LEFT', 'TECH_CALL_DROPPED_CUSTOMER')
    .maker(1, 'ann', 'UTV', 'TECH_CALL_DROPPED_CUSTOMER')
    .add('queue.entered', 0)
    .add('queue.left', 50_000, { durationMs: 50_000, details: { why: 'CASE_ENDED', ticket: 2 } })
    .finished('CANCELLED', { attempt: 1, agentId: 'ann' });
  const fourth = new Case('p-4', MORNING + 3 * HOUR)
    .add('profile.created', 0)
    .add('slot.booked', MINUTE)
    .add('slot.missed', MINUTE)
    .add('slot.booked', MINUTE)
    .add('queue.entered', MINUTE)
    .add('queue.left', 70_000, { durationMs: 70_000, details: { why: 'AWAY', ticket: 1 } });
  const desk = new Desk()
    .add('agent.online', MORNING, 'ann', 'FREE')
    .add('offer.made', MORNING + 10 * MINUTE, 'ann', 'OFFERED', { profileId: 'p-1' })
    .add('offer.accepted', MORNING + 10 * MINUTE + 4_000, 'ann', 'OFFERED', {
      ...{ profileId: 'p-1', durationMs: 4_000 },
    })
    .add('offer.confirmed', MORNING + 11 * MINUTE, 'ann', 'BUSY', { profileId: 'p-1' })
    .add('agent.freed', MORNING + 21 * MINUTE, 'ann', 'WRAP_UP', { durationMs: 10 * MINUTE })
    .add('agent.ready', MORNING + 23 * MINUTE, 'ann', 'FREE', { durationMs: 2 * MINUTE })
    .add('agent.paused', MORNING + 30 * MINUTE, 'ann', 'PAUSED', {
      details: { agent: { state: 'PAUSED', profileId: '', pauseReason: 'LUNCH' } },
    })
    .add('agent.resumed', MORNING + 90 * MINUTE, 'ann', 'FREE', { durationMs: HOUR })
    .add('offer.made', MORNING + 95 * MINUTE, 'ann', 'OFFERED', { profileId: 'p-2' })
    .add('offer.missed', MORNING + 96 * MINUTE, 'ann', 'FREE', { profileId: 'p-2' })
    .add('callback.asked', MORNING + 97 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('callback.called', MORNING + 98 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('customer.back', MORNING + 99 * MINUTE, '', '', {
      profileId: 'p-4',
      details: { ticket: 9 },
    })
    .add('agent.offline', MORNING + 100 * MINUTE, 'ann', 'OFFLINE');
  return [first, second, third, fourth, desk].flatMap(({ rows }) => rows);
}

/** That day, written in another order, in pieces and twice, and a part of it for another organization. */
export async function writeDay(log: TestLog): Promise<void> {
  await log.client.command({ query: 'SYSTEM STOP MERGES' });
  const rows = aDay();
  // In another order, in pieces, and twice.
  await log.writer.write(rows.toReversed());
  for (let i = 0; i < rows.length; i += 7) await log.writer.write(rows.slice(i, i + 11));
  const theirs = rows.map((row) => ({
    ...row,
    ouid: 'other',
    streamId: row.stream === 'desk' ? 'other' : row.streamId,
  }));
  await log.writer.write(theirs.slice(0, 40));
  const quality = new QualityRepository(log.client);
  const origin = { profileId: 'p-1', avSessionId: 'p-1.1', who: 'CUSTOMER' } as const;
  const at = MORNING + 10 * MINUTE;
  await quality.store(BANK, origin, [
    { at, kind: 'NETWORK', score: 5 },
    { at: at + 1, kind: 'NETWORK', score: 2 },
    { at: at + 1, kind: 'STATS', roundTripMs: 80, jitterMs: 4, packetLossPercent: 0.5 },
    { at: at + 2, kind: 'RECONNECTING' },
    { at: at + 2, kind: 'ERROR', code: 3001, terminal: false },
  ]);
}
