import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  OVERRIDE_REASONS,
  REASONS,
  type Disposition,
  type Reason,
  type ReasonClass,
  type ReasonUse,
} from '../../src/domain/reasons';
import type { Party } from '../../src/domain/words';
import { AllowedCallers } from '../common/caller';
import { AnswersProblems } from '../common/problem-doc';

class ReasonDto implements Reason {
  @ApiProperty()
  code!: string;

  @ApiProperty({ description: 'For consoles; a customer is shown the text of customerMessageKey.' })
  label!: string;

  @ApiProperty({ enum: ['BUSINESS', 'TECHNICAL'] })
  class!: ReasonClass;

  @ApiProperty({ enum: ['CUSTOMER', 'AGENT', 'PLATFORM', 'SOURCE'] })
  party!: Party;

  @ApiProperty({ enum: ['UTV', 'REJECT', 'SEND_BACK'], isArray: true })
  allowedFor!: readonly ReasonUse[];

  @ApiProperty({
    enum: ['REQUEUE_HEAD', 'REQUEUE', 'RECAPTURE', 'RESCHEDULE', 'HOLD', 'END'],
    description: 'What follows a UTV with it, while the attempts last.',
  })
  disposition!: Disposition;

  @ApiProperty({ description: 'AV sessions that may end with it until the case ends.' })
  maxAttempts!: number;

  @ApiProperty({ description: 'Until the customer may try again, minutes.' })
  cooldownMinutes!: number;

  @ApiProperty()
  customerMessageKey!: string;
}

class ReasonCatalogueDto {
  @ApiProperty({ type: [ReasonDto] })
  reasons!: readonly ReasonDto[];

  @ApiProperty({ type: [String], description: 'Why a checker decided against the maker.' })
  overrideReasons!: readonly string[];
}

/** The catalogue that decisions name their reasons from: consoles fill their lists with it. */
@ApiTags('reasons')
@ApiBearerAuth()
@AllowedCallers('CLIENT', 'AGENT', 'REVIEWER', 'SUPERVISOR')
@AnswersProblems(401, 403)
@Controller('v1/reasons')
export class ReasonsController {
  @Get()
  @ApiOperation({ summary: 'The reason catalogue', description: 'Codes are never renamed.' })
  @ApiResponse({ status: 200, type: ReasonCatalogueDto })
  all(): ReasonCatalogueDto {
    return { reasons: REASONS, overrideReasons: OVERRIDE_REASONS };
  }
}
