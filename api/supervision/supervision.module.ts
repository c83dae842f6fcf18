import { Module } from '@nestjs/common';
import { DeskController } from './desk.controller';
import { SupervisionController } from './supervision.controller';

@Module({ controllers: [DeskController, SupervisionController] })
export class SupervisionModule {}
