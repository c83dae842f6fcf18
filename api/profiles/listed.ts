import { InvalidCursorError } from '../../clickhouse/cursor';
import type {
  PageRequest,
  ProfileFilter,
  ProfilePage,
  ProfilesRepository,
} from '../../clickhouse/profiles.repository';
import { Problem } from '../common/problem';

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
