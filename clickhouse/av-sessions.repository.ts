import type { RoomState } from '../src/domain/profile/state';
import { type LogClient, select } from './client';
import { KEPT_WITH_PROFILE } from './kept';
import { fromColumns, LOG_ROW_COLUMNS, type LoggedRow } from './log-columns';

/** Where an AV session stood after its last event. Times in ISO 8601, '' = not yet. */
export interface AvSessionRecord {
  readonly profileId: string;
  readonly avSessionId: string;
  readonly agentId: string;
  readonly room: RoomState;
  readonly openedAt: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly endWhy: string;
  readonly endParty: string;
  /** Code of the catalogue for what the system saw at the end; '' = nothing. */
  readonly systemCause: string;
  /** What became of the recording; '' where none is expected. */
  readonly recording: string;
  readonly recordingDoubts: string[];
  /** When its last recorded event happened: what is shown is how it stood then. */
  readonly asOf: string;
}

/** As ClickHouse gives it. */
export type RawAvSession = {
  readonly [K in keyof AvSessionRecord]: K extends `${string}At`
    ? AvSessionRecord[K] | null
    : AvSessionRecord[K];
};

export const AV_SESSION_FIELDS = `
  profile_id AS profileId, av_session_id AS avSessionId, agent_id AS agentId, room,
  opened_at AS openedAt, started_at AS startedAt, ended_at AS endedAt, end_why AS endWhy,
  end_party AS endParty, system_cause AS systemCause, recording,
  recording_doubts AS recordingDoubts, updated_at AS asOf`;

const KEPT = `${KEPT_WITH_PROFILE}
  AND profile_id = {profileId:String} AND av_session_id = {avSessionId:String}`;

/** One AV session as the log knows it. Each read is one organization's. */
export class AvSessionsRepository {
  constructor(private readonly client: LogClient) {}

  async find(
    ouid: string,
    profileId: string,
    avSessionId: string,
  ): Promise<AvSessionRecord | undefined> {
    const [found] = await select<RawAvSession>(
      this.client,
      `SELECT ${AV_SESSION_FIELDS} FROM av_sessions FINAL WHERE ${KEPT} LIMIT 1`,
      { ouid, profileId, avSessionId },
    );
    return found && tidySession(found);
  }

  /** Events that are about it, also reads of personal data in it; the first `limit` by time. */
  async events(
    ouid: string,
    profileId: string,
    avSessionId: string,
    limit: number,
  ): Promise<LoggedRow[]> {
    const found = await select<Record<string, unknown>>(
      this.client,
      `SELECT ${LOG_ROW_COLUMNS} FROM activity_log
       WHERE ${KEPT} AND stream IN ('profile', 'access')
       ORDER BY occurred_at, stream DESC, seq, event_id LIMIT 1 BY event_id LIMIT {rows:UInt32}`,
      { ouid, profileId, avSessionId, rows: limit },
    );
    return found.map(fromColumns);
  }
}

/** The table's word for "not yet" is NULL. */
export function tidySession({
  openedAt,
  startedAt,
  endedAt,
  ...rest
}: RawAvSession): AvSessionRecord {
  return {
    ...rest,
    openedAt: openedAt ?? '',
    startedAt: startedAt ?? '',
    endedAt: endedAt ?? '',
  };
}
