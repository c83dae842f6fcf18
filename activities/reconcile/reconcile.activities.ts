import { type Client, WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import { tsToMs } from '@temporalio/common/lib/time';
import type { temporal } from '@temporalio/proto';
import { startProfile } from '../../src/domain/profile/machine';
import type { ProfileStart } from '../../src/domain/profile/state';
import {
  profileOfWorkflow,
  profileWorkflowId,
  searchKey,
  settlementWorkflowId,
  STOPPED_QUERY,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
  type ReconcileActivities,
  type StoppedProfile,
  type StoppedRun,
} from '../../workflows/contracts';

const OUID_KEY = searchKey('ouid');
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
      for await (const stopped of client.workflow.list({ query: STOPPED })) {
        const profileId = profileOfWorkflow(stopped.workflowId);
        const ouid = stopped.typedSearchAttributes.get(OUID_KEY) ?? '';
        const run = { ouid, profileId, runId: stopped.runId };
        if ((await isLast(client, run)) && (await startSettlement(client, run))) started += 1;
      }
      return { started };
    },

    /**
     * Where the stopped run stood: Temporal replays it on a worker and asks it. One that was stopped
     * before its first task cannot be asked; it stands where its start puts it. Reads only.
     */
    async readStopped({ profileId, runId }) {
      const run = client.workflow.getHandle(profileWorkflowId(profileId), runId);
      const { events } = await run.fetchHistory();
      const begun = events?.some((event) => event.workflowTaskCompletedEventAttributes);
      return begun === true
        ? run.query<StoppedProfile>(STOPPED_QUERY)
        : unbegun(client, events?.[0]);
    },
  };
}

/** After a reset there is a younger run, and the case goes on in that one. */
async function isLast(client: Client, { profileId, runId }: StoppedRun): Promise<boolean> {
  const last = await client.workflow.getHandle(profileWorkflowId(profileId)).describe();
  return last.runId === runId;
}

type HistoryEvent = temporal.api.history.v1.IHistoryEvent;

function unbegun(client: Client, first: HistoryEvent | undefined): StoppedProfile {
  const [payload] = first?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  if (!first?.eventTime || !payload) throw new Error('a run without a start');
  const { payloadConverter } = client.options.loadedDataConverter;
  const start = payloadConverter.fromPayload<ProfileStart>(payload);
  const context = { at: tsToMs(first.eventTime), entropy: 0 };
  const { state, journal } = startProfile(start, context);
  return { state, pending: journal.events };
}

async function startSettlement(client: Client, run: StoppedRun): Promise<boolean> {
  const { ouid, profileId } = run;
  try {
    await client.workflow.start(WORKFLOWS.settlement, {
      workflowId: settlementWorkflowId(profileId),
      taskQueue: TASK_QUEUE,
      workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
      args: [run],
      typedSearchAttributes: [{ key: OUID_KEY, value: ouid }],
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
