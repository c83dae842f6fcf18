import { Module } from '@nestjs/common';
import { StreamsModule } from '../streams/streams.module';
import { CaptureSessions } from './capture-sessions';
import { CaptureController } from './capture.controller';
import { CallCaptureController } from './call-capture.controller';
import { CustomerCallController } from './customer-call.controller';
import { SlotsController } from './slots.controller';
import { VideoJoins } from './video-joins';
import { WaitingController } from './waiting.controller';
import { WaitingLine } from './waiting-line';

@Module({
  imports: [StreamsModule],
  controllers: [
    CaptureController,
    CallCaptureController,
    CustomerCallController,
    SlotsController,
    WaitingController,
  ],
  providers: [CaptureSessions, VideoJoins, WaitingLine],
  exports: [CaptureSessions, VideoJoins],
})
export class CaptureModule {}
