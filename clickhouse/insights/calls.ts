import { CONNECTIONS, DROPS, RECORDINGS, SAMPLES } from './customer-sources';
import { of, share, type Figure } from './figure';
import { CALLS } from './profile-sources';

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
