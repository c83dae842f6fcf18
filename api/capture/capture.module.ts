import { Module } from '@nestjs/common';
import { CaptureSessions } from './capture-sessions';
import { CaptureController } from './capture.controller';
import { CustomerCallController } from './customer-call.controller';
import { VideoJoins } from './video-joins';

@Module({
  controllers: [CaptureController, CustomerCallController],
  providers: [CaptureSessions, VideoJoins],
  exports: [VideoJoins],
})
export class CaptureModule {}
