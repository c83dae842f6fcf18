import type { DeskCommand } from '../../src/domain/desk/commands';
import type { DeskInput } from '../../src/domain/desk/machine';
import { DEFAULT_TIMERS, type Policy, type Timers } from '../../src/domain/policy';
import type {
  ProfileCommandName,
  ProfileCommands,
  ProfileInput,
} from '../../src/domain/profile/commands';
import type { ProfileStart } from '../../src/domain/profile/state';
import type { Actor } from '../../src/domain/words';

/** What tests of machines and workflows start from: one organization, its people, its policy. */
export const OUID = 'bank1';
/** 2026-03-02T04:30:00.000Z; machines get the time as an argument. */
export const NOON = Date.UTC(2026, 2, 2, 4, 30);
export const SHA = 'c0ffee'.padEnd(64, '0');

export const client: Actor = { type: 'CLIENT', id: 'key1' };
export const customer: Actor = { type: 'CUSTOMER', id: 'customer' };
export const operations: Actor = { type: 'OPERATIONS', id: 'ops1' };
export const agent = (id: string): Actor => ({ type: 'AGENT', id });
export const reviewer = (id: string): Actor => ({ type: 'REVIEWER', id });

export function policy(
  timers: Partial<Timers> = {},
  other: Partial<Omit<Policy, 'timers'>> = {},
): Policy {
  return {
    version: 1,
    timers: { ...DEFAULT_TIMERS, ...timers },
    queues: [
      { queueId: 'q-en', queueName: 'english', languages: ['en'], skills: [], priority: 1 },
      {
        queueId: 'q-hi',
        queueName: 'hindi',
        languages: ['hi', 'en'],
        skills: ['nri'],
        priority: 5,
      },
    ],
    consentVersions: ['v1'],
    requiredDocuments: ['PAN_CARD'],
    taskPlans: [
      {
        templates: [
          {
            templateId: 'pan',
            title: 'compare-pan',
            mandatory: true,
            check: { kind: 'DOCUMENT', document: 'PAN_CARD' },
          },
          {
            templateId: 'name',
            title: 'ask-name',
            mandatory: false,
            check: { kind: 'DETAIL', field: 'name' },
          },
        ],
      },
      {
        pick: 1,
        templates: ['colour', 'city', 'number'].map((questionId) => ({
          templateId: questionId,
          title: `ask-${questionId}`,
          mandatory: false,
          check: { kind: 'QUESTION' as const, questionId },
        })),
      },
    ],
    maxAttempts: 3,
    maxSystemAttempts: 4,
    // A workflow draws its own random numbers: more than 0 would be a test that passes now and then.
    blindReviewPercent: 0,
    maxDocuments: 6,
    maxTasks: 5,
    ...other,
  };
}

export function profileStart(n = 1, overrides: Partial<ProfileStart> = {}): ProfileStart {
  return {
    ouid: OUID,
    profileId: `5b6962dd-3f90-4c93-8f61-${String(n).padStart(12, '0')}`,
    extReferenceId: `ref-${n}`,
    previousProfileId: '',
    bodyHash: SHA,
    detailsRef: `blob-details-${n}`,
    language: 'en',
    policy: policy(),
    startedBy: client.id,
    ...overrides,
  };
}

/** One command of a journey: what is called, by whom, with what. */
export interface Move<K extends ProfileCommandName = ProfileCommandName> {
  readonly name: K;
  readonly actor: Actor;
  readonly input: ProfileCommands[K];
}

export function move<K extends ProfileCommandName>(
  name: K,
  actor: Actor,
  input: ProfileCommands[K],
): Move<K> {
  return { name, actor, input };
}

/** The machine's input for a command. */
export function asInput({ name, actor, input }: Move): ProfileInput {
  return { name, actor, input } as ProfileInput;
}

const pan = { kind: 'PAN_CARD', blobRef: 'blob-1', sha256: SHA, bytes: 1000 } as const;
const document = { ...pan, mediaType: 'image/jpeg' } as const;

/** Everything the customer does from his first login to the line. */
export function captureMoves(profileId: string, session = 1, linkVersion = 1): Move[] {
  const captureSessionId = `${profileId}.c${session}`;
  return [
    move('openCapture', customer, { linkVersion }),
    move('giveConsent', customer, {
      captureSessionId,
      version: 'v1',
      language: 'en',
      textSha256: SHA,
    }),
    move('addDocument', customer, { captureSessionId, ...document }),
    move('submit', customer, { captureSessionId, language: 'en', skills: [] }),
  ];
}

/** Both come into the call; the agent finds nothing wrong. */
export function callMoves(profileId: string, agentId: string, attempt = 1, session = 1): Move[] {
  const av = `${profileId}.${attempt}`;
  return [
    move('joinCall', agent(agentId), {}),
    move('joinCall', customer, { captureSessionId: `${profileId}.c${session}` }),
    ...['t1', 't2', 't3'].map((t) =>
      move('setTaskVerdict', agent(agentId), { taskId: `${av}.${t}`, verdict: 'PASS' }),
    ),
  ];
}

/** The checker looks at everything and approves. */
export function reviewMoves(profileId: string, reviewerId: string, attempt = 1): Move[] {
  const who = reviewer(reviewerId);
  return [
    move('claimReview', who, {}),
    move('setReviewVerdict', who, { documentId: `${profileId}.d1`, verdict: 'PASS' }),
    ...['t1', 't2', 't3'].map((t) =>
      move('setReviewVerdict', who, { taskId: `${profileId}.${attempt}.${t}`, verdict: 'PASS' }),
    ),
    move('checkerDecision', who, { decision: 'APPROVED' }),
  ];
}

export const online = (
  agentId: string,
  skills: readonly string[] = [],
): Extract<DeskCommand, { name: 'online' }> => ({
  name: 'online',
  agentId,
  languages: ['en', 'hi'],
  skills,
});

export const asCommand = (command: DeskCommand): DeskInput => ({ name: 'command', command });
