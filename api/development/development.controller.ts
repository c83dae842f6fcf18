import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isoTime } from '../../src/domain/log-row';
import { OUID_PATTERN } from '../../src/ports/blob-store';
import { STAFF_ROLES, type StaffRole } from '../../src/tokens/claims';
import { Tokens } from '../../src/tokens/tokens';
import { PublicRoute } from '../common/caller';
import { ChoiceField, TextField } from '../common/fields';
import { AnswersProblems } from '../common/problem-doc';

const TOKEN_SECONDS = 8 * 60 * 60;

class DevelopmentTokenRequestDto {
  @TextField({ max: 40, pattern: OUID_PATTERN, example: 'demo-bank' })
  ouid!: string;

  @ChoiceField({ of: STAFF_ROLES })
  role!: StaffRole;

  @TextField({
    max: 64,
    pattern: /^[A-Za-z0-9._-]+$/,
    example: 'agent-1',
    description: 'AgentID, ReviewerID or the supervisor’s id.',
  })
  sub!: string;
}

class DevelopmentTokenDto {
  @ApiProperty()
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty()
  warning!: string;
}

/** Stands in for the organization's identity provider. Part of the application in development only. */
@ApiTags('development')
@PublicRoute()
@AnswersProblems(422)
@Controller('dev/tokens')
export class DevelopmentController {
  constructor(private readonly tokens: Tokens) {}

  @Post()
  @ApiOperation({ summary: 'A token for anybody, without any proof: development only' })
  @ApiResponse({ status: 201, type: DevelopmentTokenDto })
  async issue(
    @Body() { ouid, role, sub }: DevelopmentTokenRequestDto,
  ): Promise<DevelopmentTokenDto> {
    const exp = Math.floor(Date.now() / 1_000) + TOKEN_SECONDS;
    return {
      token: await this.tokens.issue('development-staff', { ouid, sub, role, exp }),
      expiresAt: isoTime(exp * 1_000),
      warning:
        'Issued by the built-in development issuer: it asks for no proof and exists in development only.',
    };
  }
}
