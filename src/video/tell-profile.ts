import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { profileOfAvSession } from '../domain/video/event';
import type { VideoFact, VideoFacts } from '../domain/video/facts';
import { profileWorkflowId, VIDEO_FACTS_SIGNAL } from '../../workflows/contracts';

/**
 * Tells a profile what was seen of its call; true when it is in its history. False: the profile has ended,
 * and with it all that it waited for.
 */
export async function tellProfile(
  client: Client,
  avSessionId: string,
  facts: readonly VideoFact[],
): Promise<boolean> {
  const message: VideoFacts = { avSessionId, facts };
  const workflowId = profileWorkflowId(profileOfAvSession(avSessionId));
  try {
    await client.workflow.getHandle(workflowId).signal(VIDEO_FACTS_SIGNAL, message);
    return true;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return false;
    throw error;
  }
}
