import { Module } from '@nestjs/common';
import { ProfileVault } from '../../src/blobs/profile-vault';
import type { Config } from '../../src/config';
import { LocalRooms } from '../../src/video/local/local-rooms';
import { LocalRecordings } from '../../src/video/local/recordings';
import { CONFIG } from '../stores/stores.tokens';
import { CallFacts } from './call-facts';
import { PeerStreams } from './peer-streams';
import { RecordingDownloadController } from './recording-download.controller';
import { RecordingUploadController } from './recording-upload.controller';
import { SignallingController } from './signalling.controller';

/** The browser side of the local video provider; not there when calls take place elsewhere. */
@Module({
  controllers: [SignallingController, RecordingUploadController, RecordingDownloadController],
  providers: [
    CallFacts,
    PeerStreams,
    {
      provide: LocalRooms,
      inject: [CONFIG],
      useFactory: ({ videoDir }: Config) => new LocalRooms(videoDir, Date.now),
    },
    {
      provide: LocalRecordings,
      inject: [LocalRooms, ProfileVault],
      useFactory: (rooms: LocalRooms, vault: ProfileVault) => rooms.recordings(vault),
    },
  ],
})
export class LocalVideoModule {}
