import type { Case } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';

/** The agent asks his customer's device for an image; answers the request's id. */
export async function askCapture(
  agent: ApiClient,
  avSessionId: string,
  kind = 'PAN_CARD',
): Promise<string> {
  const session = `/v1/av-sessions/${avSessionId}`;
  const { tasks } = await agent.get<Case>(session);
  const body = { taskId: tasks[0]?.taskId, kind };
  return (await agent.post<{ id: string }>(`${session}/capture-requests`, body)).id;
}
