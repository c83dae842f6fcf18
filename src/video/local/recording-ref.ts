/** A recording's id is `<AVSessionID>.v<k>`; its parts lie in the vault as `recordings/<n>-v<k>-<part>`. */
const RECORDING_ID = /^(.{36}\.([1-9]\d{0,5}))\.v([1-9])$/;
const PATH = /^vault:recordings\/\d+-v([1-9])$/;

export interface RecordingRef {
  readonly avSessionId: string;
  /** 1, 2, 3 … in its AV session. */
  readonly k: number;
}

export function recordingRefOf(recordingId: string): RecordingRef | undefined {
  const [, avSessionId, , k] = RECORDING_ID.exec(recordingId) ?? [];
  return avSessionId === undefined ? undefined : { avSessionId, k: Number(k) };
}

export function recordingIdOf({ avSessionId, k }: RecordingRef): string {
  return `${avSessionId}.v${k}`;
}

/** As facts and events name it. */
export function pathOf(ref: RecordingRef): string {
  return `vault:${blobNameOf(ref)}`;
}

export function recordingOfPath(avSessionId: string, path: string): RecordingRef | undefined {
  const [, k] = PATH.exec(path) ?? [];
  return k === undefined ? undefined : { avSessionId, k: Number(k) };
}

export function blobNameOf({ avSessionId, k }: RecordingRef): string {
  return `recordings/${avSessionId.split('.')[1] ?? ''}-v${k}`;
}
