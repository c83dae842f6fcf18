import { Injectable } from '@nestjs/common';
import { Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { ProfileStart } from '../../src/domain/profile/state';
import {
  profileWorkflowId,
  searchKey,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
} from '../../workflows/contracts';

/** Then it is not known whether it was started; the client's repeat finds out, ms. */
const START_MS = 5_000;

/** Starts a profile's workflow, once for ever: its id is derived from the client's reference. */
@Injectable()
export class ProfileStarter {
  constructor(private readonly client: Client) {}

  /** False when it was started before, whether it still runs or has ended. */
  async start(start: ProfileStart): Promise<boolean> {
    try {
      await this.client.withDeadline(Date.now() + START_MS, () =>
        this.client.workflow.start(WORKFLOWS.profile, {
          workflowId: profileWorkflowId(start.profileId),
          taskQueue: TASK_QUEUE,
          workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
          args: [start],
          workflowIdReusePolicy: 'REJECT_DUPLICATE',
          workflowIdConflictPolicy: 'FAIL',
          staticSummary: `${start.ouid}: KYC ${start.extReferenceId}`,
          staticDetails: [
            `OUID \`${start.ouid}\`, ExtReferenceID \`${start.extReferenceId}\``,
            `Policy version ${start.policy.version}, started by key \`${start.startedBy}\``,
          ].join('\n\n'),
          typedSearchAttributes: [
            { key: searchKey('ouid'), value: start.ouid },
            { key: searchKey('status'), value: 'CAPTURE_PENDING' },
          ],
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
      throw error;
    }
  }
}
