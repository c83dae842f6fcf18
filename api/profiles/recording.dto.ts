import { ApiProperty } from '@nestjs/swagger';
import type { Recording } from '../../src/domain/profile/state';

const STATES = ['NOT_EXPECTED', 'EXPECTED', 'RUNNING', 'RECORDED', 'FAILED', 'MISSING'] as const;

class RecordingFileDto {
  @ApiProperty({ enum: ['ROOM', 'TRACK', 'STREAM'], description: 'ROOM shows the whole call.' })
  kind!: string;

  @ApiProperty()
  bytes!: number;

  @ApiProperty()
  durationMs!: number;

  @ApiProperty({ description: 'Open to whoever has it: never kept, never logged.' })
  url!: string;

  @ApiProperty({ description: 'ISO 8601; ask again after that.' })
  expiresAt!: string;
}

export class RecordingDto {
  @ApiProperty()
  avSessionId!: string;

  @ApiProperty({ enum: STATES })
  state!: Recording['state'] | 'NOT_EXPECTED';

  @ApiProperty({ enum: ['NO_FILE', 'SEVERAL_FILES', 'TOO_SHORT', 'TOO_SMALL'], isArray: true })
  doubts!: string[];

  @ApiProperty({ type: [RecordingFileDto] })
  files!: RecordingFileDto[];
}
