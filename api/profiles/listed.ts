import { InvalidCursorError } from '../../clickhouse/cursor';
import type {
  PageRequest,
  ProfileFilter,
  ProfilePage,
  ProfilesRepository,
} from '../../clickhouse/profiles.repository';
import type { TimelineRepository } from '../../clickhouse/timeline.repository';
import { Problem } from '../common/problem';
import type { ListProfilesDto } from './profile.dto';

/** One page of the cases asked for, which waits up to 2 s to include an event that was named. */
export async function listedCases(
  profiles: ProfilesRepository,
  events: TimelineRepository,
  ouid: string,
  query: ListProfilesDto,
): Promise<ProfilePage> {
  const { limit = 50, cursor, seq, profileId, ...filter } = query;
  if (seq !== undefined && profileId !== undefined) await events.waitForSeq(ouid, profileId, seq);
  return listed(profiles, ouid, filter, { limit, cursor });
}

/** One page of a list; a cursor that no list gave is the caller's mistake. */
export async function listed(
  profiles: ProfilesRepository,
  ouid: string,
  filter: ProfileFilter,
  page: PageRequest,
): Promise<ProfilePage> {
  try {
    return await profiles.listProfiles(ouid, filter, page);
  } catch (error) {
    if (!(error instanceof InvalidCursorError)) throw error;
    throw new Problem('CURSOR_INVALID', 'this cursor is not one of this list');
  }
}
