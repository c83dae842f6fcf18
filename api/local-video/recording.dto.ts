import { ApiProperty } from '@nestjs/swagger';
import { MOST_PARTS } from '../../src/video/local/recordings';
import { ChoiceField, NumberField } from '../common/fields';

/** A day: no call is longer. */
const MAX_DURATION_MS = 24 * 60 * 60_000;

export class RecordingStartedDto {
  @ApiProperty({ description: '`<AVSessionID>.v<k>`.' })
  recordingId!: string;
}

export class FinishRecordingDto {
  @NumberField({ min: 1, max: MOST_PARTS, description: 'How many parts it has.' })
  parts!: number;

  @NumberField({ min: 1, max: MAX_DURATION_MS })
  durationMs!: number;
}

export class RecordedDto {
  @ApiProperty()
  recordingId!: string;

  @ApiProperty()
  bytes!: number;

  @ApiProperty({ description: 'Hex, of all its bytes.' })
  sha256!: string;
}

const RECORDING_FAILURES = [
  'NOT_SUPPORTED',
  'NO_MEDIA',
  'RECORDER_FAILED',
  'UPLOAD_FAILED',
] as const;

export class RecordingFailureDto {
  @ChoiceField({ of: RECORDING_FAILURES })
  why!: (typeof RECORDING_FAILURES)[number];
}
