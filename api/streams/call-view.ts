import { isoTime } from '../../src/domain/log-row';
import { openRequest } from '../../src/domain/profile/capture-requests';
import type { CaptureRequest, ProfileState } from '../../src/domain/profile/state';

/** A capture request as the agent and the customer's client see it. */
export function captureRequestView({ askedAt, expiresAt, n: _n, ...request }: CaptureRequest) {
  return { ...request, askedAt: isoTime(askedAt), expiresAt: isoTime(expiresAt) };
}

export type CaptureRequestView = ReturnType<typeof captureRequestView>;

/** The requests of one call, oldest first. */
export function captureRequestsOf(s: ProfileState, avSessionId: string): CaptureRequestView[] {
  const requests = s.captureRequests ?? [];
  return requests.filter((r) => r.avSessionId === avSessionId).map(captureRequestView);
}

/** A call as both who are in it are told it: nothing that only one of them may know. */
export interface CallView {
  readonly avSessionId: string;
  readonly room: string;
  readonly customerIn: boolean;
  readonly agentIn: boolean;
  /** ISO 8601; '' when not yet. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly captureRequest: CaptureRequestView | null;
  /** The last one that is not open any more, with what became of it. */
  readonly lastCaptureRequest: CaptureRequestView | null;
}

/** Undefined: the profile has no such call. */
export function callView(s: ProfileState, avSessionId: string): CallView | undefined {
  const av = s.avSessions.find((a) => a.avSessionId === avSessionId);
  if (!av) return undefined;
  const open = openRequest(s);
  const over = captureRequestsOf(s, avSessionId).filter(({ state }) => state !== 'OPEN');
  return {
    avSessionId,
    room: av.room,
    customerIn: av.customerIn,
    agentIn: av.agentIn,
    startedAt: av.startedAt === undefined ? '' : isoTime(av.startedAt),
    endedAt: av.endedAt === undefined ? '' : isoTime(av.endedAt),
    captureRequest: open?.avSessionId === avSessionId ? captureRequestView(open) : null,
    lastCaptureRequest: over.at(-1) ?? null,
  };
}
