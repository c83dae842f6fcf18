import { Module } from '@nestjs/common';
import { CallStreams } from './call-streams';
import { Streams } from './streams';

@Module({ providers: [CallStreams, Streams], exports: [CallStreams, Streams] })
export class StreamsModule {}
