import type { LogRow } from '../../src/domain/log-row';

/** One name that the first users asked for, and the column that has it. */
export interface AskedName {
  readonly name: string;
  readonly column: string;
  readonly field: keyof LogRow;
  readonly what: string;
}

/** Their list of key data, in their words; a reviewer's id besides. */
export const ASKED_NAMES: readonly AskedName[] = [
  { name: 'OUID', column: 'ouid', field: 'ouid', what: 'the client organization' },
  { name: 'ProfileID', column: 'profile_id', field: 'profileId', what: 'one case' },
  {
    name: 'ExtReferenceID',
    column: 'ext_reference_id',
    field: 'extReferenceId',
    what: 'the client’s own reference of it',
  },
  {
    name: 'CaptureSessionID',
    column: 'capture_session_id',
    field: 'captureSessionId',
    what: 'one login of the customer into the capture window',
  },
  {
    name: 'AVSessionID',
    column: 'av_session_id',
    field: 'avSessionId',
    what: 'one assisted-video session with one agent',
  },
  { name: 'AgentID', column: 'agent_id', field: 'agentId', what: 'the maker' },
  { name: 'ReviewerID', column: 'reviewer_id', field: 'reviewerId', what: 'the checker' },
  { name: 'TaskID', column: 'task_id', field: 'taskId', what: 'one thing to check' },
  { name: 'QueueID', column: 'queue_id', field: 'queueId', what: 'where the customer waits' },
  { name: 'QueueName', column: 'queue_name', field: 'queueName', what: 'its name' },
  {
    name: 'ProfileStatus',
    column: 'profile_status',
    field: 'profileStatus',
    what: 'where the case stands after the event',
  },
  { name: 'Reason', column: 'reason', field: 'reason', what: 'why, a code of the catalogue' },
];

interface Condition {
  readonly said: string;
  readonly holds: (row: LogRow) => boolean;
}

interface Rule {
  /** Which events. */
  readonly of: RegExp;
  /** Only rows for which this holds; said in words for the page. */
  readonly when?: Condition;
  /** What no such row lacks. */
  readonly fields: readonly (keyof LogRow)[];
}

const decided = (...decisions: string[]): Condition => ({
  said: `decision ${decisions.join(' or ')}`,
  holds: ({ details }) => decisions.some((one) => one === details['decision']),
});

/** Which keys an event's row has, beside OUID, which every row has. */
const RULES: readonly Rule[] = [
  {
    of: /^(profile|capture|consent|document|queue\.(entered|left)|assignment|av|call|capture-request|task|maker|slot|hold|review|checker|signal)\b/,
    fields: ['profileId', 'extReferenceId', 'profileStatus', 'createdAt', 'statusSince'],
  },
  {
    of: /^(capture\.session-\w+|consent\.given|profile\.submitted)$/,
    fields: ['captureSessionId'],
  },
  { of: /^document\.received$/, fields: ['documentId'] },
  { of: /^queue\.(entered|left)$/, fields: ['queueId', 'queueName'] },
  { of: /^queue\.(closed|opened)$/, fields: ['queueId'] },
  {
    of: /^(av\..+|call\.released|capture-request\..+|task\..+|maker\.(decided|reminded|escalated|timed-out))$/,
    fields: ['avSessionId', 'agentId'],
  },
  { of: /^(task\..+|capture-request\..+)$/, fields: ['taskId'] },
  { of: /^capture-request\.answered$/, fields: ['documentId'] },
  { of: /^(review\.(claimed|released|verdict-set)|checker\.decided)$/, fields: ['reviewerId'] },
  { of: /^maker\.decided$/, when: decided('REJECTED', 'UTV'), fields: ['reason'] },
  { of: /^checker\.decided$/, when: decided('REJECTED'), fields: ['reason'] },
  { of: /^(agent|offer)\..+$/, fields: ['agentId'] },
  { of: /^(offer|customer|callback)\..+$/, fields: ['profileId'] },
  { of: /^relationship\.ended$/, fields: ['profileId'] },
  { of: /^access\..+$/, fields: ['profileId'] },
];

/** The fields that this row must not lack, and does. */
export function lackingKeys(row: LogRow): (keyof LogRow)[] {
  const fields = RULES.filter(
    ({ of, when }) => of.test(row.eventType) && (when?.holds(row) ?? true),
  ).flatMap((rule) => rule.fields);
  return [...new Set<keyof LogRow>(['ouid', ...fields])].filter((field) => row[field] === '');
}

/** The asked-for names that rows of this event have, as the page says them. */
export function keysOf(eventType: string): string {
  const said = RULES.filter(({ of }) => of.test(eventType)).flatMap(({ when, fields }) =>
    ASKED_NAMES.filter(({ field }) => fields.includes(field)).map(
      ({ name }) => name + (when ? ` (${when.said})` : ''),
    ),
  );
  return [...new Set(said)].join(', ');
}
