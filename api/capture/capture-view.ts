import { isoTime } from '../../src/domain/log-row';
import { reason as reasonOf } from '../../src/domain/reasons';
import { openRequest } from '../../src/domain/profile/capture-requests';
import { choiceAt } from '../../src/domain/profile/queue-choice';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { captureRequestView } from '../streams/call-view';
import type { PlaceInLine } from '../streams/place-in-line';

/**
 * A case as its customer sees it. He learns what he has to do, not what others think of him: of a
 * reason he gets the key of a message that is fit for him, and a rejection has none.
 */
export function captureView(s: ProfileState, now: number, place?: PlaceInLine) {
  const current = s.documents.filter((d) => !d.replaced && d.source === 'CUSTOMER');
  const asked = openRequest(s);
  const av = s.status === 'IN_CALL' ? lastAv(s) : undefined;
  // While a queue for him is open he may come back at once.
  const opensAt = s.status === 'SCHEDULED' ? choiceAt(s, now).opensAt : '';
  const retry = s.reason !== '' && s.status !== 'REJECTED';
  return {
    profileId: s.profileId,
    captureSessionId: s.captureSessionId,
    status: s.status,
    language: s.language,
    consent: { given: s.consent !== undefined, versions: s.policy.consentVersions },
    documents: current.map((d) => ({
      documentId: d.documentId,
      kind: d.kind,
      receivedAt: isoTime(d.receivedAt),
    })),
    missing: s.policy.requiredDocuments.filter((kind) => !current.some((d) => d.kind === kind)),
    queue:
      s.status === 'QUEUED' && s.line
        ? {
            queueName: s.line.queueName,
            position: place?.position ?? null,
            estimatedWaitMinutes: place?.estimatedWaitMinutes ?? null,
            callback: place?.callback ?? null,
          }
        : null,
    slot: s.slot === undefined ? null : isoTime(s.slot),
    opensAt: opensAt === '' ? null : opensAt,
    call: av
      ? {
          avSessionId: av.avSessionId,
          ready: av.room === 'OPEN',
          // Also here, for a page whose line lets no stream of events through.
          captureRequest: asked ? captureRequestView(asked) : null,
        }
      : null,
    messageKey: retry ? reasonOf(s.reason).customerMessageKey : '',
    seq: s.seq,
  };
}
