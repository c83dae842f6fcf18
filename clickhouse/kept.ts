/**
 * For a statement about one profile (parameters `ouid` and `profileId`): rows that have not expired. A
 * profile's end is known to its last row: when that one has expired, so has all that is about the
 * profile, though it was written when nobody could know.
 */
export const KEPT_WITH_PROFILE = `
  ouid = {ouid:String} AND expires_at > now64(3)
  AND (SELECT count() FROM profiles FINAL WHERE ouid = {ouid:String}
       AND profile_id = {profileId:String} AND expires_at <= now64(3)) = 0`;

/** Rows that have not expired themselves. */
export const KEPT_ROWS = 'expires_at > now64(3)';

/** The organization's profiles (parameter `ouid`) that have expired and are still in the log. */
export const EXPIRED_PROFILES = `
    SELECT profile_id FROM profiles FINAL WHERE ouid = {ouid:String} AND expires_at <= now64(3)`;

/** For a statement about many profiles: rows that have not expired, nor their profile. */
export const KEPT_PROFILES = `${KEPT_ROWS} AND profile_id NOT IN (${EXPIRED_PROFILES})`;

/** For rows of the log's desk stream, which go by their own time. */
export const KEPT_DESK = `ouid = {ouid:String} AND ${KEPT_ROWS}`;
