import type { QualitySummary } from './quality-summary';
import type { Side } from './facts';

/** The system's word for what was wrong on one side: codes of the catalogue, '' = nothing stands out. */
export type QualityCause =
  | 'TECH_AGENT_DEVICE_FAILURE'
  | 'TECH_BROWSER_UNSUPPORTED'
  | 'TECH_CALL_DROPPED_AGENT'
  | 'TECH_CALL_DROPPED_CUSTOMER'
  | 'TECH_CUSTOMER_AUDIO_NOT_WORKING'
  | 'TECH_CUSTOMER_VIDEO_NOT_WORKING'
  | 'TECH_MULTIPLE_SESSIONS'
  | 'TECH_POOR_NETWORK_CUSTOMER'
  | '';

/**
 * Exceptions of the 100ms SDK (web-sdks and its Android documentation, their error codes). A sample
 * does not say which of the two it is from; docs/video-testing.md has what each means.
 */
const CODES = {
  /** Camera (or camera and microphone) not allowed, none, in use, gone, not as asked, no data. */
  video: [3001, 3002, 3003, 3004, 3009, 3015],
  /**
   * Sound blocked by the browser until somebody clicks, silent microphone. 3011 to 3013 on Android:
   * the microphone could not be opened, Bluetooth is not allowed. In a browser 3013 is sound that
   * cannot be played, and 3011 the system that denies camera or microphone.
   */
  audio: [3008, 3010, 3011, 3012, 3013],
  /** No HTTPS, no WebRTC, no storage. */
  browser: [6010, 6011, 6012],
  /** He is in the room already. */
  twice: [5001],
  /** Signalling not reached or lost, address not reached, media connection failed or lost. */
  connection: [1000, 1003, 1006, 2003, 4005, 4006],
} as const satisfies Record<string, readonly number[]>;

/**
 * From where on a call suffers. p95, so that one bad moment is none; from few samples nothing is said.
 *
 * - Packet loss above 5 %, round trip above 450 ms: "red" and "no good" in Vidyo's guide for video
 *   calls (support.vidyo.io, 115002941614). ITU-T G.114 says 400 ms one way must not be exceeded and
 *   that conversation suffers earlier.
 * - Jitter above 100 ms: the same guide's "workable" ends there.
 * - A score of 2 is "bad" and 1 "poor" in 100ms' scale (HMSNetworkQuality).
 * - 15 s without a connection are a quarter of the 60 s in which the SDK tries to get it back; three
 *   losses in a call of 5 to 10 minutes are one every few minutes.
 */
const LIMITS = {
  fewest: 5,
  packetLossPercent: 5,
  roundTripMs: 450,
  jitterMs: 100,
  score: 2,
  secondsDisconnected: 15,
  reconnects: 3,
} as const;

/**
 * What stands out on one side, most certain first: what the SDK could not get out of the device, then
 * a connection it gave up, then a weak network. A hint beside the agent's reason, never instead of it.
 */
export function causeOf(side: Side, summary: QualitySummary): QualityCause {
  const customer = side === 'CUSTOMER';
  const had = (codes: readonly number[]): boolean =>
    summary.errors.some(({ code }) => codes.includes(code));
  // Not every exception has its own code for an agent: whatever is wrong with his side is our side.
  if (had(CODES.browser))
    return customer ? 'TECH_BROWSER_UNSUPPORTED' : 'TECH_AGENT_DEVICE_FAILURE';
  if (had(CODES.video)) {
    return customer ? 'TECH_CUSTOMER_VIDEO_NOT_WORKING' : 'TECH_AGENT_DEVICE_FAILURE';
  }
  if (had(CODES.audio)) {
    return customer ? 'TECH_CUSTOMER_AUDIO_NOT_WORKING' : 'TECH_AGENT_DEVICE_FAILURE';
  }
  if (customer && had(CODES.twice)) return 'TECH_MULTIPLE_SESSIONS';
  const gaveUp = summary.errors.some(
    ({ code, terminal }) => terminal && CODES.connection.some((known) => known === code),
  );
  if (gaveUp) return customer ? 'TECH_CALL_DROPPED_CUSTOMER' : 'TECH_CALL_DROPPED_AGENT';
  if (isCutOff(summary)) {
    return customer ? 'TECH_POOR_NETWORK_CUSTOMER' : 'TECH_CALL_DROPPED_AGENT';
  }
  // The catalogue has no code for an agent whose network is weak and holds.
  return customer && isWeak(summary) ? 'TECH_POOR_NETWORK_CUSTOMER' : '';
}

function isCutOff({ secondsDisconnected, reconnects }: QualitySummary): boolean {
  return secondsDisconnected >= LIMITS.secondsDisconnected || reconnects >= LIMITS.reconnects;
}

function isWeak(summary: QualitySummary): boolean {
  const { averageScore, p95JitterMs, p95PacketLossPercent, p95RoundTripMs } = summary;
  const badStats =
    (p95PacketLossPercent ?? 0) > LIMITS.packetLossPercent ||
    (p95RoundTripMs ?? 0) > LIMITS.roundTripMs ||
    (p95JitterMs ?? 0) > LIMITS.jitterMs;
  return (
    (summary.stats >= LIMITS.fewest && badStats) ||
    (summary.scores >= LIMITS.fewest && averageScore !== null && averageScore <= LIMITS.score)
  );
}
