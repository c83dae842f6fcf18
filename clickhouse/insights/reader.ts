import type { Readable } from 'node:stream';
import { ClickHouseError, type ClickHouseSettings } from '@clickhouse/client';
import { type LogClient, tenantSettings } from '../client';
import { codeOf, failureKind, LogUnavailableError } from '../errors';
import { LIMITS, QuestionError } from './scope';

/** The statement would take more than one answer may (LIMITS). */
export class TooMuchAskedError extends Error {
  constructor(readonly code: string) {
    super(`the answer would take too much: ${code}`);
    this.name = 'TooMuchAskedError';
  }
}

/** A file's rows are not kept anywhere on the way. */
const MOST_ROWS_OF_A_FILE = 1_000_000;

/** Codes of ClickHouse that say that one of LIMITS is reached. */
const TOO_MUCH: readonly string[] = [
  158, // TOO_MANY_ROWS
  159, // TIMEOUT_EXCEEDED
  160, // TOO_SLOW
  241, // MEMORY_LIMIT_EXCEEDED
  307, // TOO_MANY_BYTES
].map(String);

/** Asks ClickHouse within the limits of one answer. */
export class InsightReader {
  private zones: Promise<ReadonlySet<string>> | undefined;

  constructor(private readonly client: LogClient) {}

  /** By ClickHouse's own list: it is the one that has to know the zone. */
  async expectZone(timeZone: string): Promise<void> {
    this.zones ??= this.read<{ readonly zone: string }>(
      'SELECT time_zone AS zone FROM system.time_zones',
      {},
    ).then((rows) => new Set(rows.map(({ zone }) => zone)));
    try {
      if ((await this.zones).has(timeZone)) return;
    } catch (error) {
      this.zones = undefined;
      throw error;
    }
    throw new QuestionError('timeZone', 'is not the name of a time zone');
  }

  async read<T>(query: string, params: Record<string, unknown>): Promise<T[]> {
    return this.mapped(async () => {
      const result = await this.client.query({
        ...{ query, query_params: params, format: 'JSONEachRow' },
        clickhouse_settings: this.settings(params),
      });
      return result.json<T>();
    });
  }

  csv(query: string, params: Record<string, unknown>): Promise<Readable> {
    return this.mapped(async () => {
      const { stream } = await this.client.exec({
        query: `${query} FORMAT CSVWithNames`,
        query_params: { ...params, rows: MOST_ROWS_OF_A_FILE },
        clickhouse_settings: this.settings(params),
      });
      return stream;
    });
  }

  private settings(params: Readonly<Record<string, unknown>>): ClickHouseSettings {
    return { ...LIMITS, ...tenantSettings(this.client, params) };
  }

  private async mapped<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask();
    } catch (error) {
      const code = codeOf(error);
      if (error instanceof ClickHouseError && TOO_MUCH.includes(error.code)) {
        throw new TooMuchAskedError(code);
      }
      if (failureKind(error) === 'unavailable') throw new LogUnavailableError(code);
      throw error;
    }
  }
}
