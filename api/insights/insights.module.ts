import { Module } from '@nestjs/common';
import { InsightsRepository } from '../../clickhouse/insights/insights.repository';
import type { LogClient } from '../../clickhouse/client';
import { LOG_CLIENT } from '../stores/stores.tokens';
import { InsightAnswers } from './insight-answers';
import { InsightsController } from './insights.controller';

@Module({
  controllers: [InsightsController],
  providers: [
    InsightAnswers,
    {
      provide: InsightsRepository,
      inject: [LOG_CLIENT],
      useFactory: (log: LogClient) => new InsightsRepository(log),
    },
  ],
})
export class InsightsModule {}
