import { randomUUID } from 'node:crypto';
import { Body, Controller, Param, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiProperty, ApiResponse, ApiTags } from '@nestjs/swagger';
import { isoTime } from '../../src/domain/log-row';
import { ALLOWED_ACTORS, SIGNALLED, type SignalName } from '../../src/domain/profile/commands';
import { Tokens } from '../../src/tokens/tokens';
import { AllowedCallers, FromCaller, type Caller } from '../common/caller';
import { ChoiceField, TextField } from '../common/fields';
import { Problem } from '../common/problem';
import { AnswersProblems } from '../common/problem-doc';
import { Remarks } from '../common/remarks';
import { ProfileReader } from '../temporal/profile-reader';
import { expectAssigned } from './profile-access';

/** Long enough to type a signal, too short to be passed on. */
const TOKEN_SECONDS = 10 * 60;

class DecisionTokenRequestDto {
  @ChoiceField({ of: SIGNALLED, description: 'The one signal the token is good for.' })
  signal!: SignalName;

  @TextField({ min: 3, max: 2_000, optional: true, description: 'Stored; the signal names it.' })
  remark?: string;
}

class DecisionTokenDto {
  @ApiProperty({ description: 'For one decision by Temporal signal on this profile.' })
  token!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ description: 'What the signal gives as `remarkRef`; empty without a remark.' })
  remarkRef!: string;
}

/** Tokens for decisions by signal: who decides is proved here, not typed into the signal. */
@ApiTags('decision tokens')
@ApiBearerAuth()
@AllowedCallers('CLIENT', 'AGENT', 'REVIEWER')
@AnswersProblems(401, 403, 404, 422, 503)
@Controller('v1/profiles/:profileId/decision-tokens')
export class DecisionTokensController {
  constructor(
    private readonly tokens: Tokens,
    private readonly reader: ProfileReader,
    private readonly remarks: Remarks,
  ) {}

  @Post()
  @ApiOperation({ summary: 'A single-use token for deciding by Temporal signal' })
  @ApiResponse({ status: 201, type: DecisionTokenDto })
  async issue(
    @FromCaller() caller: Caller,
    @Param('profileId') profileId: string,
    @Body() { signal, remark }: DecisionTokenRequestDto,
  ): Promise<DecisionTokenDto> {
    const { ouid, actor, kind } = caller;
    if (kind !== 'CLIENT' && kind !== 'AGENT' && kind !== 'REVIEWER') {
      throw new Problem('FORBIDDEN', 'decisions are not yours');
    }
    if (!ALLOWED_ACTORS[signal].includes(actor.type)) {
      throw new Problem('ACTOR_NOT_ALLOWED', `${signal} is not for ${actor.type}`);
    }
    const state = await this.reader.state(ouid, profileId);
    if (kind !== 'CLIENT') expectAssigned(caller, state);
    const remarkRef = await this.remarks.store(ouid, profileId, `signal ${actor.id}`, remark);
    const exp = Math.floor(Date.now() / 1_000) + TOKEN_SECONDS;
    const who = { actorType: kind, actorId: actor.id };
    const claims = { ouid, profileId, ...who, signal, jti: randomUUID(), exp };
    const token = await this.tokens.issue('decision', claims);
    return { token, expiresAt: isoTime(exp * 1_000), remarkRef: remarkRef ?? '' };
  }
}
