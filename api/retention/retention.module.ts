import { Module } from '@nestjs/common';
import { RetentionRepository } from '../../clickhouse/retention.repository';
import type { LogClient } from '../../clickhouse/client';
import { LOG_CLIENT } from '../stores/stores.tokens';
import { LegalHoldsController } from './legal-holds.controller';
import { RetentionCommands } from './retention-commands';
import { RetentionController } from './retention.controller';

@Module({
  controllers: [RetentionController, LegalHoldsController],
  providers: [
    RetentionCommands,
    {
      provide: RetentionRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new RetentionRepository(log),
    },
  ],
})
export class RetentionModule {}
