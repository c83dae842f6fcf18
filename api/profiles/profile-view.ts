import type { ProfileRecord } from '../../clickhouse/profiles.repository';
import { reason as reasonOf, type ReasonClass } from '../../src/domain/reasons';
import { avSnapshot } from '../../src/domain/profile/av-session';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { taskSnapshot } from '../../src/domain/profile/tasks';
import { isoTime } from '../../src/domain/log-row';

/** A profile as clients, agents and reviewers see it. References to blobs stay inside. */
export function viewOfState(s: ProfileState) {
  const av = lastAv(s);
  return {
    profileId: s.profileId,
    extReferenceId: s.extReferenceId,
    previousProfileId: s.previousProfileId,
    status: s.status,
    statusSince: isoTime(s.statusSince),
    createdAt: isoTime(s.createdAt),
    language: s.language,
    skills: s.skills,
    queueId: s.line?.queueId ?? '',
    queueName: s.line?.queueName ?? '',
    attempt: s.avSessions.length,
    reason: reasonView(s.reason),
    cancelReason: s.cancelReason,
    consentVersion: s.consent?.version ?? '',
    documents: s.documents.map(({ blobRef, receivedAt, ...d }) => ({
      ...d,
      receivedAt: isoTime(receivedAt),
    })),
    tasks: s.tasks.map((t) => ({
      taskId: t.taskId,
      avSessionId: t.avSessionId,
      ...taskSnapshot(t),
    })),
    avSession: av ? { avSessionId: av.avSessionId, ...avSnapshot(av) } : null,
    maker: s.maker
      ? {
          agentId: s.maker.agentId,
          decision: s.maker.decision,
          at: isoTime(s.maker.at),
          hasRemark: s.maker.remarkRef !== '',
        }
      : null,
    review: s.review
      ? { reviewerId: s.review.reviewerId, claimedAt: isoTime(s.review.claimedAt) }
      : null,
    checker: s.checker
      ? {
          reviewerId: s.checker.reviewerId,
          decision: s.checker.decision,
          at: isoTime(s.checker.at),
          hasRemark: s.checker.remarkRef !== '',
        }
      : null,
    slot: s.slot === undefined ? null : isoTime(s.slot),
    hold: s.hold ? { from: s.hold.from, since: isoTime(s.hold.since) } : null,
    // What a first checker decided stays unseen while a second, blind review is under way.
    reviewsDone: s.checks.length,
    reviewsNeeded: s.reviewsNeeded,
    seq: s.seq,
    source: 'WORKFLOW' as const,
    asOf: new Date().toISOString(),
  };
}

/** What the log still knows when the workflow cannot answer; `asOf` says how old it is. */
export function viewOfRecord(r: ProfileRecord) {
  return {
    profileId: r.profileId,
    extReferenceId: r.extReferenceId,
    status: r.profileStatus,
    statusSince: r.statusSince,
    createdAt: r.createdAt,
    language: r.language,
    queueId: r.queueId,
    queueName: r.queueName,
    attempt: r.attempt,
    reason: reasonView(r.reason),
    agentId: r.agentId,
    reviewerId: r.reviewerId,
    seq: r.seq,
    source: 'LOG' as const,
    asOf: r.asOf,
  };
}

export function reasonView(
  code: string,
): { code: string; class: ReasonClass; label: string } | null {
  if (code === '') return null;
  const found = reasonOf(code);
  return { code, class: found.class, label: found.label };
}
