import { DEFAULT_RETENTION, type RetentionPolicy } from '../src/domain/retention/policy';
import { FINAL_STATUSES } from '../src/domain/words';

// The one rule of what expires when, as SQL of one organization ({ouid:String}). It is worked out when
// it is asked, from the policy, the ends of relationships and the holds as they stand: so a change of
// any of them reaches every row at once, and no row has to be written again.

const COLUMNS: Readonly<Record<keyof RetentionPolicy, string>> = {
  approvedDays: 'approved_days',
  otherDays: 'other_days',
  deskDays: 'desk_days',
  organizationDays: 'organization_days',
};

/** Days of the organization's policy; the default's where it never said. */
export function daysOf(name: keyof RetentionPolicy): string {
  const said = `argMax(${COLUMNS[name]}, seq)`;
  return `(SELECT if(${said} = 0, ${DEFAULT_RETENTION[name]}, ${said})
    FROM organizations WHERE ouid = {ouid:String})`;
}

/** Profiles that a legal hold is on; '' among them: all of the organization's. At most 1,000. */
const HELD = `(SELECT groupUniqArray(profile_id) FROM retention FINAL
  WHERE ouid = {ouid:String} AND kind = 'LEGAL_HOLD' AND active)`;
/** A condition on a row's profile. */
export const IS_HELD = `hasAny(${HELD}, [profile_id, ''])`;

const listOf = (statuses: readonly string[]): string =>
  statuses.map((status) => `'${status}'`).join(', ');
const FINAL = listOf(FINAL_STATUSES);
const NOT_APPROVED = listOf(FINAL_STATUSES.filter((status) => status !== 'APPROVED'));
/** Of those that are not in the join; ClickHouse gives the type's zero. */
const NO_TIME = "toDateTime64('1970-01-01 00:00:00', 3, 'UTC')";
/** Later than anything is asked for. */
const NO_END = "toDateTime64('2299-01-01 00:00:00', 3, 'UTC')";

/** So long ago that what ended then, or before, has had its days. */
function longAgo(now: string, days: string): string {
  return `subtractDays(${now}, assumeNotNull(${days}))`;
}

/**
 * The ids of profiles that have expired. One that was approved has no end until its relationship has
 * one. A final status never changes, so any row that has one says it: no FINAL, which would read far
 * more.
 *
 * @param only a further condition on rows of `profiles` and of `retention`, e.g. one profile.
 */
export function expiredProfiles(now: string, only = ''): string {
  const approvedLongAgo = longAgo(now, daysOf('approvedDays'));
  return `
    SELECT profile_id FROM profiles
    WHERE ouid = {ouid:String} AND profile_status IN (${NOT_APPROVED})
      AND status_since <= ${longAgo(now, daysOf('otherDays'))} ${only} AND NOT ${IS_HELD}
    UNION ALL
    SELECT profile_id FROM retention FINAL
    WHERE ouid = {ouid:String} AND kind = 'RELATIONSHIP_END' AND active
      AND at <= ${approvedLongAgo} ${only} AND NOT ${IS_HELD}
      AND profile_id IN (
        SELECT profile_id FROM profiles
        WHERE ouid = {ouid:String} AND profile_status = 'APPROVED'
          AND status_since <= ${approvedLongAgo} ${only})`;
}

/**
 * The same for reports: every profile that has ended, with `ends_at`, when it expires if no hold is on
 * it. Reads much more.
 */
export function endedProfiles(only = ''): string {
  return `
    SELECT profile_id, relationship_ended_at, multiIf(
      ended_as != 'APPROVED', addDays(since, assumeNotNull(${daysOf('otherDays')})),
      relationship_ended_at = ${NO_TIME}, ${NO_END},
      addDays(greatest(relationship_ended_at, since), assumeNotNull(${daysOf('approvedDays')}))
    ) AS ends_at
    FROM (
      SELECT profile_id, any(profile_status) AS ended_as, max(status_since) AS since
      FROM profiles WHERE ouid = {ouid:String} AND profile_status IN (${FINAL}) ${only}
      GROUP BY profile_id
    ) AS ended
    LEFT JOIN (
      SELECT profile_id, at AS relationship_ended_at FROM retention FINAL
      WHERE ouid = {ouid:String} AND kind = 'RELATIONSHIP_END' AND active ${only}
    ) AS relationships USING (profile_id)`;
}

/** Rows of the log that are about no profile's journey: they go by their own time. */
const OPERATIONS = `(stream = 'desk' OR profile_id = '')`;

/** A condition on rows of `activity_log`. A hold on a profile also keeps what the desk did for it. */
export function expiredOperations(now: string): string {
  const days = `if(stream = 'desk', ${daysOf('deskDays')}, ${daysOf('organizationDays')})`;
  return `${OPERATIONS} AND occurred_at <= ${longAgo(now, days)} AND NOT ${IS_HELD}`;
}

/** The others. */
export function expiredJourneys(now: string): string {
  return `NOT ${OPERATIONS} AND profile_id IN (${expiredProfiles(now)})`;
}
