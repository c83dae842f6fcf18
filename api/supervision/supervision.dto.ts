import { ApiProperty } from '@nestjs/swagger';
import {
  CLOSE_REASONS,
  PULL_REASONS,
  RELEASE_REASONS,
  REROUTE_REASONS,
  type CloseReason,
  type PullReason,
  type ReleaseReason,
  type RerouteReason,
} from '../../src/domain/words';
import { ChoiceField, NumberField, TextField } from '../common/fields';

const ID = /^[A-Za-z0-9._-]+$/;

export class AssignReviewDto {
  @TextField({ max: 64, pattern: ID })
  reviewerId!: string;
}

export class RerouteDto {
  @TextField({ max: 64, pattern: ID, optional: true, description: 'One of the case’s policy.' })
  queueId?: string;

  @NumberField({
    min: 0,
    max: 99,
    optional: true,
    description: 'Higher is served first, whatever the queue.',
  })
  priority?: number;

  @ChoiceField({ of: REROUTE_REASONS })
  why!: RerouteReason;
}

export class PullAgentDto {
  @ChoiceField({ of: PULL_REASONS })
  why!: PullReason;
}

export class CloseQueueDto {
  @ChoiceField({ of: CLOSE_REASONS })
  why!: CloseReason;
}

export class ReleaseCallDto {
  @ChoiceField({ of: RELEASE_REASONS })
  why!: ReleaseReason;
}

class DeskQueueDto {
  @ApiProperty()
  queueId!: string;

  @ApiProperty()
  queueName!: string;

  @ApiProperty()
  waiting!: number;

  @ApiProperty({
    format: 'date-time',
    description: 'Since when the first of them waits; or empty.',
  })
  longestSince!: string;

  @ApiProperty({ description: 'Why a supervisor closed it; empty while it is open.' })
  closed!: string;
}

class DeskAgentDto {
  @ApiProperty()
  agentId!: string;

  @ApiProperty({ enum: ['FREE', 'OFFERED', 'BUSY', 'WRAP_UP', 'PAUSED', 'AWAY'] })
  state!: string;

  @ApiProperty({ format: 'date-time' })
  since!: string;

  @ApiProperty()
  pauseReason!: string;

  @ApiProperty({ description: 'Whom he is offered or in a call with; empty if nobody.' })
  profileId!: string;
}

export class DeskDto {
  @ApiProperty({
    type: [DeskQueueDto],
    description: 'Queues in which somebody waits, and those that are closed.',
  })
  queues!: DeskQueueDto[];

  @ApiProperty({ type: [DeskAgentDto], description: 'Agents who are at the desk.' })
  agents!: DeskAgentDto[];
}
