import type { LogRow } from '../src/domain/log-row';
import { insertInto, type InsertRows, type LogClient, select } from './client';
import { LogWriter } from './log-writer';
import type { QuarantinedRow } from './quarantine';

/** A row that waits to be mended. What it holds is not among it: it may be what should not be seen. */
export interface Quarantined extends QuarantinedRow {
  readonly eventId: string;
  /** ISO 8601. */
  readonly quarantinedAt: string;
}

/** Which rows; all if nothing is given. */
export interface QuarantineFilter {
  readonly ouid?: string | undefined;
  readonly eventId?: string | undefined;
}

export interface Replayed {
  /** Event ids as they were in quarantine. */
  readonly replayed: readonly string[];
  /** Those that the log refused again, and why now. They stay where they are. */
  readonly refused: readonly Quarantined[];
}

const MOST = 10_000;

const FIELDS = `ouid, stream, stream_id AS streamId, seq, event_type AS eventType,
  error_code AS errorCode, error_column AS errorColumn, event_id AS eventId,
  quarantined_at AS quarantinedAt`;

const CHOSEN = `({ouid:String} = '' OR ouid = {ouid:String})
  AND ({eventId:String} = '' OR event_id = {eventId:String})`;

/** For operations, of all organizations: rows that the log could not take. */
export class QuarantineRepository {
  constructor(
    private readonly client: LogClient,
    private readonly insert: InsertRows = insertInto(client),
  ) {}

  /** The oldest first. */
  list(filter: QuarantineFilter = {}): Promise<Quarantined[]> {
    return this.read<Quarantined>(FIELDS, filter);
  }

  /**
   * Writes them into the log, each with `mended` in place of what it had, and takes out of quarantine
   * what the log took. Stopped in the middle it may run again: a row is one row, however often written.
   *
   * @throws LogUnavailableError when the log does not answer.
   */
  async replay(
    filter: QuarantineFilter = {},
    mended: Readonly<Record<string, unknown>> = {},
  ): Promise<Replayed> {
    const [replayed, refused]: [string[], Quarantined[]] = [[], []];
    for (const { row, ...found } of await this.read<Quarantined & { row: string }>(
      `${FIELDS}, row`,
      filter,
    )) {
      const why = await this.write({ ...(JSON.parse(row) as LogRow), ...mended });
      if (why) refused.push({ ...found, errorCode: why.errorCode, errorColumn: why.errorColumn });
      else {
        await this.remove(found);
        replayed.push(found.eventId);
      }
    }
    return { replayed, refused };
  }

  /** Why the log refused it; undefined when it is in. */
  private async write(row: LogRow): Promise<QuarantinedRow | undefined> {
    let refusal: QuarantinedRow | undefined;
    const writer = new LogWriter({
      // It is in quarantine already.
      insert: async (table, columns, rows) => {
        if (table !== 'quarantine') await this.insert(table, columns, rows);
      },
      onQuarantine: (why) => {
        refusal = why;
      },
    });
    await writer.write([row]);
    return refusal;
  }

  private async remove({ ouid, stream, streamId, seq, eventId }: Quarantined): Promise<void> {
    await this.client.command({
      query: `DELETE FROM quarantine WHERE ouid = {ouid:String} AND stream = {stream:String}
        AND stream_id = {streamId:String} AND seq = {seq:String} AND event_id = {eventId:String}`,
      query_params: { ouid, stream, streamId, seq, eventId },
      clickhouse_settings: { lightweight_deletes_sync: '2', wait_end_of_query: 1 },
    });
  }

  private read<T>(fields: string, { ouid = '', eventId = '' }: QuarantineFilter): Promise<T[]> {
    return select<T>(
      this.client,
      `SELECT ${fields} FROM quarantine FINAL WHERE ${CHOSEN}
       ORDER BY quarantined_at, event_id LIMIT ${MOST}`,
      { ouid, eventId },
    );
  }
}
