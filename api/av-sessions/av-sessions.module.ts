import { Module } from '@nestjs/common';
import { CaptureModule } from '../capture/capture.module';
import { AvSessionsController } from './av-sessions.controller';

@Module({ imports: [CaptureModule], controllers: [AvSessionsController] })
export class AvSessionsModule {}
