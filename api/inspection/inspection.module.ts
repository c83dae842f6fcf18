import { Module } from '@nestjs/common';
import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { QualityRepository } from '../../clickhouse/quality.repository';
import type { EntrySource } from './entries';
import { ENTRY_SOURCES, Inspection } from './inspection';
import { InspectionController } from './inspection.controller';
import { RoomsController } from './rooms.controller';
import { logSource, qualitySource } from './sources';

@Module({
  controllers: [InspectionController, RoomsController],
  providers: [
    Inspection,
    {
      provide: ENTRY_SOURCES,
      inject: [AvSessionsRepository, QualityRepository],
      // What matters most first: when there are too many entries, the last source is cut.
      useFactory: (
        sessions: AvSessionsRepository,
        quality: QualityRepository,
      ): readonly EntrySource[] => [logSource(sessions), qualitySource(quality)],
    },
  ],
})
export class InspectionModule {}
