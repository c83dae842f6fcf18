import { Injectable } from '@nestjs/common';
import {
  Client,
  QueryNotRegisteredError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ProfilesRepository, type ProfileRecord } from '../../clickhouse/profiles.repository';
import type { ProfileState } from '../../src/domain/profile/state';
import { PROFILE_QUERY, profileWorkflowId } from '../../workflows/contracts';
import { Problem } from '../common/problem';

/** How long a profile's workflow is waited for before the log is asked instead, ms. */
const QUERY_MS = 1_000;
const PROFILE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads one profile: from its workflow, which knows; else from the log, which remembers. */
@Injectable()
export class ProfileReader {
  constructor(
    private readonly client: Client,
    private readonly log: ProfilesRepository,
  ) {}

  /** Where the profile stands; `state` is missing when only the log could be asked. */
  async find(
    ouid: string,
    profileId: string,
  ): Promise<{ status: string; state?: ProfileState; record?: ProfileRecord }> {
    const state = await this.query(ouid, profileId, QUERY_MS);
    if (state && state !== 'UNREACHABLE') return { status: state.status, state };
    if (!PROFILE_ID.test(profileId)) throw unknown();
    const record = await this.log.findProfile(ouid, profileId);
    if (record) return { status: record.profileStatus, record };
    if (state === 'UNREACHABLE') {
      throw new Problem('TEMPORAL_UNAVAILABLE', 'the profile cannot be read at the moment', {
        retryAfter: 2,
      });
    }
    throw unknown();
  }

  /** The whole state, for what only the workflow can answer. */
  async state(ouid: string, profileId: string, ms = 5_000): Promise<ProfileState> {
    const state = await this.query(ouid, profileId, ms);
    if (state === 'UNREACHABLE') {
      throw new Problem('TEMPORAL_UNAVAILABLE', 'the profile cannot be read at the moment', {
        retryAfter: 2,
      });
    }
    if (!state) throw unknown();
    return state;
  }

  private async query(
    ouid: string,
    profileId: string,
    ms: number,
  ): Promise<ProfileState | 'UNREACHABLE' | undefined> {
    if (!PROFILE_ID.test(profileId)) return undefined;
    try {
      const handle = this.client.workflow.getHandle(profileWorkflowId(profileId));
      const state = await this.client.withDeadline(Date.now() + ms, () =>
        handle.query<ProfileState>(PROFILE_QUERY),
      );
      return state.ouid === ouid ? state : undefined;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      // A query that is not registered is one on a run whose first task is still to be done.
      if (error instanceof ServiceError || error instanceof QueryNotRegisteredError)
        return 'UNREACHABLE';
      throw error;
    }
  }
}

function unknown(): Problem {
  return new Problem('PROFILE_UNKNOWN', 'there is no such profile');
}
