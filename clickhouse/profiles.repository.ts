import type { ReasonClass } from '../src/domain/reasons';
import type { Party, ProfileStatus } from '../src/domain/words';
import { type LogClient, select } from './client';
import { decodeCursor, encodeCursor } from './cursor';
import { KEPT, KEPT_WITH_PROFILE } from './kept';
import { newestEvent } from './newest-event';

/** Where a profile stood after its event `seq`. Times in ISO 8601. */
export interface ProfileRecord {
  readonly profileId: string;
  readonly extReferenceId: string;
  readonly profileStatus: ProfileStatus;
  readonly statusSince: string;
  readonly createdAt: string;
  readonly queueId: string;
  readonly queueName: string;
  readonly language: string;
  readonly agentId: string;
  readonly reviewerId: string;
  readonly captureSessionId: string;
  readonly avSessionId: string;
  readonly attempt: number;
  readonly reason: string;
  readonly reasonClass: ReasonClass | '';
  readonly party: Party | '';
  readonly seq: number;
  /** When its last recorded event happened: what is shown is how it stood then. */
  readonly asOf: string;
}

/** A profile with what tells a repeated start from a conflicting one. */
export interface ReferencedProfile extends ProfileRecord {
  /** Keyed hash of the body it was created with; '' when its first event is not to be found. */
  readonly bodyHash: string;
  /** It is there still, but must not be shown. */
  readonly expired: boolean;
}

export interface ProfileFilter {
  readonly status?: ProfileStatus;
  readonly queueId?: string;
  readonly agentId?: string;
  readonly reviewerId?: string;
  readonly extReferenceId?: string;
  /** ISO 8601; from is included, to is not. */
  readonly createdFrom?: string;
  readonly createdTo?: string;
}

export interface PageRequest {
  /** 1 to 200. */
  readonly limit: number;
  /** Of the page before; a list goes on in the order it began with. */
  readonly cursor?: string | undefined;
  /** By creation; default newest first. */
  readonly oldestFirst?: boolean;
}

export interface ProfilePage {
  readonly items: readonly ProfileRecord[];
  /** For the next page; absent on the last one. */
  readonly nextCursor?: string;
  /** When the newest event the list knows of happened; '' when it knows none. */
  readonly asOf: string;
}

const MAX_PAGE = 200;

/** As ClickHouse gives it: 64-bit numbers quoted. */
type Raw = Omit<ProfileRecord, 'attempt' | 'seq'> & {
  readonly attempt: string;
  readonly seq: string;
};

const FIELDS = `
  profile_id AS profileId, ext_reference_id AS extReferenceId, profile_status AS profileStatus,
  status_since AS statusSince, created_at AS createdAt, queue_id AS queueId,
  queue_name AS queueName, language, agent_id AS agentId, reviewer_id AS reviewerId,
  capture_session_id AS captureSessionId, av_session_id AS avSessionId, attempt, reason,
  reason_class AS reasonClass, party, seq, updated_at AS asOf`;

/** FINAL: of a profile's rows the one with the highest seq, before anything is filtered. */
const CURRENT = `SELECT ${FIELDS} FROM profiles FINAL
  WHERE`;

const CONDITIONS: Readonly<Record<keyof ProfileFilter, string>> = {
  status: 'profile_status = {status:String}',
  queueId: 'queue_id = {queueId:String}',
  agentId: 'agent_id = {agentId:String}',
  reviewerId: 'reviewer_id = {reviewerId:String}',
  extReferenceId: 'ext_reference_id = {extReferenceId:String}',
  createdFrom: "created_at >= parseDateTime64BestEffort({createdFrom:String}, 3, 'UTC')",
  createdTo: "created_at < parseDateTime64BestEffort({createdTo:String}, 3, 'UTC')",
};

function after(oldestFirst: boolean): string {
  const created = 'toUnixTimestamp64Milli(created_at)';
  return `AND (${created} ${oldestFirst ? '>' : '<'} {createdAtMs:Int64}
    OR (${created} = {createdAtMs:Int64} AND profile_id > {profileId:String}))`;
}

/** Where profiles stand, as far as the log knows. Each read is one organization's. */
export class ProfilesRepository {
  constructor(private readonly client: LogClient) {}

  async findProfile(ouid: string, profileId: string): Promise<ProfileRecord | undefined> {
    const query = `${CURRENT} ${KEPT_WITH_PROFILE} AND profile_id = {profileId:String} LIMIT 1`;
    const [found] = await select<Raw>(this.client, query, { ouid, profileId });
    return found && tidy(found);
  }

  /**
   * For the creation of profiles, which must know also of what is not to be shown any more: a
   * ProfileID never runs twice.
   */
  async findProfileByReference(
    ouid: string,
    extReferenceId: string,
  ): Promise<ReferencedProfile | undefined> {
    const query = `${CURRENT} ouid = {ouid:String} AND ext_reference_id = {extReferenceId:String} LIMIT 1`;
    const [found] = await select<Raw>(this.client, query, { ouid, extReferenceId });
    if (!found) return undefined;
    const { profileId } = found;
    const [created] = await select<{ readonly bodyHash: string }>(
      this.client,
      `SELECT JSONExtractString(details, 'bodyHash') AS bodyHash FROM activity_log
       WHERE ouid = {ouid:String} AND stream = 'profile' AND profile_id = {profileId:String}
         AND event_type = 'profile.created'
       LIMIT 1`,
      { ouid, profileId },
    );
    const kept = await this.findProfile(ouid, profileId);
    return { ...tidy(found), bodyHash: created?.bodyHash ?? '', expired: kept === undefined };
  }

  /**
   * By creation. A profile's place never changes, so pages neither repeat nor miss one while others
   * arrive.
   *
   * @throws InvalidCursorError for a cursor that no list gave.
   */
  async listProfiles(ouid: string, filter: ProfileFilter, page: PageRequest): Promise<ProfilePage> {
    const limit = Math.min(Math.max(Math.trunc(page.limit), 1), MAX_PAGE);
    const { oldestFirst = false, cursor } = page;
    const from = cursor === undefined ? undefined : decodeCursor(cursor);
    const asked = Object.entries(filter).filter(([name, value]) => name in CONDITIONS && value);
    const query = [
      `${CURRENT} ${KEPT}`,
      ...asked.map(([name]) => `AND ${CONDITIONS[name as keyof ProfileFilter]}`),
      from ? after(oldestFirst) : '',
      `ORDER BY created_at ${oldestFirst ? 'ASC' : 'DESC'}, profile_id LIMIT {rows:UInt32}`,
    ].join('\n');
    const asOf = await newestEvent(this.client, ouid);
    const params = { ...Object.fromEntries(asked), ...from, ouid, rows: limit + 1 };
    const rows = await select<Raw>(this.client, query, params);
    const items = rows.slice(0, limit).map(tidy);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, asOf, ...(last && { nextCursor: cursorAt(last) }) };
  }
}

function cursorAt({ createdAt, profileId }: ProfileRecord): string {
  return encodeCursor({ createdAtMs: Date.parse(createdAt), profileId });
}

function tidy(record: Raw): ProfileRecord {
  return {
    ...record,
    attempt: Number(record.attempt),
    seq: Number(record.seq),
  };
}
