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
import { LocalRooms } from './local/local-rooms';
import { RoomFiles } from './local/room-files';

/** The adapter that the configuration names. */
export function videoProviderOf(config: Config, tokens: Tokens): VideoProvider {
  const { hundredms } = config;
  if (!hundredms) {
    const rooms = new RoomFiles(config.videoDir);
    return new LocalVideoProvider(rooms, tokens, Date.now, config.videoRecords);
  }
  return new HundredMsVideoProvider(new HundredMsClient(hundredms), hundredms.templates, Date.now);
}

/** What is remembered of calls where they take place. */
export function videoRecordsOf({ hundredms, videoDir, api }: Config, tokens: Tokens): VideoRecords {
  if (hundredms) return new HundredMsRecords(new HundredMsClient(hundredms));
  return new LocalRooms(videoDir, Date.now).records(tokens, api.publicUrl);
}

/** There where calls are recorded when we ask for it; undefined where they record by themselves. */
export function roomRecorderOf({ hundredms }: Config, tokens: Tokens): RoomRecorder | undefined {
  if (hundredms?.recording !== 'on-request') return undefined;
  return new HundredMsRoomRecorder(new HundredMsClient(hundredms), hundredms, tokens, Date.now);
}
