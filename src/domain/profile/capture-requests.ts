import { isoTime } from '../log-row';
import { CAPTURE_REQUEST_MS } from '../policy';
import { Refusal } from '../refusal';
import { storeDocument } from './capture';
import type { ProfileCommands } from './commands';
import type { ProfileJournal, Subject } from './profile-journal';
import type { CaptureRequest, ProfileState } from './state';
import { findTask } from './tasks';

/** The profile's state is asked for every second of a call: older requests are in the log. */
const KEPT = 20;

export function openRequest(s: ProfileState): CaptureRequest | undefined {
  return s.captureRequests?.find((request) => request.state === 'OPEN');
}

/** The agent asks for an image from the customer's own camera; who asks again means the new one. */
export function requestCapture(
  j: ProfileJournal,
  input: ProfileCommands['requestCapture'],
): string {
  j.assignedAv(input.avSessionId);
  const { avSessionId } = j.openCall();
  const { taskId } = findTask(j, input.taskId);
  const { documents, policy } = j.state;
  if (documents.length >= policy.maxDocuments) {
    throw new Refusal('DOCUMENT_LIMIT', `a profile keeps at most ${policy.maxDocuments} documents`);
  }
  withdrawCapture(j, 'REPLACED');
  const { captureRequests = [] } = j.state;
  const last = captureRequests.at(-1);
  const n = last?.avSessionId === avSessionId ? last.n + 1 : 1;
  const expiresAt = j.at + (policy.timers.captureRequest ?? CAPTURE_REQUEST_MS);
  const request: CaptureRequest = {
    requestId: `${avSessionId}.r${n}`,
    n,
    avSessionId,
    taskId,
    kind: input.kind,
    askedAt: j.at,
    expiresAt,
    state: 'OPEN',
    why: '',
    documentId: '',
  };
  j.set({ captureRequests: [...captureRequests, request].slice(-KEPT) });
  const details = { ...factsOf(request), expiresAt: isoTime(expiresAt) };
  j.emit('capture-request.asked', details, { taskId });
  return request.requestId;
}

/** The same bytes again are the same answer: the customer's client did not hear the first one. */
export function answerCapture(j: ProfileJournal, input: ProfileCommands['answerCapture']): string {
  const { captureSessionId, requestId, ...file } = input;
  j.expectCaptureSession(captureSessionId);
  const known = answeredWith(j.state, requestId, file.sha256);
  if (known !== undefined) return known;
  const request = expectOpen(j, requestId);
  const { kind, taskId } = request;
  const documentId = storeDocument(j, { ...file, kind }, 'CUSTOMER', taskId);
  const { sha256, bytes } = file;
  close(j, request, { state: 'ANSWERED', documentId });
  const details = { ...factsOf(request), sha256, bytes };
  j.emit('capture-request.answered', details, { ...subjectOf(j, request), documentId });
  return documentId;
}

export function failCapture(j: ProfileJournal, input: ProfileCommands['failCapture']): string {
  const { captureSessionId, requestId, why } = input;
  j.expectCaptureSession(captureSessionId);
  const request = expectOpen(j, requestId);
  close(j, request, { state: 'FAILED', why });
  j.emit('capture-request.failed', { ...factsOf(request), why }, subjectOf(j, request));
  return requestId;
}

/** Nothing came in time. The agent may ask again. */
export function expireCapture(j: ProfileJournal): void {
  const request = openRequest(j.state);
  if (!request) return;
  close(j, request, { state: 'EXPIRED' });
  j.emit('capture-request.expired', factsOf(request), subjectOf(j, request));
}

/** Ends the open request, if there is one: nobody waits for its answer any more. */
export function withdrawCapture(j: ProfileJournal, why: 'REPLACED' | 'CALL_ENDED'): void {
  const request = openRequest(j.state);
  if (!request) return;
  close(j, request, { state: 'WITHDRAWN', why });
  j.emit('capture-request.withdrawn', { ...factsOf(request), why }, subjectOf(j, request));
}

function answeredWith(s: ProfileState, requestId: string, sha256: string): string | undefined {
  const answered = s.captureRequests?.find((r) => r.requestId === requestId);
  const document = s.documents.find((d) => d.documentId === answered?.documentId);
  return document?.sha256 === sha256 ? document.documentId : undefined;
}

function expectOpen(j: ProfileJournal, requestId: string): CaptureRequest {
  j.openCall();
  const open = openRequest(j.state);
  if (open?.requestId === requestId) return open;
  throw new Refusal('CAPTURE_REQUEST_GONE', 'this capture request is not open');
}

function close(j: ProfileJournal, request: CaptureRequest, patch: Partial<CaptureRequest>): void {
  const { captureRequests = [] } = j.state;
  j.set({ captureRequests: captureRequests.map((r) => (r === request ? { ...r, ...patch } : r)) });
}

function factsOf({ requestId, kind }: CaptureRequest): Pick<CaptureRequest, 'requestId' | 'kind'> {
  return { requestId, kind };
}

function subjectOf(j: ProfileJournal, { taskId, askedAt }: CaptureRequest): Subject {
  return { taskId, durationMs: j.at - askedAt };
}
