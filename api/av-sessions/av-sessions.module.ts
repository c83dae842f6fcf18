import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module';
import { AvSessionCommands } from './av-session-commands';
import { AvSessionsController } from './av-sessions.controller';
import { CallController } from './call.controller';

@Module({
  imports: [CaptureModule],
  controllers: [AvSessionsController, CallController],
  providers: [AvSessionCommands],
})
export class AvSessionsModule {}
