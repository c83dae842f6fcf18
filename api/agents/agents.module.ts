import { Module } from '@nestjs/common';
import { StreamsModule } from '../streams/streams.module';
import { AgentsController } from './agents.controller';
import { Assignments } from './assignments';

@Module({
  imports: [StreamsModule],
  controllers: [AgentsController],
  providers: [Assignments],
})
export class AgentsModule {}
