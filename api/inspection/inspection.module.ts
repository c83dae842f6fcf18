import { Module } from '@nestjs/common';
import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { VideoEventsRepository } from '../../clickhouse/video-events';
import type { EntrySource } from './entries';
import { ENTRY_SOURCES, Inspection } from './inspection';
import { InspectionController } from './inspection.controller';
import { RoomsController } from './rooms.controller';
import { logSource, webhookSource } from './sources';

@Module({
  controllers: [InspectionController, RoomsController],
  providers: [
    Inspection,
    {
      provide: ENTRY_SOURCES,
      inject: [AvSessionsRepository, VideoEventsRepository],
      // What matters most first: when there are too many entries, the last are cut.
      useFactory: (
        sessions: AvSessionsRepository,
        events: VideoEventsRepository,
      ): readonly EntrySource[] => [logSource(sessions), webhookSource(events)],
    },
  ],
})
export class InspectionModule {}
