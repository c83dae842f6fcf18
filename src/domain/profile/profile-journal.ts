import type { ProfileEvents } from '../events';
import { Journal } from '../journal';
import { isoTime, type LogRow } from '../log-row';
import { reason as reasonOf } from '../reasons';
import type { Party, ProfileStatus } from '../words';
import { Refusal } from '../refusal';
import { lastAv, type AvSession, type ProfileMessages, type ProfileState } from './state';

/** Columns an event may fill otherwise than the state would. */
export interface Subject {
  readonly captureSessionId?: string;
  readonly avSessionId?: string;
  readonly agentId?: string;
  readonly reviewerId?: string;
  readonly taskId?: string;
  readonly documentId?: string;
  readonly reason?: string;
  readonly party?: Party;
  readonly durationMs?: number;
}

/** Statuses in which no AV session is the profile's current one. */
const BETWEEN_CALLS: readonly ProfileStatus[] = [
  'CAPTURE_PENDING',
  'CAPTURE_IN_PROGRESS',
  'SCHEDULED',
  'QUEUED',
];

export class ProfileJournal extends Journal<ProfileMessages, ProfileState> {
  emit<K extends keyof ProfileEvents>(
    type: K,
    details: ProfileEvents[K],
    subject: Subject = {},
  ): void {
    const seq = this.nextSeq();
    const s = this.state;
    const av = BETWEEN_CALLS.includes(s.status) ? undefined : lastAv(s);
    const code = subject.reason ?? s.reason;
    const reason = code === '' ? undefined : reasonOf(code);
    const row: LogRow = {
      ouid: s.ouid,
      stream: 'profile',
      streamId: s.profileId,
      seq,
      eventType: type,
      occurredAt: isoTime(this.at),
      profileId: s.profileId,
      extReferenceId: s.extReferenceId,
      captureSessionId: subject.captureSessionId ?? s.captureSessionId,
      avSessionId: subject.avSessionId ?? av?.avSessionId ?? '',
      agentId: subject.agentId ?? av?.agentId ?? '',
      reviewerId: subject.reviewerId ?? s.review?.reviewerId ?? s.checker?.reviewerId ?? '',
      taskId: subject.taskId ?? '',
      documentId: subject.documentId ?? '',
      queueId: s.line?.queueId ?? '',
      queueName: s.line?.queueName ?? '',
      profileStatus: s.status,
      reason: code,
      reasonClass: reason?.class ?? '',
      party: subject.party ?? reason?.party ?? '',
      actorType: this.actor.type,
      actorId: this.actor.id,
      language: s.language,
      attempt: s.avSessions.length,
      createdAt: isoTime(s.createdAt),
      statusSince: isoTime(s.statusSince),
      durationMs: subject.durationMs ?? 0,
      details,
      expiresAt: '',
    };
    this.events.push(row);
  }

  /** Moves the profile on. The reason explains the new status; without one it is cleared. */
  moveTo(status: ProfileStatus, reason = ''): void {
    this.set({ status, statusSince: this.at, reason });
  }

  expectStatus(...allowed: ProfileStatus[]): void {
    if (!allowed.includes(this.state.status)) {
      throw new Refusal(
        'WRONG_STATUS',
        `the profile is ${this.state.status}; this needs ${allowed.join(' or ')}`,
      );
    }
  }

  /** The call that is open now. */
  openCall(): AvSession {
    const av = lastAv(this.state);
    if (this.state.status !== 'IN_CALL' || !av)
      throw new Refusal('CALL_NOT_OPEN', 'no call is open on this profile');
    return av;
  }

  /** The AV session whose agent is acting, during the call and until he decided. */
  assignedAv(avSessionId?: string): AvSession {
    this.expectStatus('IN_CALL', 'DECISION_PENDING');
    const av = lastAv(this.state);
    if (av?.agentId !== this.actor.id)
      throw new Refusal('NOT_ASSIGNED', 'the profile is with another agent');
    if (avSessionId !== undefined && avSessionId !== av.avSessionId) {
      throw new Refusal('CALL_NOT_OPEN', 'this AV session is over');
    }
    return av;
  }

  expectCaptureSession(captureSessionId: string | undefined): void {
    if (!captureSessionId || captureSessionId !== this.state.captureSessionId) {
      throw new Refusal(
        'CAPTURE_SESSION_CLOSED',
        'this capture session is closed; log in again by the link',
      );
    }
  }
}
