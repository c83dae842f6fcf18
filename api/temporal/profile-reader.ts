import { Injectable } from '@nestjs/common';
import {
  Client,
  QueryNotRegisteredError,
  QueryRejectedError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { ProfilesRepository, type ProfileRecord } from '../../clickhouse/profiles.repository';
import type { ProfileState } from '../../src/domain/profile/state';
import { PROFILE_ID_PATTERN } from '../../src/ports/blob-store';
import { PROFILE_QUERY, profileWorkflowId, settlementWorkflowId } from '../../workflows/contracts';
import { Problem } from '../common/problem';
import { ask } from '../../src/ask';
import { Gate, GateClosedError } from '../../src/gate';

/** How long a profile's workflow is waited for before the log is asked instead, ms. */
const QUERY_MS = 1_000;
/** How long for what only the workflow knows, ms. */
const STATE_MS = 5_000;

/**
 * How many profiles a process asks at once; one answers in some 10 ms. More than that was seen when a
 * worker had died and had sixty histories to read again: hundreds of answers came after
 * their askers had given up.
 */
const QUERIES_AT_ONCE = 16;

/** Reads one profile: from its workflow, which knows; else from the log, which remembers. */
@Injectable()
export class ProfileReader {
  private readonly gate = new Gate(QUERIES_AT_ONCE);

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
    if (!PROFILE_ID_PATTERN.test(profileId)) throw unknownProfile();
    const record = await this.log.findProfile(ouid, profileId);
    if (record) return { status: record.profileStatus, record };
    if (state === 'UNREACHABLE') {
      throw new Problem('TEMPORAL_UNAVAILABLE', 'the profile cannot be read at the moment', {
        retryAfter: 2,
      });
    }
    throw unknownProfile();
  }

  /** The whole state, for what only the workflow can answer. */
  async state(ouid: string, profileId: string): Promise<ProfileState> {
    const state = await this.stateIfKnown(ouid, profileId);
    if (!state) throw unknownProfile();
    return state;
  }

  /** The same; undefined when Temporal has no such run, or has forgotten it. */
  async stateIfKnown(ouid: string, profileId: string): Promise<ProfileState | undefined> {
    const state = await this.query(ouid, profileId, STATE_MS);
    if (state !== 'UNREACHABLE') return state;
    throw new Problem('TEMPORAL_UNAVAILABLE', 'the profile cannot be read at the moment', {
      retryAfter: 2,
    });
  }

  private async query(
    ouid: string,
    profileId: string,
    ms: number,
  ): Promise<ProfileState | 'UNREACHABLE' | undefined> {
    if (!PROFILE_ID_PATTERN.test(profileId)) return undefined;
    try {
      return await this.ask(profileWorkflowId(profileId), ouid, Date.now() + ms);
    } catch (error) {
      if (!(error instanceof QueryRejectedError)) throw error;
      return this.askSettlement(profileId, ouid, Date.now() + ms);
    }
  }

  /** Of a run that was stopped from outside; before it is settled, only the log knows of it. */
  private async askSettlement(
    profileId: string,
    ouid: string,
    end: number,
  ): Promise<ProfileState | 'UNREACHABLE' | undefined> {
    try {
      return (await this.ask(settlementWorkflowId(profileId), ouid, end)) ?? 'UNREACHABLE';
    } catch (error) {
      if (!(error instanceof QueryRejectedError)) throw error;
      return 'UNREACHABLE'; // the settlement was stopped as well
    }
  }

  private async ask(
    workflowId: string,
    ouid: string,
    end: number,
  ): Promise<ProfileState | 'UNREACHABLE' | undefined> {
    const handle = this.client.workflow.getHandle(workflowId);
    try {
      const query = (): Promise<ProfileState> => handle.query<ProfileState>(PROFILE_QUERY);
      const state = await this.gate.through(end, () => ask(this.client, end, query));
      return state.ouid === ouid ? state : undefined;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      if (SILENT.some((kind) => error instanceof kind)) return 'UNREACHABLE';
      throw error;
    }
  }
}

/** Nobody answered in time. */
const SILENT = [QueryNotRegisteredError, ServiceError, GateClosedError] as const;

export function unknownProfile(): Problem {
  return new Problem('PROFILE_UNKNOWN', 'there is no such profile');
}
