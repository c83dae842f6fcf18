import { isoTime } from '../log-row';
import { Refusal } from '../refusal';
import type { DocumentKind } from '../words';
import type { ProfileCommands } from './commands';
import { enterLine } from './line';
import type { ProfileJournal } from './profile-journal';
import type { DocumentEntry } from './state';

/** Statuses in which the customer may still change what he handed in. */
const CAPTURING = ['CAPTURE_PENDING', 'CAPTURE_IN_PROGRESS'] as const;
/** Statuses in which a login makes sense: he captures, waits or is in the call. */
const REACHABLE = [...CAPTURING, 'SCHEDULED', 'QUEUED', 'IN_CALL', 'ON_HOLD'] as const;

export function issueLink(j: ProfileJournal): string {
  j.expectStatus(...CAPTURING, 'SCHEDULED');
  const version = j.state.link.version + 1;
  const expiresAt = j.at + j.state.policy.timers.captureLink;
  j.set({ link: { version, expiresAt } });
  j.emit('capture.link-issued', { linkVersion: version, expiresAt: isoTime(expiresAt) });
  return String(version);
}

export function openCapture(j: ProfileJournal, input: ProfileCommands['openCapture']): string {
  j.expectStatus(...REACHABLE);
  if (input.linkVersion !== j.state.link.version) {
    throw new Refusal('LINK_NOT_VALID', 'a newer link was issued; this one is no longer valid');
  }
  closeCapture(j, 'REPLACED');
  const captureCount = j.state.captureCount + 1;
  const captureSessionId = `${j.state.profileId}.c${captureCount}`;
  j.set({ captureCount, captureSessionId });
  if (j.state.status === 'CAPTURE_PENDING') j.moveTo('CAPTURE_IN_PROGRESS', j.state.reason);
  j.emit('capture.session-opened', { linkVersion: input.linkVersion });
  return captureSessionId;
}

export function closeCapture(j: ProfileJournal, why: 'REPLACED' | 'JOURNEY_OVER'): void {
  const captureSessionId = j.state.captureSessionId;
  if (captureSessionId === '') return;
  j.set({ captureSessionId: '' });
  j.emit('capture.session-closed', { why }, { captureSessionId });
}

export function giveConsent(j: ProfileJournal, input: ProfileCommands['giveConsent']): string {
  j.expectStatus(...CAPTURING);
  j.expectCaptureSession(input.captureSessionId);
  if (!j.state.policy.consentVersions.includes(input.version)) {
    throw new Refusal(
      'CONSENT_VERSION_UNKNOWN',
      'this consent text is not one of the organization’s',
    );
  }
  j.set({ consent: { version: input.version, at: j.at } });
  j.emit('consent.given', {
    version: input.version,
    language: input.language,
    textSha256: input.textSha256,
  });
  return '';
}

export function addDocument(j: ProfileJournal, input: ProfileCommands['addDocument']): string {
  j.expectStatus(...CAPTURING);
  j.expectCaptureSession(input.captureSessionId);
  // Consent comes first: nothing of the customer is taken before he agreed (RBI V-CIP, A2).
  if (!j.state.consent) throw new Refusal('CONSENT_REQUIRED', 'the customer has not given consent');
  return storeDocument(j, input, 'CUSTOMER');
}

/** Keeps a stored document or image; a newer one of the same kind takes the older one's place. */
export function storeDocument(
  j: ProfileJournal,
  input: ProfileCommands['addImage'],
  source: DocumentEntry['source'],
  taskId = '',
): string {
  const { documents, policy, profileId } = j.state;
  if (documents.length >= policy.maxDocuments) {
    throw new Refusal('DOCUMENT_LIMIT', `a profile keeps at most ${policy.maxDocuments} documents`);
  }
  const documentId = `${profileId}.d${documents.length + 1}`;
  const older = source === 'CUSTOMER' ? currentDocument(documents, input.kind) : undefined;
  const entry: DocumentEntry = {
    documentId,
    kind: input.kind,
    blobRef: input.blobRef,
    sha256: input.sha256,
    bytes: input.bytes,
    mediaType: input.mediaType,
    source,
    receivedAt: j.at,
    replaced: false,
    reviewVerdict: '',
    ...(taskId !== '' && { taskId }),
  };
  j.set({
    documents: [...documents.map((d) => (d === older ? { ...d, replaced: true } : d)), entry],
  });
  j.emit(
    'document.received',
    {
      kind: input.kind,
      sha256: input.sha256,
      bytes: input.bytes,
      mediaType: input.mediaType,
      replaces: older?.documentId ?? '',
    },
    { documentId, ...(taskId !== '' && { taskId }) },
  );
  return documentId;
}

function currentDocument(
  documents: readonly DocumentEntry[],
  kind: DocumentKind,
): DocumentEntry | undefined {
  return documents.find((d) => d.kind === kind && !d.replaced && d.source === 'CUSTOMER');
}

/** Hands in and joins the line; from SCHEDULED it is the customer coming back. */
export function submit(j: ProfileJournal, input: ProfileCommands['submit']): string {
  j.expectStatus('CAPTURE_IN_PROGRESS', 'SCHEDULED');
  j.expectCaptureSession(input.captureSessionId);
  if (!j.state.consent) throw new Refusal('CONSENT_REQUIRED', 'the customer has not given consent');
  const missing = j.state.policy.requiredDocuments.filter(
    (kind) => !currentDocument(j.state.documents, kind),
  );
  if (missing.length > 0) {
    throw new Refusal('DOCUMENT_MISSING', `still missing: ${missing.join(', ')}`);
  }
  const rejoined = j.state.status === 'SCHEDULED';
  j.set({ language: input.language, skills: input.skills });
  if (!rejoined) j.emit('profile.submitted', { skills: input.skills });
  enterLine(j, rejoined ? 'REJOINED' : 'SUBMITTED');
  return j.state.status === 'QUEUED' ? String(j.state.ticket) : '';
}
