import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import {
  profileIdOf,
  profileWorkflowId,
  settlementWorkflowId,
  STOPPED_QUERY,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
  type ReconcileActivities,
  type StoppedProfile,
} from '../../workflows/contracts';

/** Ends that a profile's run never comes to by itself. */
const STOPPED = `WorkflowType = '${WORKFLOWS.profile}' AND ExecutionStatus IN ('Terminated', 'Failed', 'TimedOut', 'Canceled')`;

/** Finds the profiles whose run was stopped from outside (Terminate in the Temporal UI), and what they left. */
export function createReconcileActivities(client: Client): ReconcileActivities {
  return {
    /**
     * Starts a settlement for each stopped profile. Run twice it is harmless: a settlement's id is
     * its profile's, and Temporal starts one only once, whether it still runs or has ended.
     */
    async settleStopped() {
      let started = 0;
      for await (const { workflowId } of client.workflow.list({ query: STOPPED })) {
        if (await startSettlement(client, profileIdOf(workflowId))) started += 1;
      }
      return { started };
    },

    /** Replays the stopped run on a worker and asks where it stood. It reads only. */
    readStopped(profileId) {
      return client.workflow
        .getHandle(profileWorkflowId(profileId))
        .query<StoppedProfile>(STOPPED_QUERY);
    },
  };
}

async function startSettlement(client: Client, profileId: string): Promise<boolean> {
  try {
    await client.workflow.start(WORKFLOWS.settlement, {
      workflowId: settlementWorkflowId(profileId),
      taskQueue: TASK_QUEUE,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
      args: [profileId],
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowIdConflictPolicy: 'FAIL',
      staticSummary: `settles ${profileWorkflowId(profileId)}, which was stopped`,
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}
