import { Inject, Injectable } from '@nestjs/common';
import {
  AvSessionsRepository,
  type AvSessionRecord,
} from '../../clickhouse/av-sessions.repository';
import type { RecordedSample } from '../../clickhouse/quality-columns';
import { QualityRepository } from '../../clickhouse/quality.repository';
import type { Side } from '../../src/domain/video/facts';
import { MOST_SAMPLES } from '../../src/domain/video/quality';
import { causeOf } from '../../src/domain/video/quality-cause';
import { summarize } from '../../src/domain/video/quality-summary';
import type { Json } from '../../src/domain/words';
import { profileOf, unknownSession } from '../av-sessions/av-session-commands';
import { inTimeOrder, type EntrySource, type InspectionEntry } from './entries';
import type { InspectionDto, QualitySideDto } from './inspection.dto';
import { qualityEntries } from './sources';

export const ENTRY_SOURCES = Symbol('ENTRY_SOURCES');

/** Everything that is known of an AV session, and what the system makes of it. */
@Injectable()
export class Inspection {
  constructor(
    private readonly sessions: AvSessionsRepository,
    private readonly quality: QualityRepository,
    @Inject(ENTRY_SOURCES) private readonly sources: readonly EntrySource[],
  ) {}

  async of(ouid: string, avSessionId: string): Promise<InspectionDto> {
    const session = await this.sessions.find(ouid, profileOf(avSessionId), avSessionId);
    if (!session) throw unknownSession();
    const [samples, ...sourced] = await Promise.all([
      this.quality.samples(ouid, session, 2 * MOST_SAMPLES),
      ...this.sources.map((source) => source(ouid, avSessionId)),
    ]);
    return {
      ...session,
      agentSaid: agentSaid(sourced.flat()),
      quality: {
        customer: sideOf('CUSTOMER', session, samples),
        agent: sideOf('AGENT', session, samples),
      },
      // When there are too many entries, the last are cut: what was measured.
      ...inTimeOrder([...sourced, qualityEntries(samples)]),
    };
  }
}

function sideOf(
  who: Side,
  { endedAt }: AvSessionRecord,
  recorded: readonly RecordedSample[],
): QualitySideDto {
  const samples = recorded.flatMap((one) => (one.who === who ? [one.sample] : []));
  const summary = summarize(samples, endedAt === '' ? undefined : Date.parse(endedAt));
  return { ...summary, errors: [...summary.errors], cause: causeOf(who, summary) };
}

/** The agent's last word on this call; null while he has not decided. */
function agentSaid(entries: readonly InspectionEntry[]): InspectionDto['agentSaid'] {
  const decided = entries.findLast(({ type }) => type === 'maker.decided');
  if (!decided) return null;
  const { decision, reason } = decided.details;
  return { decision: text(decision), reason: text(reason), at: decided.at };
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
