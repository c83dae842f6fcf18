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

/** For a statement about many profiles (parameter `ouid`): rows that have not expired, nor their profile. */
export const KEPT_PROFILES = `${KEPT_ROWS} AND profile_id NOT IN (
    SELECT profile_id FROM profiles FINAL WHERE ouid = {ouid:String} AND expires_at <= now64(3))`;
