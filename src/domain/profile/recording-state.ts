import type { AvSession, ProfileState, Recording } from './state';

/** From the call's end until its recording is given up, ms: composite files take seconds, SFU minutes. */
export const RECORDING_WAIT_MS = 15 * 60_000;
/** The recorder comes some 2 s late and is stopped with the call; more than this is missing. */
const MAY_MISS_MS = 30_000;
/** Sound alone is 32 kbit/s in our template; a picture without people is not much more. */
const LEAST_BYTES_PER_SECOND = 4_000;

export const NO_RECORDING_YET: Recording = { state: 'EXPECTED', files: [], doubts: [] };

/**
 * What is known of the recording when the call ends. Both were in a room that records: there will be a
 * file, or it is told that there is none. Where it has to be asked for, it was when both came in.
 */
export function recordingAtEnd(av: AvSession, at: number): { recording?: Recording } {
  const { recording, records, startedAt } = av;
  if (recording?.state === 'RECORDED')
    return {
      recording: { ...recording, doubts: doubtsAbout({ ...av, endedAt: at }, recording.files, at) },
    };
  return !records || startedAt === undefined || recording ? {} : { recording: NO_RECORDING_YET };
}

export function awaitsRecording({ endedAt, recording }: AvSession): boolean {
  return (
    endedAt !== undefined && (recording?.state === 'EXPECTED' || recording?.state === 'RUNNING')
  );
}

/** Until when it is waited for, epoch ms. */
export function recordingDeadline({ policy }: ProfileState, { endedAt = 0 }: AvSession): number {
  return endedAt + (policy.timers.recording ?? RECORDING_WAIT_MS);
}

/** Nobody's decision, but the checker's to know. */
export function doubtsAbout(
  av: AvSession,
  files: Recording['files'],
  at: number,
): Recording['doubts'] {
  const whole = files.filter(({ kind }) => kind === 'ROOM');
  const talkMs = av.startedAt === undefined ? 0 : (av.endedAt ?? at) - av.startedAt;
  const short = whole.every(({ durationMs }) => durationMs + MAY_MISS_MS < talkMs);
  const small = whole.some(
    ({ bytes, durationMs }) => bytes < (durationMs / 1_000) * LEAST_BYTES_PER_SECOND,
  );
  return [
    ...(whole.length > 1 ? (['SEVERAL_FILES'] as const) : []),
    ...(short ? (['TOO_SHORT'] as const) : []),
    ...(small ? (['TOO_SMALL'] as const) : []),
  ];
}
