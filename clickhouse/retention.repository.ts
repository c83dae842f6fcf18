import type { RetentionPolicy } from '../src/domain/retention/policy';
import { type LogClient, select } from './client';
import { KEPT_WITH_PROFILE } from './kept';
import { daysOf, endedProfiles, IS_HELD } from './retention-rule';

/** What the log obeys now, and what it will lose when. */
export interface RetentionReport {
  readonly policy: RetentionPolicy;
  readonly profiles: {
    /** Not ended yet. */
    readonly open: number;
    /** Approved, and the relationship goes on. */
    readonly withoutEnd: number;
    /** Under a legal hold, of those that have an end. */
    readonly held: number;
    /** That expire in time; `expiring` has them by month. */
    readonly dated: number;
  };
  readonly expiring: readonly { readonly month: string; readonly profiles: number }[];
  readonly holds: readonly HoldRecord[];
}

/** A hold that is set; times in ISO 8601. */
export interface HoldRecord {
  readonly holdId: string;
  /** '' = the whole organization. */
  readonly profileId: string;
  readonly since: string;
  readonly setBy: string;
}

/** When one profile expires. */
export interface ProfileRetention {
  /** '' = it has no end yet, or a hold is on it. */
  readonly expiresAt: string;
  /** '' = it has not ended, or nobody said so. */
  readonly relationshipEndedAt: string;
  readonly holds: readonly HoldRecord[];
}

/** More months than a policy of a hundred years has. */
const MONTHS = 1_300;
/** As the machine keeps (src/domain/retention/machine.ts). */
const HOLDS = 1_000;
/** Ends later than that are none: see the rule. */
const LAST = "toDateTime64('2200-01-01 00:00:00', 3, 'UTC')";

// What has expired and is still there is not reported: it is not shown either.
const ENDS = `
  SELECT if(ends_at > ${LAST}, '', formatDateTime(ends_at, '%Y-%m', 'UTC')) AS month,
    toBool(${IS_HELD}) AS held, toUInt32(count()) AS profiles
  FROM (${endedProfiles()}) WHERE ends_at > now64(3) OR held
  GROUP BY month, held ORDER BY month, held LIMIT ${2 * MONTHS}`;

const OPEN = `
  SELECT toUInt32(uniqExact(profile_id) - uniqExactIf(profile_id, profile_id IN (
    SELECT profile_id FROM (${endedProfiles()})))) AS open
  FROM profiles WHERE ouid = {ouid:String}`;

const HOLD_FIELDS = `ref AS holdId, profile_id AS profileId, at AS since, actor_id AS setBy`;

/** What expires when. Each read is one organization's. */
export class RetentionRepository {
  constructor(private readonly client: LogClient) {}

  async report(ouid: string): Promise<RetentionReport> {
    const policy = await this.policy(ouid);
    const ends = await select<{ month: string; held: boolean; profiles: number }>(
      this.client,
      ENDS,
      { ouid },
    );
    const [counted] = await select<{ open: number }>(this.client, OPEN, { ouid });
    const expiring = ends.filter(({ month, held }) => month !== '' && !held);
    const sum = (rows: readonly { profiles: number }[]): number =>
      rows.reduce((total, { profiles }) => total + profiles, 0);
    return {
      policy,
      profiles: {
        open: counted?.open ?? 0,
        withoutEnd: sum(ends.filter(({ month }) => month === '')),
        held: sum(ends.filter(({ month, held }) => month !== '' && held)),
        dated: sum(expiring),
      },
      expiring: expiring.map(({ month, profiles }) => ({ month, profiles })),
      holds: await this.holds(ouid, ''),
    };
  }

  /** Undefined when there is no such profile, or no more. */
  async ofProfile(ouid: string, profileId: string): Promise<ProfileRetention | undefined> {
    const params = { ouid, profileId };
    const known = await select(
      this.client,
      `SELECT 1 FROM profiles WHERE ${KEPT_WITH_PROFILE} AND profile_id = {profileId:String} LIMIT 1`,
      params,
    );
    if (known.length === 0) return undefined;
    const [end] = await select<{ ends: string; ended: string }>(
      this.client,
      `SELECT if(ends_at > ${LAST}, '', toString(ends_at)) AS ends,
         if(toUnixTimestamp64Milli(relationship_ended_at) = 0, '', toString(relationship_ended_at)) AS ended
       FROM (${endedProfiles('AND profile_id = {profileId:String}')})`,
      params,
    );
    const holds = await this.holds(ouid, profileId);
    return {
      expiresAt: holds.length > 0 ? '' : isoOf(end?.ends),
      relationshipEndedAt: isoOf(end?.ended),
      holds,
    };
  }

  private async policy(ouid: string): Promise<RetentionPolicy> {
    const names = ['approvedDays', 'otherDays', 'deskDays', 'organizationDays'] as const;
    const [row] = await select<Record<(typeof names)[number], number>>(
      this.client,
      `SELECT ${names.map((name) => `toUInt32(assumeNotNull(${daysOf(name)})) AS ${name}`).join(', ')}`,
      { ouid },
    );
    if (!row) throw new Error('a statement without a table gave no row');
    return row;
  }

  /** Those that are on a profile, on the organization too; of '' all that are set. */
  private async holds(ouid: string, profileId: string): Promise<HoldRecord[]> {
    return select<HoldRecord>(
      this.client,
      `SELECT ${HOLD_FIELDS} FROM retention FINAL
       WHERE ouid = {ouid:String} AND kind = 'LEGAL_HOLD' AND active
         AND ({profileId:String} = '' OR profile_id IN ('', {profileId:String}))
       ORDER BY at, ref LIMIT ${HOLDS}`,
      { ouid, profileId },
    );
  }
}

/** ClickHouse's text of a time in UTC. */
function isoOf(text = ''): string {
  return text === '' ? '' : `${text.replace(' ', 'T')}Z`;
}
