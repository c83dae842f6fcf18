import type { LogRow } from '../../src/domain/log-row';
import { lastAv, type ProfileState } from '../../src/domain/profile/state';
import { check } from './profile-invariants';

/** Follows the capture requests by their events alone, and compares that with the machine's state. */
export class CaptureLedger {
  private readonly asked = new Set<string>();
  private open = '';

  check(s: ProfileState, rows: readonly LogRow[]): void {
    for (const row of rows) this.takeRow(row);
    const requests = s.captureRequests ?? [];
    const open = requests.filter(({ state }) => state === 'OPEN');
    check('one open capture request', open.length <= 1);
    check('the open request is the one asked for', (open[0]?.requestId ?? '') === this.open);
    const inCall = s.status === 'IN_CALL' && open[0]?.avSessionId === lastAv(s)?.avSessionId;
    check('a capture request is open in its call only', open.length === 0 || inCall);
    for (const { state, documentId, taskId } of requests) {
      const document = s.documents.find((d) => d.documentId === documentId);
      check('what was answered has its document', (state === 'ANSWERED') === (documentId !== ''));
      check('the document names its task', documentId === '' || document?.taskId === taskId);
    }
  }

  private takeRow({ eventType, details: { requestId } }: LogRow): void {
    if (!eventType.startsWith('capture-request.') || typeof requestId !== 'string') return;
    if (eventType !== 'capture-request.asked') {
      check(`${eventType} is of the open request`, this.open === requestId);
      this.open = '';
      return;
    }
    check('a request is asked once', this.open === '' && !this.asked.has(requestId));
    this.asked.add(requestId);
    this.open = requestId;
  }
}
