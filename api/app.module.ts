import { Module, type DynamicModule } from '@nestjs/common';
import type { Config } from '../src/config';
import { AgentsModule } from './agents/agents.module';
import { AvSessionsModule } from './av-sessions/av-sessions.module';
import { CaptureModule } from './capture/capture.module';
import { CommonModule } from './common/common.module';
import { ConfigModule } from './config.module';
import { DevelopmentModule } from './development/development.module';
import { HealthModule } from './health/health.module';
import { LocalVideoModule } from './local-video/local-video.module';
import { ProfilesModule } from './profiles/profiles.module';
import { InspectionModule } from './inspection/inspection.module';
import { InsightsModule } from './insights/insights.module';
import { QualityModule } from './quality/quality.module';
import { ReasonsModule } from './reasons/reasons.module';
import { RetentionModule } from './retention/retention.module';
import { ReviewsModule } from './reviews/reviews.module';
import { SupervisionModule } from './supervision/supervision.module';
import { StoresModule } from './stores/stores.module';
import { TemporalModule } from './temporal/temporal.module';
import { WebhooksModule } from './webhooks/webhooks.module';

/** The HTTP process: one module a resource. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        StoresModule,
        TemporalModule,
        CommonModule,
        HealthModule,
        ProfilesModule,
        CaptureModule,
        AgentsModule,
        AvSessionsModule,
        QualityModule,
        InspectionModule,
        InsightsModule,
        ReasonsModule,
        RetentionModule,
        ReviewsModule,
        SupervisionModule,
        WebhooksModule,
        ...(config.videoProvider === 'local' ? [LocalVideoModule] : []),
        ...(config.environment === 'development' ? [DevelopmentModule] : []),
      ],
    };
  }
}
