import { eventIdOf } from '../../ids';
import type { RunRecord } from '../record/record-file';
import type { AckLine } from '../record/record-line';
import { checkCommands } from './command-checks';
import { checkLog, ranges } from './log-checks';
import type { Log, LoggedEvent } from './log-reader';

const OUID = 'bank';
const P = 'p-1';
const client = { actorType: 'CLIENT', actorId: 'key' } as const;
const customer = { actorType: 'CUSTOMER', actorId: P } as const;

function event(
  seq: number,
  eventType: string,
  actor: { actorType: string; actorId: string },
  more: Partial<LoggedEvent> = {},
): LoggedEvent {
  return {
    stream: 'profile',
    streamId: P,
    seq,
    eventId: eventIdOf('profile', OUID, P, seq),
    eventType,
    occurredAt: `t${seq}`,
    profileId: P,
    captureSessionId: '',
    avSessionId: '',
    agentId: '',
    taskId: '',
    documentId: '',
    profileStatus: 'CAPTURE_IN_PROGRESS',
    reason: '',
    offerId: '',
    reviewerId: '',
    decision: '',
    ...actor,
    ...more,
  };
}

const EVENTS: readonly LoggedEvent[] = [
  event(1, 'profile.created', client, { occurredAt: 't1', profileStatus: 'CAPTURE_PENDING' }),
  event(2, 'capture.link-issued', client, { occurredAt: 't1', profileStatus: 'CAPTURE_PENDING' }),
  event(3, 'capture.session-opened', customer, { captureSessionId: 'c1' }),
  event(4, 'consent.given', customer),
  event(5, 'document.received', customer, { documentId: 'd1' }),
];

let keys = 0;
function ack(command: AckLine['command'], actor: Pick<AckLine, 'actorType' | 'actorId'>): AckLine {
  keys += 1;
  const about = { profileId: P, command, route: 'POST /', key: `k${keys}`, at: '' };
  return { kind: 'ack', ...about, ...actor, seq: 0, status: '', id: '', said: {} };
}

const CREATED = { ...ack('create', client), seq: 2, status: 'CAPTURE_PENDING' };
const OPENED = { ...ack('openCapture', customer), id: 'c1' };
const CONSENTED = { ...ack('giveConsent', customer), seq: 4, status: 'CAPTURE_IN_PROGRESS' };
const HANDED_IN = { ...ack('addDocument', customer), seq: 5, id: 'd1' };
const ACKS: readonly AckLine[] = [CREATED, OPENED, CONSENTED, HANDED_IN];

/** A journey that its maker approved, and then these people, deciding so. */
function approvedBy(
  checkers: readonly { actorType: string; actorId: string }[],
  ...decisions: readonly string[]
): LoggedEvent[] {
  const maker = { actorType: 'AGENT', actorId: 'same' };
  const approved = { profileStatus: 'APPROVED' };
  const checks = checkers.map((checker, i) =>
    event(i + 3, 'checker.decided', checker, { decision: decisions[i] ?? 'APPROVED' }),
  );
  const end = checks.length + 3;
  return [
    event(1, 'profile.created', client),
    event(2, 'maker.decided', maker, { decision: 'APPROVED', agentId: 'same' }),
    ...checks,
    event(end, 'profile.finished', maker, approved),
    event(end + 1, 'profile.closed', maker, approved),
  ];
}

function logOf(events: readonly LoggedEvent[]): Log {
  return { profiles: new Map([[P, events]]), desk: [] };
}

function differences(commands: RunRecord['commands'], events = EVENTS): string[] {
  const about = { ouid: OUID, apiUrl: '', dataDir: '', seed: 1, alone: true, at: '' };
  const record = { run: { kind: 'run', ...about } as const, commands, ends: [] };
  return [...checkLog(OUID, logOf(events)), ...checkCommands(record, logOf(events))];
}

it('finds nothing in a record that agrees with its log', () => {
  expect(differences(ACKS)).toEqual([]);
});

it('misses every event that is taken out of the log', () => {
  for (const missing of EVENTS.slice(0, -1)) {
    expect(
      differences(
        ACKS,
        EVENTS.filter((e) => e !== missing),
      ),
    ).toContain(`profile ${P}: ${missing.seq} of its 5 events are not in the log`);
  }
  // Nobody can tell from the numbers that the last one is missing, but from what the customer was told.
  expect(differences(ACKS, EVENTS.slice(0, -1))).toEqual([
    `CUSTOMER ${P} was told that addDocument on profile ${P} took effect (event 5, ), but the log has no document.received of it`,
  ]);
});

it('misses every line that is taken out of the record', () => {
  for (const missing of ACKS) {
    const found = differences(ACKS.filter((line) => line !== missing));
    expect(found).not.toEqual([]);
    expect(found.every((line) => line.includes('nobody was told of event'))).toBe(true);
  }
});

