import { Injectable } from '@nestjs/common';
import { QualityRepository } from '../../clickhouse/quality.repository';
import type { AvSession, ProfileState } from '../../src/domain/profile/state';
import type { Side } from '../../src/domain/video/facts';
import { MOST_SAMPLES, type QualitySample } from '../../src/domain/video/quality';
import { fieldProblem, Problem } from '../common/problem';
import type { QualityReceiptDto } from './quality.dto';
import { CLOCK_TOLERANCE } from './samples';

/** Takes what the client of somebody in a call saw of it. */
@Injectable()
export class CallQuality {
  constructor(private readonly quality: QualityRepository) {}

  /**
   * All or nothing; a repeated batch counts once.
   *
   * @throws LogUnavailableError when it could not be kept; to be sent again.
   */
  async take(
    state: ProfileState,
    { avSessionId, endedAt }: AvSession,
    who: Side,
    samples: readonly QualitySample[],
  ): Promise<QualityReceiptDto> {
    if (endedAt !== undefined) expectInCall(samples, endedAt);
    const { ouid, profileId } = state;
    const origin = { profileId, avSessionId, who };
    if ((await this.quality.count(ouid, origin)) >= MOST_SAMPLES) {
      throw new Problem('QUALITY_LIMIT', 'the call takes no more samples from this side');
    }
    await this.quality.store(ouid, origin, samples);
    return { avSessionId, samples: samples.length };
  }
}

function expectInCall(samples: readonly QualitySample[], endedAt: number): void {
  const late = samples.findIndex(({ at }) => at > endedAt + CLOCK_TOLERANCE);
  if (late >= 0) throw fieldProblem(`samples.${late}.at`, 'is after the end of the call');
}
