import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject, ValidateNested } from 'class-validator';
import {
  MEASURES,
  QUALITY_KINDS,
  SCORE,
  SDK_CODE,
  type QualityKind,
} from '../../src/domain/video/quality';
import { ChoiceField, FlagField, IdField, MeasureField, NumberField } from '../common/fields';

const MAX_SAMPLES = 100;
const STATS = { optional: true, min: 0, description: 'With STATS.' } as const;

/** One thing a client saw of the call; which fields belong to it, its kind says. */
export class QualitySampleDto {
  @IdField({
    max: 30,
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?(Z|[+-]\d\d:\d\d)$/,
    description: 'ISO 8601; of the last 24 hours.',
  })
  at!: string;

  @ChoiceField({ of: QUALITY_KINDS })
  kind!: QualityKind;

  @NumberField({ ...SCORE, optional: true, description: 'With NETWORK: 100ms’ downlinkQuality.' })
  score?: number;

  @MeasureField({ ...STATS, max: MEASURES.jitterMs })
  jitterMs?: number;

  @MeasureField({ ...STATS, max: MEASURES.roundTripMs })
  roundTripMs?: number;

  @MeasureField({ ...STATS, max: MEASURES.packetLossPercent })
  packetLossPercent?: number;

  @MeasureField({ ...STATS, max: MEASURES.frameDropPercent })
  frameDropPercent?: number;

  @MeasureField({ ...STATS, max: MEASURES.bitrateUpKbps })
  bitrateUpKbps?: number;

  @MeasureField({ ...STATS, max: MEASURES.bitrateDownKbps })
  bitrateDownKbps?: number;

  @NumberField({ ...SDK_CODE, optional: true, description: 'With ERROR: the SDK’s code.' })
  code?: number;

  @FlagField({ optional: true, description: 'With ERROR: the SDK gave up.' })
  terminal?: boolean;
}

export class QualityBatchDto {
  @ApiProperty({ type: [QualitySampleDto], minItems: 1, maxItems: MAX_SAMPLES })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_SAMPLES)
  // An array passes ValidateNested, each of its none.
  @IsObject({ each: true })
  @ValidateNested({ each: true })
  @Type(() => QualitySampleDto)
  samples!: QualitySampleDto[];
}

export class CustomerQualityBatchDto extends QualityBatchDto {
  @IdField({
    max: 43,
    pattern: /^[0-9a-f-]{36}\.\d{1,6}$/,
    optional: true,
    description:
      'Of the join’s answer; so that samples of an earlier call don’t count for this one.',
  })
  avSessionId?: string;
}

export class QualityReceiptDto {
  @ApiProperty()
  avSessionId!: string;

  @ApiProperty({ description: 'Samples of this batch; a repeated one counts once.' })
  samples!: number;
}
