import { hkdfSync } from 'node:crypto';
import { Global, Module, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { AccessLog } from '../../clickhouse/access-log';
import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { createLogClient, insertInto, type LogClient } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { QualityRepository } from '../../clickhouse/quality.repository';
import { ReviewsRepository } from '../../clickhouse/reviews.repository';
import { RoomsRepository } from '../../clickhouse/rooms.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import { VideoEventsRepository } from '../../clickhouse/video-events';
import { FileBlobStore } from '../../src/blobs/file-blob-store';
import { ProfileVault } from '../../src/blobs/profile-vault';
import type { Config } from '../../src/config';
import { Tokens } from '../../src/tokens/tokens';
import { roomRecorderOf, videoProviderOf, videoRecordsOf } from '../../src/video/video-provider-of';
import { apiLog } from '../common/api-log';
import {
  BODY_HASH_KEY,
  CONFIG,
  LOG_CLIENT,
  ROOM_RECORDER,
  VIDEO,
  VIDEO_RECORDS,
} from './stores.tokens';

/** What is kept outside the workflows: the vault, the log, the rooms, the signing keys. */
@Global()
@Module({
  providers: [
    {
      provide: Tokens,
      inject: [CONFIG],
      useFactory: (config: Config) => new Tokens(config.tokenKey),
    },
    {
      provide: BODY_HASH_KEY,
      inject: [CONFIG],
      useFactory: (config: Config) =>
        new Uint8Array(hkdfSync('sha256', config.tokenKey, '', 'video-kyc body hash v1', 32)),
    },
    {
      provide: ProfileVault,
      inject: [CONFIG],
      useFactory: (config: Config) =>
        (async () =>
          new ProfileVault(await FileBlobStore.open(config.blobDir), config.masterKeys))(),
    },
    {
      provide: VIDEO,
      inject: [CONFIG, Tokens],
      useFactory: (config: Config, tokens: Tokens) => videoProviderOf(config, tokens),
    },
    {
      provide: VIDEO_RECORDS,
      inject: [CONFIG, Tokens],
      useFactory: videoRecordsOf,
    },
    {
      provide: ROOM_RECORDER,
      inject: [CONFIG, Tokens],
      useFactory: roomRecorderOf,
    },
    {
      provide: LOG_CLIENT,
      inject: [CONFIG],
      useFactory: (config: Config) => createLogClient(config.clickhouse),
    },
    {
      provide: ProfilesRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new ProfilesRepository(log),
    },
    {
      provide: ReviewsRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new ReviewsRepository(log),
    },
    {
      provide: TimelineRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new TimelineRepository(log),
    },
    {
      provide: AvSessionsRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new AvSessionsRepository(log),
    },
    {
      provide: QualityRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new QualityRepository(log),
    },
    {
      provide: RoomsRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new RoomsRepository(log),
    },
    {
      provide: VideoEventsRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new VideoEventsRepository(log),
    },
    {
      provide: AccessLog,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) =>
        new AccessLog(
          new LogWriter({
            insert: insertInto(log),
            onQuarantine: (row) => {
              apiLog.error(row, 'a log row went into quarantine');
            },
          }),
        ),
    },
  ],
  exports: [
    Tokens,
    BODY_HASH_KEY,
    ProfileVault,
    VIDEO,
    VIDEO_RECORDS,
    ROOM_RECORDER,
    LOG_CLIENT,
    ProfilesRepository,
    ReviewsRepository,
    TimelineRepository,
    AvSessionsRepository,
    QualityRepository,
    RoomsRepository,
    AccessLog,
    VideoEventsRepository,
  ],
})
export class StoresModule implements OnApplicationShutdown {
  constructor(@Inject(LOG_CLIENT) private readonly log: LogClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
  }
}
