import { ApiProperty } from '@nestjs/swagger';
import {
  CAPTURE_FAILURES,
  DOCUMENT_KINDS,
  PROFILE_STATUSES,
  type CaptureFailure,
  type DocumentKind,
  type ProfileStatus,
} from '../../src/domain/words';
import type { PlaceInLine } from '../streams/place-in-line';
import { ChoiceField, IdField, TextField, TextListField } from '../common/fields';

const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;
export const SKILL = /^[a-z0-9-]{1,40}$/;

export class OpenSessionDto {
  @IdField({
    max: 4_096,
    pattern: /^[\w-]+\.[\w-]+\.[\w-]+$/,
    description: 'The token of the capture link.',
  })
  link!: string;
}

export class CaptureSessionDto {
  @ApiProperty()
  profileId!: string;

  @ApiProperty()
  captureSessionId!: string;

  @ApiProperty({ description: 'Bearer credential of this login.' })
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ enum: [...PROFILE_STATUSES] })
  status!: ProfileStatus;
}

export class ConsentDto {
  @TextField({
    max: 40,
    example: '2026-01',
    description: 'Version of the consent text that was shown.',
  })
  version!: string;

  @TextField({ max: 8, pattern: LANGUAGE })
  language!: string;

  @IdField({
    max: 64,
    pattern: /^[0-9a-f]{64}$/,
    description: 'SHA-256 of the text as it was shown.',
  })
  textSha256!: string;
}

/** What a customer hands in; a call's capture is the agent's. */
export const CUSTOMER_DOCUMENTS = DOCUMENT_KINDS.filter((kind) => kind !== 'CALL_CAPTURE');

export class DocumentQueryDto {
  @ChoiceField({ of: CUSTOMER_DOCUMENTS })
  kind!: DocumentKind;
}

export class CaptureFailureDto {
  @ChoiceField({ of: CAPTURE_FAILURES })
  why!: CaptureFailure;
}

export class LanguageDto {
  @TextField({ max: 8, pattern: LANGUAGE, description: 'The language he wants to be served in.' })
  language!: string;
}

export class SubmitDto extends LanguageDto {
  @TextListField({
    maxItems: 10,
    pattern: SKILL,
    optional: true,
    description: 'What the agent must know.',
  })
  skills?: string[];
}

export class PlaceInLineDto implements PlaceInLine {
  @ApiProperty()
  inLine!: boolean;

  @ApiProperty({ type: Number, nullable: true, description: '1 = next.' })
  position!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Null while nobody can serve him.' })
  estimatedWaitMinutes!: number | null;

  @ApiProperty({ type: String, enum: ['ASKED', 'CALLED'], nullable: true })
  callback!: 'ASKED' | 'CALLED' | null;
}

export class SlotDto {
  @TextField({
    max: 30,
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/,
    example: '2026-12-01T10:30:00+05:30',
    description: 'ISO 8601 with a time zone; within one of the slots.',
  })
  at!: string;
}

class IntervalDto {
  @ApiProperty({ format: 'date-time' })
  from!: string;

  @ApiProperty({ format: 'date-time', description: 'The first moment that is too late.' })
  to!: string;
}

export class SlotsDto {
  @ApiProperty({
    type: [IntervalDto],
    description: 'Any time within one of them may be booked; none while the case is not SCHEDULED.',
  })
  slots!: IntervalDto[];
}

export class JoinDto {
  @ApiProperty()
  avSessionId!: string;

  @ApiProperty({ enum: ['local', 'hundredms'], description: 'Which client the page has to load.' })
  provider!: string;

  @ApiProperty()
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}
