import { Module } from '@nestjs/common';
import { HundredMsController } from './hundredms.controller';
import { RoomEvents } from './room-events';

@Module({ controllers: [HundredMsController], providers: [RoomEvents] })
export class WebhooksModule {}
