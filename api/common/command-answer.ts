import { ApiProperty } from '@nestjs/swagger';
import { PROFILE_STATUSES, type ProfileStatus } from '../../src/domain/words';
import type { CommandReply } from '../../src/domain/profile/commands';

/** What a command answers. */
export class CommandAnswer {
  @ApiProperty()
  profileId!: string;

  @ApiProperty({ enum: [...PROFILE_STATUSES] })
  status!: ProfileStatus;

  @ApiProperty({
    description: 'Number of the last event. Lists asked with it wait until they include it.',
  })
  seq!: number;

  @ApiProperty({
    description: 'Id of what the command made or changed; empty when it made nothing.',
  })
  id!: string;
}

export function commandAnswer({ profileId, status, seq, id }: CommandReply): CommandAnswer {
  return { profileId, status, seq, id };
}