it('tells what was done twice from what was said twice', () => {
  expect(differences([...ACKS, CONSENTED])).toContainEqual(
    expect.stringContaining('the record says so twice'),
  );
  expect(differences([...ACKS, { ...CONSENTED, key: 'another' }])).toEqual([
    expect.stringContaining('but its event was another command’s already'),
  ]);
  const twice = event(6, 'consent.given', customer);
  expect(differences(ACKS, [...EVENTS, twice])).toEqual([
    `profile ${P}: nobody was told of event 6 (consent.given by CUSTOMER ${P})`,
  ]);
});

it('compares the status that was answered', () => {
  const wrong = { ...CONSENTED, status: 'QUEUED' };
  expect(differences([CREATED, OPENED, wrong, HANDED_IN])).toEqual([
    expect.stringMatching(/but after event 4 the log says CAPTURE_IN_PROGRESS$/),
  ]);
});

it('lets a command whose outcome nobody knows be in the log or not', () => {
  const { seq: _, status: __, id: ___, ...about } = HANDED_IN;
  const unknown = { ...about, kind: 'unknown' } as const;
  expect(differences([CREATED, OPENED, CONSENTED, unknown])).toEqual([]);
  expect(differences([CREATED, OPENED, CONSENTED, unknown], EVENTS.slice(0, -1))).toEqual([]);
});

it('lets a join be in the log only if it was refused because the call was over', () => {
  const { seq: _, status: __, id: ___, ...about } = ack('joinCall', customer);
  const refused = { ...about, kind: 'refused' } as const;
  const joined = [...EVENTS, event(6, 'av.joined', customer, { avSessionId: `${P}.1` })];
  const over = { ...refused, code: 'CALL_NOT_OPEN' };
  expect(differences([...ACKS, over], joined)).toEqual([]);
  expect(differences([...ACKS, over])).toEqual([]);
  expect(differences([...ACKS, { ...refused, code: 'ROOM_NOT_READY' }], joined)).toEqual([
    `profile ${P}: nobody was told of event 6 (av.joined by CUSTOMER ${P})`,
  ]);
});

it('does not take an approval of one person for that of two', () => {
  const agent = { actorType: 'AGENT', actorId: 'same' };
  expect(checkLog(OUID, logOf(approvedBy([agent])))).toEqual([
    `profile ${P}: it is APPROVED without two people's decisions`,
  ]);
});

it('does not take a second look of one person for that of another', () => {
  const [one, another] = ['one', 'another'].map((actorId) => ({ actorType: 'REVIEWER', actorId }));
  expect(checkLog(OUID, logOf(approvedBy([one!, another!])))).toEqual([]);
  expect(checkLog(OUID, logOf(approvedBy([one!, one!])))).toEqual([
    `profile ${P}: one person checked it twice`,
  ]);
  expect(checkLog(OUID, logOf(approvedBy([one!], 'REJECTED')))).toEqual([
    `profile ${P}: it is APPROVED, its last checker said REJECTED`,
  ]);
  expect(checkLog(OUID, logOf(approvedBy([one!, one!], 'SENT_BACK', 'APPROVED')))).toEqual([]);
});

it('tells a new link from the one a case is created with', () => {
  const issued = event(6, 'capture.link-issued', client);
  expect(differences([...ACKS, ack('issueLink', client)], [...EVENTS, issued])).toEqual([]);
  expect(differences(ACKS, [...EVENTS, issued])).toEqual([
    `profile ${P}: nobody was told of event 6 (capture.link-issued by CLIENT key)`,
  ]);
});

it('lets a reviewer take what a supervisor gave him', () => {
  const supervisor = { actorType: 'SUPERVISOR', actorId: 'boss' } as const;
  const reviewer = { actorType: 'REVIEWER', actorId: 'r-1' } as const;
  const status = { profileStatus: 'IN_REVIEW' };
  const events = [
    ...EVENTS,
    event(6, 'review.claimed', supervisor, { ...status, reviewerId: 'r-1' }),
  ];
  const given = { ...ack('assignReview', supervisor), seq: 6, status: 'IN_REVIEW' };
  const taken = { ...ack('claimReview', reviewer), seq: 6, status: 'IN_REVIEW' };
  expect(differences([...ACKS, given, taken], events)).toEqual([]);
  expect(differences([...ACKS, given, { ...taken, actorId: 'r-2' }], events)).toHaveLength(1);
  expect(differences([...ACKS, taken], events)).toEqual([
    `profile ${P}: nobody was told of event 6 (review.claimed by SUPERVISOR boss)`,
  ]);
});

it('writes runs of numbers short', () => {
  expect(ranges([1, 3, 4, 5, 9])).toBe('1, 3-5, 9');
});
