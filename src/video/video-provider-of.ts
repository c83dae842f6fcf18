import type { Config } from '../config';
import type { RoomRecorder } from '../ports/room-recorder';
import type { VideoProvider } from '../ports/video-provider';
import type { VideoRecords } from '../ports/video-records';
import type { Tokens } from '../tokens/tokens';
import { HundredMsClient } from './hundredms/client';
import { HundredMsRecords } from './hundredms/records';
import { HundredMsRoomRecorder } from './hundredms/room-recorder';
import { HundredMsVideoProvider } from './hundredms/hundredms-video';
import { LocalVideoProvider } from './local-video';

/** The adapter that the configuration names. */
export function videoProviderOf(config: Config, tokens: Tokens): VideoProvider {
  const { hundredms } = config;
  if (!hundredms) return new LocalVideoProvider(config.videoDir, tokens, Date.now);
  return new HundredMsVideoProvider(new HundredMsClient(hundredms), hundredms.templates, Date.now);
}

/** What its service remembers of calls; undefined where nobody but us knows. */
export function videoRecordsOf({ hundredms }: Config): VideoRecords | undefined {
  return hundredms && new HundredMsRecords(new HundredMsClient(hundredms));
}

/** There where calls are recorded when we ask for it; undefined where they record by themselves. */
export function roomRecorderOf({ hundredms }: Config, tokens: Tokens): RoomRecorder | undefined {
  if (hundredms?.recording !== 'on-request') return undefined;
  return new HundredMsRoomRecorder(new HundredMsClient(hundredms), hundredms, tokens, Date.now);
}
