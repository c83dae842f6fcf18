import { ApiProperty } from '@nestjs/swagger';
import { PROFILE_ID_PATTERN } from '../../src/ports/blob-store';
import { IdField, TextField } from '../common/fields';

export class RelationshipEndedDto {
  @TextField({
    max: 40,
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/,
    description: 'ISO 8601 with its zone. Reported again, the new date counts.',
    example: '2031-03-31T18:30:00Z',
  })
  endedAt!: string;
}

export class LegalHoldDto {
  @TextField({
    max: 64,
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    description: 'Your own id of the matter; no personal data: it stands in clear.',
  })
  holdId!: string;

  @IdField({
    max: 36,
    pattern: PROFILE_ID_PATTERN,
    optional: true,
    description: 'Not given: everything of the organization.',
  })
  profileId?: string;
}

export class RetentionAnswer {
  @ApiProperty({ description: 'Number of the event in the retention stream.' })
  seq!: number;
}

class RetentionPolicyDto {
  @ApiProperty({ description: 'An approved profile: after the end of its relationship.' })
  approvedDays!: number;

  @ApiProperty({ description: 'Every other profile: after its final status.' })
  otherDays!: number;

  @ApiProperty({ description: 'What agents and queues did: after it happened.' })
  deskDays!: number;

  @ApiProperty({ description: 'Changes of settings: after they were made.' })
  organizationDays!: number;
}

class HoldDto {
  @ApiProperty()
  holdId!: string;

  @ApiProperty({ description: 'Empty: everything of the organization.' })
  profileId!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty()
  setBy!: string;
}

export class ProfileRetentionDto {
  @ApiProperty()
  profileId!: string;

  @ApiProperty({ description: 'When its rows disappear; empty: no end yet, or a hold is on it.' })
  expiresAt!: string;

  @ApiProperty({ description: 'As reported; empty: it goes on.' })
  relationshipEndedAt!: string;

  @ApiProperty({ type: [HoldDto] })
  holds!: HoldDto[];
}

class RetainedProfilesDto {
  @ApiProperty({ description: 'Not ended yet.' })
  open!: number;

  @ApiProperty({ description: 'Approved, and the relationship goes on.' })
  withoutEnd!: number;

  @ApiProperty({ description: 'Would have an end, but for a legal hold.' })
  held!: number;

  @ApiProperty({ description: 'Expire in time, as `expiring` has them.' })
  dated!: number;
}

class ExpiringDto {
  @ApiProperty({ example: '2031-04', description: 'Month in UTC.' })
  month!: string;

  @ApiProperty()
  profiles!: number;
}

export class RetentionReportDto {
  @ApiProperty({ type: RetentionPolicyDto })
  policy!: RetentionPolicyDto;

  @ApiProperty({ type: RetainedProfilesDto })
  profiles!: RetainedProfilesDto;

  @ApiProperty({ type: [ExpiringDto] })
  expiring!: ExpiringDto[];

  @ApiProperty({ type: [HoldDto] })
  holds!: HoldDto[];
}
