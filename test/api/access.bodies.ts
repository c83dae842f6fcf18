import type { StartedCase } from './cases';
import { png } from './http';
import type { Route } from './routes';

/** What the right person would send there. */
export function bodyOf(
  { method, path }: Route,
  called: StartedCase,
  reviewed: StartedCase,
): object {
  if (method === 'GET') return {};
  if (/images?$|documents$/.test(path)) return { type: 'image/png', body: png() };
  const bodies: readonly [RegExp, object][] = [
    [/cancel$/, { cancelReason: 'CLIENT_REQUEST' }],
    [
      /av-sessions.*decision$/,
      { decision: 'UTV', reason: 'BIZ_PAN_NOT_AVAILABLE', remark: 'no card' },
    ],
    [
      /reviews.*decision$/,
      {
        decision: 'REJECTED',
        reason: 'BIZ_DOC_TAMPERED',
        overrideReason: 'MAKER_ERROR',
        remark: 'forged',
      },
    ],
    [/capture-requests$/, { taskId: `${called.avSessionId}.t1`, kind: 'PAN_CARD' }],
    [/recordings.*finish$/, { parts: 1, durationMs: 1_000 }],
    [/recordings.*failure$/, { why: 'NO_MEDIA' }],
    [/failure$/, { why: 'DENIED' }],
    [/verdict$/, { verdict: 'PASS' }],
    [/verdicts$/, { documentId: `${reviewed.profileId}.d1`, verdict: 'PASS' }],
    [/reviewer$/, { reviewerId: 'reviewer-2' }],
    [/route$/, { priority: 9, why: 'COMPLAINT' }],
    [/pull$/, { why: 'QUALITY' }],
    [/release-call$/, { why: 'STUCK' }],
    [/close$/, { why: 'STAFFING' }],
    [/relationship-ended$/, { endedAt: '2026-01-01T00:00:00Z' }],
    [/legal-holds$/, { holdId: 'matter-1' }],
    [/decision-tokens$/, { signal: 'cancel' }],
    [/quality$/, { samples: [{ at: new Date().toISOString(), kind: 'NETWORK', score: 4 }] }],
    [/tasks$/, { check: { kind: 'DETAIL', field: 'name' }, mandatory: true }],
  ];
  return { json: bodies.find(([pattern]) => pattern.test(path))?.[1] ?? {} };
}
