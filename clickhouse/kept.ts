import { expiredOperations, expiredProfiles } from './retention-rule';

// What every statement that reads for somebody has among its conditions: rows of one organization
// ({ouid:String}) that have not expired, whether or not they are still there. `expires_at` is an end
// of the row's own, which few have.

const NOW = 'now64(3)';
const MINE = 'ouid = {ouid:String}';

/** Rows that have no end of their own, or not yet. */
export const KEPT_ROWS = 'expires_at > now64(3)';

/** The organization's profiles that have expired, whether or not they are still in the log. */
export const EXPIRED_PROFILES = expiredProfiles(NOW);

/** For rows that are about profiles: those of all tables but agents, and of the log's desk stream. */
export const KEPT_PROFILES = `${KEPT_ROWS} AND profile_id NOT IN (${EXPIRED_PROFILES})`;
export const KEPT = `${MINE} AND ${KEPT_PROFILES}`;

/** The same for a statement about one profile ({profileId:String}): it asks for that one only. */
export const KEPT_WITH_PROFILE = `${MINE} AND ${KEPT_ROWS} AND {profileId:String} NOT IN (
  ${expiredProfiles(NOW, 'AND profile_id = {profileId:String}')})`;

/** For rows of the log's desk stream, which go by their own time. */
export const KEPT_DESK = `${MINE} AND ${KEPT_ROWS} AND NOT (${expiredOperations(NOW)})`;
