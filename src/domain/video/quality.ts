export const QUALITY_KINDS = ['NETWORK', 'STATS', 'RECONNECTING', 'RECONNECTED', 'ERROR'] as const;
export type QualityKind = (typeof QUALITY_KINDS)[number];

/** 100ms' `downlinkQuality`: 5 best, 4 good, 3 average, 2 bad, 1 poor, 0 none, -1 not measured. */
export const SCORE = { min: -1, max: 5 } as const;

/** Codes of the 100ms SDK's exceptions; Android hands on what the server answered, from 400 on. */
export const SDK_CODE = { min: 400, max: 9_999 } as const;

/** What a client measures, and the largest value that can be one. */
export const MEASURES = {
  jitterMs: 60_000,
  roundTripMs: 60_000,
  packetLossPercent: 100,
  frameDropPercent: 100,
  bitrateUpKbps: 100_000,
  bitrateDownKbps: 100_000,
} as const;
export type Measure = keyof typeof MEASURES;
export const MEASURE_NAMES = Object.keys(MEASURES) as readonly Measure[];

/** Of one side of one call: a sample a second of each kind, in the longest call, several times over. */
export const MOST_SAMPLES = 20_000;

/** What a client saw of the call at one moment; `at` (epoch ms) is its own clock. */
export type QualitySample = { readonly at: number } & (
  | { readonly kind: 'NETWORK'; readonly score: number }
  | ({ readonly kind: 'STATS' } & Readonly<Partial<Record<Measure, number>>>)
  /** The SDK lost its connection and tries to get it back, and when it has it back. */
  | { readonly kind: 'RECONNECTING' | 'RECONNECTED' }
  /** An exception of the SDK; `terminal`: it gave up. */
  | { readonly kind: 'ERROR'; readonly code: number; readonly terminal: boolean }
);
