import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { createLogClient, type LogClient } from '../../clickhouse/client';
import { InsightsRepository } from '../../clickhouse/insights/insights.repository';
import type { Config } from '../../src/config';
import { CONFIG } from '../stores/stores.tokens';
import { InsightAnswers } from './insight-answers';
import { InsightLane } from './insight-lane';
import { InsightsController } from './insights.controller';

const INSIGHTS_CLIENT = Symbol('INSIGHTS_CLIENT');

/** Their own connections: a file that somebody reads slowly holds one, and none of the journeys'. */
@Module({
  controllers: [InsightsController],
  providers: [
    InsightAnswers,
    InsightLane,
    {
      provide: INSIGHTS_CLIENT,
      inject: [CONFIG],
      useFactory: (config: Config) => createLogClient(config.clickhouse),
    },
    {
      provide: InsightsRepository,
      inject: [INSIGHTS_CLIENT],
      useFactory: (log: LogClient) => new InsightsRepository(log),
    },
  ],
})
export class InsightsModule implements OnApplicationShutdown {
  constructor(@Inject(INSIGHTS_CLIENT) private readonly client: LogClient) {}

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }
}
