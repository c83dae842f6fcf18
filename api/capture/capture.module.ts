import { Module } from '@nestjs/common';
import { CaptureSessions } from './capture-sessions';
import { CaptureController } from './capture.controller';
import { VideoJoins } from './video-joins';

@Module({
  controllers: [CaptureController],
  providers: [CaptureSessions, VideoJoins],
  exports: [VideoJoins],
})
export class CaptureModule {}
