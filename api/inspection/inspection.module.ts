import { Module } from '@nestjs/common';
import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { QualityRepository } from '../../clickhouse/quality.repository';
import { VideoEventsRepository } from '../../clickhouse/video-events';
import type { EntrySource } from './entries';
import { ENTRY_SOURCES, Inspection } from './inspection';
import { InspectionController } from './inspection.controller';
import { RoomsController } from './rooms.controller';
import { logSource, qualitySource, webhookSource } from './sources';

@Module({
  controllers: [InspectionController, RoomsController],
  providers: [
    Inspection,
    {
      provide: ENTRY_SOURCES,
      inject: [AvSessionsRepository, VideoEventsRepository, QualityRepository],
      // What matters most first: when there are too many entries, the last source is cut.
      useFactory: (
        sessions: AvSessionsRepository,
        events: VideoEventsRepository,
        quality: QualityRepository,
      ): readonly EntrySource[] => [
        logSource(sessions),
        webhookSource(events),
        qualitySource(quality),
      ],
    },
  ],
})
export class InspectionModule {}
