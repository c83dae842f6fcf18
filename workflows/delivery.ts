import { ApplicationFailure, getExternalWorkflowHandle } from '@temporalio/workflow';

/**
 * Delivers a message to another workflow. True: it is in that workflow's history. False: there is
 * no such running workflow. Temporal reports no other failure of a signal between workflows.
 */
export async function deliverSignal(
  workflowId: string,
  signal: string,
  message: unknown,
): Promise<boolean> {
  try {
    await getExternalWorkflowHandle(workflowId).signal(signal, message);
    return true;
  } catch (error) {
    if (error instanceof ApplicationFailure) return false;
    throw error;
  }
}
