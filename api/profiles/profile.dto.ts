import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import {
  CANCEL_REASONS,
  PROFILE_STATUSES,
  type CancelReason,
  type ProfileStatus,
} from '../../src/domain/words';
import { PROFILE_ID_PATTERN } from '../../src/ports/blob-store';
import { ChoiceField, CountField, IdField, TextField } from '../common/fields';
import { PageDto } from '../common/page.dto';

const LANGUAGE = /^[a-z]{2,3}(-[A-Z]{2})?$/;

class AddressDto {
  @ApiProperty({ example: '12 MG Road' })
  line1!: string;

  @ApiProperty({ required: false })
  line2?: string;

  @ApiProperty({ example: 'Bengaluru' })
  city!: string;

  @ApiProperty({ example: 'Karnataka' })
  state!: string;

  @ApiProperty({ example: '560001' })
  postalCode!: string;

  @ApiProperty({ example: 'IN' })
  country!: string;
}

/** The customer as the client knows him. Checked by src/details, stored encrypted, never logged. */
export class ProfileDetailsDto {
  @ApiProperty({ example: 'Asha Rao' })
  name!: string;

  @ApiProperty({ example: '1990-04-23', format: 'date' })
  dob!: string;

  @ApiProperty({ required: false, enum: ['FEMALE', 'MALE', 'TRANSGENDER', 'OTHER'] })
  gender?: string;

  @ApiProperty({ example: '+919876543210' })
  phone!: string;

  @ApiProperty({ required: false })
  email?: string;

  @ApiProperty({ example: 'ABCPR1234K' })
  panNumber!: string;

  @ApiProperty({ required: false, example: '1234' })
  aadhaarLast4?: string;

  @ApiProperty({ type: AddressDto })
  address!: AddressDto;
}

export class CreateProfileDto {
  @TextField({
    max: 64,
    example: 'loan-2026-000123',
    description: 'Your own reference; names one case for ever.',
  })
  extReferenceId!: string;

  @TextField({
    max: 8,
    pattern: LANGUAGE,
    example: 'en',
    description: 'ISO 639 code of the language to begin with.',
  })
  language!: string;

  @IdField({
    optional: true,
    max: 36,
    pattern: PROFILE_ID_PATTERN,
    description: 'An earlier case of the same customer.',
  })
  previousProfileId?: string;

  // What is inside is checked field by field by src/details: one place for the rules of details.
  @ApiProperty({ type: ProfileDetailsDto })
  @IsObject()
  details!: Record<string, unknown>;
}

export class CancelDto {
  @ChoiceField({ of: CANCEL_REASONS })
  cancelReason!: CancelReason;
}

export class ListProfilesDto extends PageDto {
  @ChoiceField({ of: PROFILE_STATUSES, optional: true })
  status?: ProfileStatus;

  @TextField({ max: 64, optional: true })
  queueId?: string;

  @TextField({ max: 64, optional: true })
  extReferenceId?: string;

  @IdField({
    max: 36,
    pattern: PROFILE_ID_PATTERN,
    optional: true,
    description: 'With `seq`: wait up to 2 s until the list includes it.',
  })
  profileId?: string;

  @CountField({ min: 1, max: 1_000_000, optional: true })
  seq?: number;
}

export class TimelineQueryDto {
  @CountField({
    min: 0,
    max: 1_000_000,
    optional: true,
    description: 'Only events after this number.',
  })
  afterSeq?: number;

  @CountField({ min: 1, max: 1_000, optional: true })
  limit?: number;

  @CountField({
    min: 1,
    max: 1_000_000,
    optional: true,
    description: 'Wait up to 2 s until the log has this number.',
  })
  seq?: number;
}

export class CaptureLinkDto {
  @ApiProperty({ description: 'For the customer; opens the capture window.' })
  url!: string;

  @ApiProperty({ description: 'What the page exchanges for a capture session.' })
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class CreatedProfileDto {
  @ApiProperty()
  profileId!: string;

  @ApiProperty()
  extReferenceId!: string;

  @ApiProperty({ enum: [...PROFILE_STATUSES] })
  status!: ProfileStatus;

  @ApiProperty()
  seq!: number;

  @ApiPropertyOptional({
    type: CaptureLinkDto,
    description: 'Absent in the answer to a repeat when the case is over.',
  })
  captureLink?: CaptureLinkDto;
}
