import { Module } from '@nestjs/common';
import { Streams } from './streams';

@Module({ providers: [Streams], exports: [Streams] })
export class StreamsModule {}
