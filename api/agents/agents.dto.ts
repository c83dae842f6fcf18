import { ApiProperty } from '@nestjs/swagger';
import { IdField } from '../common/fields';

export class PauseDto {
  @IdField({
    max: 40,
    pattern: /^[A-Z][A-Z0-9_]*$/,
    description: 'One of the organization’s pause reasons.',
    example: 'LUNCH',
  })
  reason!: string;
}

export class PauseReasonsDto {
  @ApiProperty({ type: [String] })
  pauseReasons!: readonly string[];
}
