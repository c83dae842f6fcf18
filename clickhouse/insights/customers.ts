import {
  CALLBACKS,
  CONNECTIONS,
  DROPS,
  FUNNEL,
  RECORDINGS,
  SAMPLES,
  SLOTS,
  WAITS,
} from './customer-sources';
import { of, share, type Figure } from './figure';
import { CALLS } from './profile-sources';

const funnel = of(FUNNEL);
const reached = funnel.count('profiles', [
  'reached',
  'Cases created in the range that ever reached the step.',
]);
const wentOn = funnel.count('profiles', [
  'wentOn',
  'Those of them that reached the next step; of the last step, all.',
  'went_on',
]);
const stopped = funnel.count('profiles', [
  'stopped',
  'Those that did not, up to now.',
  'NOT went_on',
]);

/** The way from the link to the end, step by step. */
export const FUNNEL_FIGURES: readonly Figure[] = [
  reached,
  wentOn,
  stopped,
  funnel.count('profiles', [
    'stillOpen',
    'Those that did not and whose case is not at its end: they may still.',
    'is_open',
  ]),
  share(
    ['dropOff', 'Those that did not go on among those that reached the step.'],
    [stopped],
    [reached],
  ),
  ...funnel.quantiles('ms', 'ms', [
    'timeToNext',
    'From the first time in the step to the first time in the next.',
    'has_next',
  ]),
];

const waits = of(WAITS);
const answered = waits.count('events', [
  'answered',
  'Times in line that ended with an agent.',
  "why = 'ASSIGNED'",
]);
const isAbandoned = "why IN ('AWAY', 'CASE_ENDED') AND NOT by_callback";
const abandoned = waits.count('events', [
  'abandoned',
  'Times in line that the customer ended by going away or by ending the case; callbacks are told apart.',
  isAbandoned,
]);
const expired = waits.count('events', [
  'expired',
  'Times in line that lasted too long and were ended by us.',
  "why = 'EXPIRED'",
]);
const turnedAway = waits.count('events', [
  'turnedAway',
  'Times in line that ended because the queue was closed or full.',
  "why IN ('CLOSED', 'FULL')",
]);
const inTime = waits.count('events', [
  'answeredInTime',
  'Answered within `withinSeconds` (60 unless asked otherwise).',
  "why = 'ASSIGNED' AND ms <= {withinMs:UInt64}",
]);
const abandonedLate = waits.count('events', [
  'abandonedLate',
  'Abandoned after more than `withinSeconds`.',
  `${isAbandoned} AND ms > {withinMs:UInt64}`,
]);

const callbacks = of(CALLBACKS);
const called = callbacks.count('events', [
  'callbacksMade',
  'Customers who were called because it was their turn.',
  "type = 'callback.called'",
]);
const kept = callbacks.count('events', [
  'callbacksKept',
  'Customers who were called and came.',
  "type = 'customer.back' AND before = 'callback.called'",
]);

const slots = of(SLOTS);
const slotsKept = slots.count('events', [
  'slotsKept',
  'Booked slots whose customer came back into the line, at his time or before.',
  "type = 'queue.entered' AND before = 'slot.booked'",
]);
const slotsMissed = slots.count('events', [
  'slotsMissed',
  'Booked slots that passed without their customer.',
  "type = 'slot.missed' AND before = 'slot.booked'",
]);

const WAIT_LEVELS = [50, 90, 95];

/** Waiting: in line, for a callback, for a slot. */
export const WAIT_FIGURES: readonly Figure[] = [
  answered,
  abandoned,
  expired,
  turnedAway,
  ...waits.quantiles(
    'ms',
    'ms',
    ['answeredWait', 'One time in one queue until an agent took him.', "why = 'ASSIGNED'"],
    WAIT_LEVELS,
  ),
  ...waits.quantiles(
    'ms',
    'ms',
    ['abandonedWait', 'One time in one queue until he went.', isAbandoned],
    WAIT_LEVELS,
  ),
  inTime,
  abandonedLate,
  share(
    ['serviceLevel', 'Answered in time among the answered and those abandoned late.'],
    [inTime],
    [answered, abandonedLate],
  ),
  share(
    ['abandonment', 'Abandoned among answered, abandoned, expired and turned away.'],
    [abandoned],
    [answered, abandoned, expired, turnedAway],
  ),
  callbacks.count('events', [
    'callbacksAsked',
    'Customers in line who asked to be called instead of staying.',
    "type = 'callback.asked'",
  ]),
  called,
  kept,
  share(['callbacksKeptShare', 'Kept callbacks among those made.'], [kept], [called]),
  slots.count('events', [
    'slotsBooked',
    'Times that were booked; one that replaces another counts, too.',
    "type = 'slot.booked'",
  ]),
  slotsKept,
  slotsMissed,
  share(
    ['slotsKeptShare', 'Kept slots among the kept and the missed.'],
    [slotsKept],
    [slotsKept, slotsMissed],
  ),
];

