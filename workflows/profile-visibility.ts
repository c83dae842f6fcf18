import { setCurrentDetails, upsertSearchAttributes, workflowInfo } from '@temporalio/workflow';
import { reason as reasonOf } from '../src/domain/reasons';
import { lastAv, type ProfileState } from '../src/domain/profile/state';
import { deadlines } from '../src/domain/profile/timers';
import { SEARCH_ATTRIBUTES, searchKey } from './contracts';

type Shown = Readonly<Record<keyof typeof SEARCH_ATTRIBUTES, string>>;

/** What operations can search for; '' where it does not apply. */
export function searchValues(state: ProfileState): Shown {
  return {
    ouid: state.ouid,
    status: state.status,
    queue: state.status === 'QUEUED' ? (state.line?.queueId ?? '') : '',
    agent: state.agentHeld ? (lastAv(state)?.agentId ?? '') : '',
    reviewer: state.review?.reviewerId ?? '',
    reasonClass: state.reason === '' ? '' : reasonOf(state.reason).class,
  };
}

/** Brings Temporal's UI up to date. An upsert is an event of the history: only what changed is sent. */
export function showProfile(state: ProfileState): void {
  setCurrentDetails(describe(state));
  const before = workflowInfo().typedSearchAttributes;
  const values = searchValues(state);
  const changed = (Object.keys(SEARCH_ATTRIBUTES) as (keyof Shown)[]).flatMap((name) => {
    const key = searchKey(name);
    const value = values[name] === '' ? null : values[name];
    return (before.get(key) ?? null) === value ? [] : [{ key, value }];
  });
  if (changed.length > 0) upsertSearchAttributes(changed);
}

/** Who waits for whom, until when: markdown for the workflow's page. */
export function describe(state: ProfileState): string {
  const av = lastAv(state);
  const lines = [
    `**${state.status}** since ${new Date(state.statusSince).toISOString()}${state.reason === '' ? '' : ` (${state.reason})`}`,
    waitingFor(state),
    ...deadlines(state).map((d) => `- ${d.summary}: ${new Date(d.at).toISOString()}`),
    `- attempts: ${state.avSessions.length} of ${state.policy.maxAttempts}`,
    ...(av
      ? [`- last AV session: \`${av.avSessionId}\`, agent \`${av.agentId}\`, room ${av.room}`]
      : []),
    ...(state.line ? [`- queue: ${state.line.queueName}, ticket ${state.ticket}`] : []),
    `- documents: ${state.documents.length}, tasks open: ${state.tasks.filter((t) => t.verdict === '').length}`,
    `- signals refused: ${state.refusedSignals}`,
    `- not yet delivered: ${state.outbox.desk.length} to the desk, ${state.outbox.video.length} to video`,
  ];
  return lines.join('\n');
}

function waitingFor(state: ProfileState): string {
  const av = lastAv(state);
  switch (state.status) {
    case 'CAPTURE_PENDING':
      return 'Waits for the customer to log in.';
    case 'CAPTURE_IN_PROGRESS':
      return 'Waits for the customer to hand in.';
    case 'SCHEDULED':
      return 'Waits for the customer to come back.';
    case 'QUEUED':
      return 'The customer waits for an agent.';
    case 'IN_CALL':
      return `Agent \`${av?.agentId ?? ''}\` and the customer are in the call.`;
    case 'DECISION_PENDING':
      return `Waits for agent \`${av?.agentId ?? ''}\` to decide.`;
    case 'REVIEW_PENDING':
      return 'Waits for a reviewer.';
    case 'IN_REVIEW':
      return `Waits for reviewer \`${state.review?.reviewerId ?? ''}\` to decide.`;
    case 'ON_HOLD':
      return 'On hold.';
    default:
      return state.closed ? 'Ended; everything is settled.' : 'Ended; settling what was sent out.';
  }
}
