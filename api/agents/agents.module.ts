import { Module } from '@nestjs/common';
import { AgentsController } from './agents.controller';
import { AgentStreams } from './agent-streams';
import { Assignments } from './assignments';

@Module({ controllers: [AgentsController], providers: [Assignments, AgentStreams] })
export class AgentsModule {}
