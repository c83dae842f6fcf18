import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module';
import { AgentQualityController } from './agent-quality.controller';
import { CallQuality } from './call-quality';
import { CustomerQualityController } from './customer-quality.controller';

@Module({
  imports: [CaptureModule],
  controllers: [CustomerQualityController, AgentQualityController],
  providers: [CallQuality],
})
export class QualityModule {}
