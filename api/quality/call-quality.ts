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
    { avSessionId, openedAt, endedAt = Infinity }: AvSession,
    who: Side,
    samples: readonly QualitySample[],
  ): Promise<QualityReceiptDto> {
    expectInCall(samples, openedAt, endedAt);
    const { ouid, profileId } = state;
    const origin = { profileId, avSessionId, who };
    if ((await this.quality.count(ouid, origin)) >= MOST_SAMPLES) {
      throw new Problem('QUALITY_LIMIT', 'the call takes no more samples from this side');
    }
    await this.quality.store(ouid, origin, samples);
    return { avSessionId, samples: samples.length };
  }
}

function expectInCall(samples: readonly QualitySample[], openedAt: number, endedAt: number): void {
  for (const [n, { at }] of samples.entries()) {
    const field = `samples.${n}.at`;
    if (at < openedAt - CLOCK_TOLERANCE) throw fieldProblem(field, 'is before the call');
    if (at > endedAt + CLOCK_TOLERANCE) throw fieldProblem(field, 'is after the end of the call');
  }
}
