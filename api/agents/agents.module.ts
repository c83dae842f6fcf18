import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller';
import { Assignments } from './assignments';

@Module({ controllers: [AgentsController], providers: [Assignments] })
export class AgentsModule {}
