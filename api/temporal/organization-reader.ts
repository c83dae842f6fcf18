import { Injectable } from '@nestjs/common';
import { Client, WorkflowNotFoundError } from '@temporalio/client';
import type { OrganizationState } from '../../src/domain/organization/machine';
import type { OrganizationSettings } from '../../src/domain/organization/settings';
import { ORGANIZATION_QUERY, organizationWorkflowId } from '../../workflows/contracts';
import { ask } from '../../src/ask';

/** How long settings and credentials go on without being asked for again, ms. */
const FRESH_MS = 60_000;
/** How long an organization that is not there is remembered as such, ms. */
const UNKNOWN_MS = 5_000;
const QUERY_MS = 3_000;
/** A bound on what strangers' OUIDs can make us remember. */
const MAX_REMEMBERED = 10_000;

export type CurrentSettings = OrganizationSettings & { readonly version: number };

/** An organization's settings, as its workflow says, remembered for a minute. */
@Injectable()
export class OrganizationReader {
  private readonly known = new Map<
    string,
    { until: number; settings: CurrentSettings | undefined }
  >();

  constructor(private readonly client: Client) {}

  /** Undefined when there is no such organization. @throws ServiceError when it cannot be asked */
  async find(ouid: string): Promise<CurrentSettings | undefined> {
    const cached = this.known.get(ouid);
    if (cached && cached.until > Date.now()) return cached.settings;
    const settings = await this.ask(ouid);
    if (this.known.size >= MAX_REMEMBERED) this.known.clear();
    this.known.set(ouid, { until: Date.now() + (settings ? FRESH_MS : UNKNOWN_MS), settings });
    return settings;
  }

  /** For a caller whose credential was just verified: his organization is there. */
  async get(ouid: string): Promise<CurrentSettings> {
    const settings = await this.find(ouid);
    if (!settings) throw new Error('an authenticated caller of no organization');
    return settings;
  }

  private async ask(ouid: string): Promise<CurrentSettings | undefined> {
    try {
      const handle = this.client.workflow.getHandle(organizationWorkflowId(ouid));
      const state = await ask(this.client, Date.now() + QUERY_MS, () =>
        handle.query<OrganizationState>(ORGANIZATION_QUERY),
      );
      return state.settings && { ...state.settings, version: state.version };
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }
}
