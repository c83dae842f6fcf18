import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module';
import { StreamsModule } from '../streams/streams.module';
import { AvSessionCommands } from './av-session-commands';
import { CaptureRequestsController } from './capture-requests.controller';
import { AvSessionsController } from './av-sessions.controller';
import { CallController } from './call.controller';
import { RecorderController } from './recorder.controller';

@Module({
  imports: [CaptureModule, StreamsModule],
  controllers: [
    AvSessionsController,
    CallController,
    CaptureRequestsController,
    RecorderController,
  ],
  providers: [AvSessionCommands],
})
export class AvSessionsModule {}
