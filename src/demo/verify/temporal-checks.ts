import { WorkflowNotFoundError, type Client } from '@temporalio/client';
import { ask } from '../../ask';
import { isFinal } from '../../domain/words';
import type { DeskView } from '../../domain/desk/view';
import {
  DESK_QUERY,
  deskWorkflowId,
  profileWorkflowId,
  SEARCH_ATTRIBUTES,
} from '../../../workflows/contracts';
import { Slots } from '../run/slots';
import { lastOf, type Log } from './log-reader';

/** How many workflows are asked about at once. */
const AT_ONCE = 10;

/** What Temporal says of each journey against what the log says, and who still waits or works there. */
export async function checkTemporal(
  client: Client,
  ouid: string,
  log: Log,
  profileIds: readonly string[],
): Promise<string[]> {
  const slots = new Slots(AT_ONCE);
  const each = await Promise.all(
    profileIds.map((profileId) => slots.use(() => checkJourney(client, log, profileId))),
  );
  const desk = await checkDesk(client, ouid, log);
  return [...each.flat(), ...desk, ...(await checkUnknown(client, ouid, new Set(profileIds)))];
}

async function checkJourney(client: Client, log: Log, profileId: string): Promise<string[]> {
  const last = lastOf(log.profiles.get(profileId) ?? []);
  const logged = last?.profileStatus ?? 'nowhere';
  const handle = client.workflow.getHandle(profileWorkflowId(profileId));
  try {
    const { status } = await handle.describe();
    if (status.name === 'RUNNING') {
      if (!isFinal(logged)) return [];
      return [`profile ${profileId} is ${logged}, but its workflow still runs`];
    }
    if (status.name !== 'COMPLETED') {
      return [`profile ${profileId} is ${logged}, but its workflow is ${status.name}`];
    }
    const result = (await handle.result()) as { status: string; reason: string };
    return compareResult(profileId, result, { status: logged, reason: last?.reason ?? '' });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return [`profile ${profileId} is ${logged}, but Temporal knows no workflow of it`];
  }
}

function compareResult(
  profileId: string,
  workflow: { readonly status: string; readonly reason: string },
  log: { readonly status: string; readonly reason: string },
): string[] {
  const said = `profile ${profileId}: its workflow ended`;
  if (workflow.status !== log.status) {
    return [`${said} ${workflow.status}, in the log it is ${log.status}`];
  }
  if (workflow.reason === log.reason) return [];
  return [`${said} with reason "${workflow.reason}", the log says "${log.reason}"`];
}

/** A desk may have to be replayed first. */
const DESK_MS = 30_000;

/** Nobody waits at the desk for, or is busy with, a journey that is over. */
async function checkDesk(client: Client, ouid: string, log: Log): Promise<string[]> {
  const desk = client.workflow.getHandle(deskWorkflowId(ouid));
  const view = await ask(client, Date.now() + DESK_MS, () => desk.query<DeskView>(DESK_QUERY));
  const isOver = (profileId: string): boolean =>
    isFinal(lastOf(log.profiles.get(profileId) ?? [])?.profileStatus ?? '');
  const waiting = Object.keys(view.positions)
    .filter(isOver)
    .map((profileId) => `profile ${profileId} is over, but it waits at the desk`);
  const busy = Object.entries(view.agents).flatMap(([agentId, { state, profileId, offer }]) => {
    const over = [profileId, offer?.profileId ?? ''].find(isOver);
    return over === undefined
      ? []
      : [`agent ${agentId} is ${state} with profile ${over}, which is over`];
  });
  return [...waiting, ...busy];
}

/** Journeys that run and that neither the record nor the log knows. */
async function checkUnknown(
  client: Client,
  ouid: string,
  known: ReadonlySet<string>,
): Promise<string[]> {
  const running = client.workflow.list({
    query: `${SEARCH_ATTRIBUTES.ouid} = '${ouid}' AND ExecutionStatus = 'Running'`,
  });
  const wrong: string[] = [];
  for await (const { workflowId } of running) {
    const [kind, id = ''] = workflowId.split('/');
    if (kind === 'profile' && !known.has(id)) {
      wrong.push(`workflow ${workflowId} runs, but neither the record nor the log knows it`);
    }
  }
  return wrong;
}
