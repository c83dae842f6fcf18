import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import type { ApplySettings } from '../../domain/organization/machine';
import type { OrganizationSettings } from '../../domain/organization/settings';
import { DEFAULT_RETENTION, retentionProblems } from '../../domain/retention/policy';
import { hoursProblems } from '../../opening/hours-problems';
import {
  deskWorkflowId,
  ORGANIZATION_UPDATE,
  organizationWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
  type DeskStart,
  type OrganizationStart,
} from '../../../workflows/contracts';

/**
 * Makes an organization's settings those declared, and its desk run. Said again, it changes nothing:
 * the same settings make no new version, a running desk stays as it is.
 */
export async function declareOrganization(
  client: Client,
  ouid: string,
  settings: OrganizationSettings,
): Promise<{ version: number }> {
  checkHours(settings);
  checkRetention(settings);
  await client.workflow.start<(start: DeskStart) => Promise<void>>(WORKFLOWS.desk, {
    workflowId: deskWorkflowId(ouid),
    taskQueue: TASK_QUEUE,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    args: [{ ouid }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `${ouid}: who waits, who is free`,
  });
  const startWorkflowOperation = new WithStartWorkflowOperation<
    (start: OrganizationStart) => Promise<void>
  >(WORKFLOWS.organization, {
    workflowId: organizationWorkflowId(ouid),
    taskQueue: TASK_QUEUE,
    workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
    args: [{ ouid }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    staticSummary: `${ouid}: settings`,
  });
  return client.workflow.executeUpdateWithStart<
    (start: OrganizationStart) => Promise<void>,
    { version: number },
    [ApplySettings]
  >(ORGANIZATION_UPDATE, {
    startWorkflowOperation,
    updateId: randomUUID(),
    args: [{ actor: { type: 'OPERATIONS', id: 'declared-file' }, settings }],
  });
}

/** No case may start by hours that cannot be read: it would know them only too late. */
function checkHours({ policy }: OrganizationSettings): void {
  const wrong = policy.queues.flatMap(({ queueId, openingHours }) =>
    openingHours
      ? hoursProblems(openingHours).map((problem) => `queue ${queueId}: ${problem}`)
      : [],
  );
  if (wrong.length > 0) throw new Error(`opening hours: ${wrong.join('; ')}`);
}

function checkRetention({ retention }: OrganizationSettings): void {
  const wrong = retentionProblems({ ...DEFAULT_RETENTION, ...retention });
  if (wrong.length > 0) throw new Error(`retention: ${wrong.join('; ')}`);
}
