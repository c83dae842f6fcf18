import { expiredJourneys, expiredOperations, expiredProfiles } from './retention-rule';

// What every statement that reads for somebody has among its conditions: rows of one organization
// ({ouid:String}) that have not expired, whether or not they are still there. `expires_at` is an end
// of the row's own, which few have.

const NOW = 'now64(3)';
const OWN = 'ouid = {ouid:String} AND expires_at > now64(3)';

/** For tables whose rows are about profiles (all but activity_log and agents). */
export const KEPT = `${OWN} AND profile_id NOT IN (${expiredProfiles(NOW)})`;

/** The same for a statement about one profile ({profileId:String}): it asks for that one only. */
export const KEPT_WITH_PROFILE = `${OWN} AND {profileId:String} NOT IN (
  ${expiredProfiles(NOW, 'AND profile_id = {profileId:String}')})`;

/** For `activity_log` over many profiles or about none. */
export const KEPT_IN_LOG = `${OWN} AND NOT (${expiredJourneys(NOW)}) AND NOT (${expiredOperations(NOW)})`;
