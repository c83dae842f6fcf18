import type { QualitySample } from '../src/domain/video/quality';
import { type InsertRows, insertInto, type LogClient, select } from './client';
import { codeOf, failureKind, LogUnavailableError } from './errors';
import { type Batch, GroupCommit } from './group-commit';
import { KEPT_WITH_PROFILE } from './kept';
import {
  fromQualityColumns,
  QUALITY_COLUMNS,
  type QualityOrigin,
  type RawSample,
  type RecordedSample,
  toQualityColumns,
} from './quality-columns';

const KEPT = `${KEPT_WITH_PROFILE} AND av_session_id = {avSessionId:String}`;

/** More than a sample needs. */
const SAMPLE_BYTES = 500;

interface Samples extends Batch {
  readonly columns: readonly object[];
}

/** What the clients of a call saw of it. Each read and write is one organization's. */
export class QualityRepository {
  private readonly groups: GroupCommit<Samples>;

  constructor(
    private readonly client: LogClient,
    insert: InsertRows = insertInto(client),
  ) {
    // No row can be poison: their values were checked. A group goes in, or nothing of it is known.
    this.groups = new GroupCommit(async (group) => {
      const rows = group.flatMap(({ columns }) => columns);
      await insert('call_quality', QUALITY_COLUMNS, rows);
      return new Map();
    });
  }

  /**
   * Resolves when all samples are in. After an error they may be sent again: they are the same samples
   * then, and count once.
   *
   * @throws LogUnavailableError when ClickHouse cannot take them now.
   */
  async store(
    ouid: string,
    origin: QualityOrigin,
    samples: readonly QualitySample[],
  ): Promise<void> {
    const columns = samples.map((sample) => toQualityColumns(ouid, origin, sample));
    try {
      await this.groups.add({
        columns,
        rows: columns.length,
        bytes: columns.length * SAMPLE_BYTES,
      });
    } catch (error) {
      if (failureKind(error) === 'unavailable') throw new LogUnavailableError(codeOf(error));
      throw error;
    }
  }

  /** How many samples one side has in an AV session. */
  async count(ouid: string, { profileId, avSessionId, who }: QualityOrigin): Promise<number> {
    const [found] = await select<{ readonly samples: string }>(
      this.client,
      `SELECT count() AS samples FROM call_quality FINAL WHERE ${KEPT} AND who = {who:String}`,
      { ouid, profileId, avSessionId, who },
    );
    return Number(found?.samples ?? 0);
  }

  /** The first `limit` samples of an AV session by time, of both sides. */
  async samples(
    ouid: string,
    call: { readonly profileId: string; readonly avSessionId: string },
    limit: number,
  ): Promise<RecordedSample[]> {
    const { profileId, avSessionId } = call;
    const found = await select<RawSample>(
      this.client,
      `SELECT ${[...QUALITY_COLUMNS, 'recorded_at'].join(', ')} FROM call_quality FINAL
       WHERE ${KEPT} ORDER BY at, who, kind, code LIMIT {rows:UInt32}`,
      { ouid, profileId, avSessionId, rows: limit },
    );
    return found.map(fromQualityColumns);
  }
}