const calls = of(CALLS);
const sessions = calls.count('calls', [
  'sessions',
  'AV sessions that ended, also those that came to no call.',
]);
const profiles = calls.count('profiles', ['profilesCalled', 'Cases with such an AV session.']);

const drops = of(DROPS);
const dropped = drops.count('calls', [
  'dropped',
  'Calls that ended because one of both was gone for the grace time.',
]);
const resumed = drops.count('calls', [
  'resumed',
  'Those of them after which another call began within 24 hours.',
  'resumed',
]);
const finished = drops.count('calls', [
  'decidedAfterDrop',
  'Those of them after which the agent approved or rejected within 24 hours.',
  'decided',
]);

const connections = of(CONNECTIONS);
const samples = of(SAMPLES);
const scores = samples.count('events', [
  'scores',
  'Measurements of the network (0 none to 5 best).',
  "kind = 'NETWORK' AND score >= 0",
]);
const poor = samples.count('events', [
  'poorScores',
  'Those of 2 (bad) or less.',
  "kind = 'NETWORK' AND score BETWEEN 0 AND 2",
]);

const recordings = of(RECORDINGS);
const expected = recordings.count('calls', ['recordingsExpected', 'Calls in rooms that record.']);
const whole = recordings.count('calls', [
  'recordingsWhole',
  'Those of them with a recording and no doubt about it.',
  "recording = 'RECORDED' AND NOT doubted",
]);

/** The calls themselves: attempts, drops, connections, recordings. */
export const CALL_FIGURES: readonly Figure[] = [
  sessions,
  profiles,
  share(
    ['callsPerProfile', 'AV sessions for one case.'],
    [sessions],
    [profiles],
    'calls per profile',
  ),
  calls.count('calls', ['noShows', 'AV sessions whose customer never came.', "why = 'NO_SHOW'"]),
  calls.count('calls', [
    'roomFailures',
    'AV sessions that ended because of their room.',
    "why IN ('ROOM_FAILED', 'ROOM_ENDED')",
  ]),
  dropped,
  resumed,
  share(['resumedShare', 'Resumed among the dropped.'], [resumed], [dropped]),
  finished,
  share(
    ['decidedAfterDropShare', 'Decided within 24 hours among the dropped.'],
    [finished],
    [dropped],
  ),
  connections.count('events', [
    'joinFailures',
    'Attempts to join that the video service or the client reported as failed.',
    "type = 'av.join-failed'",
  ]),
  connections.count('events', [
    'connectionsLost',
    'How often somebody was gone from a call without leaving it.',
    "type = 'av.left' AND left_by = 'CONNECTION_LOST'",
  ]),
  scores,
  poor,
  share(['poorScoreShare', 'Bad measurements among all.'], [poor], [scores]),
  ...samples.quantiles('ms', 'assumeNotNull(round_trip_ms)', [
    'roundTrip',
    'Round trip of a sample.',
    'round_trip_ms IS NOT NULL',
  ]),
  ...samples.quantiles('ms', 'assumeNotNull(jitter_ms)', [
    'jitter',
    'Jitter of a sample.',
    'jitter_ms IS NOT NULL',
  ]),
  ...samples.quantiles('%', 'assumeNotNull(packet_loss)', [
    'packetLoss',
    'Packet loss of a sample.',
    'packet_loss IS NOT NULL',
  ]),
  samples.count('events', [
    'reconnects',
    'How often a client lost its connection and tried to get it back.',
    "kind = 'RECONNECTING'",
  ]),
  samples.count('events', [
    'deviceErrors',
    'Errors that a client’s SDK reported.',
    "kind = 'ERROR'",
  ]),
  expected,
  whole,
  share(['recordingIntegrity', 'Whole recordings among the expected.'], [whole], [expected]),
];
