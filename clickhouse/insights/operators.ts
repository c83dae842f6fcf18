import { DESK, SCRIPTS, SHIFTS } from './agent-sources';
import { of, share, type Figure } from './figure';
import { CALLS, CHECKS, DECISIONS, FINALS } from './profile-sources';

const calls = of(CALLS);
const desk = of(DESK);
const shifts = of(SHIFTS);
const decisions = of(DECISIONS);
const checks = of(CHECKS);
const finals = of(FINALS);
const scripts = of(SCRIPTS);

const made = desk.count('events', [
  'offersMade',
  'Offers of a customer to an agent.',
  "type = 'offer.made'",
]);
const accepted = desk.count('events', [
  'offersAccepted',
  'Offers that the agent accepted, also those that the case refused afterwards.',
  "type = 'offer.accepted'",
]);
const declined = desk.count('events', [
  'offersDeclined',
  'Offers that the agent declined, or left by going on a break or offline.',
  "type = 'offer.declined'",
]);
const missed = desk.count('events', [
  'offersMissed',
  'Offers that reached the agent and that he let run out.',
  "type = 'offer.missed'",
]);

const busy = shifts.sum('ms', 'ms', [
  'busyTime',
  'From the assignment of a customer until the agent was free: waiting for him, talking, deciding.',
  "state = 'BUSY'",
]);
const wrapUp = shifts.sum('ms', 'ms', [
  'wrapUpTime',
  'Time in wrap-up after calls.',
  "state = 'WRAP_UP'",
]);
const available = shifts.sum('ms', 'ms', [
  'availableTime',
  'Time in which the agent could be offered a customer, or was being offered one.',
  "state IN ('FREE', 'OFFERED')",
]);
const paused = shifts.sum('ms', 'ms', ['pausedTime', 'Time on breaks.', "state = 'PAUSED'"]);

const approvals = decisions.count('decisions', [
  'approvals',
  'Decisions of the agent to approve.',
  "decision = 'APPROVED'",
]);
const rejections = decisions.count('decisions', [
  'rejections',
  'Decisions of the agent to reject.',
  "decision = 'REJECTED'",
]);
const utvs = decisions.count('decisions', [
  'utvs',
  'Decisions of the agent that he was unable to verify.',
  "decision = 'UTV'",
]);
const decided = [approvals, rejections, utvs];

const checked = checks.count('decisions', [
  'checked',
  'Checkers’ decisions that ended a case, by the agent who had decided before.',
  'ends',
]);
const overturned = checks.count('decisions', [
  'overturned',
  'Those of them that were against the agent’s decision.',
  'ends AND overridden',
]);

const afterCall = finals.count('profiles', [
  'finishedAfterCall',
  'Cases that came to their end after at least one call, by the agent of the last one.',
  "attempt != '0'",
]);
const firstTimeRight = finals.count('profiles', [
  'firstTimeRight',
  'Those of them that were approved after one call, with no new captures and no decision asked for again.',
  "status = 'APPROVED' AND attempt = '1' AND again = 0",
]);

const ownVerdict = "decision IN ('APPROVED', 'REJECTED')";

/** What agents do. */
export const OPERATORS: readonly Figure[] = [
  calls.count('calls', ['handled', 'Calls that ended and in which both had been.', 'began']),
  ...calls.quantiles('ms', 'ms', [
    'talkTime',
    'From the moment when both were in the call until it ended.',
    'began',
  ]),
  ...calls.quantiles('ms', 'decision_ms', [
    'decisionTime',
    'From the end of a call until the agent’s first decision on it.',
    "began AND decision != ''",
  ]),
  ...calls.quantiles('ms', 'ms + decision_ms', [
    'handleTime',
    'Talk and decision time of one call together; wrap-up is told apart.',
    "began AND decision != ''",
  ]),
  ...desk.quantiles('ms', 'ms', [
    'wrapUp',
    'How long one wrap-up lasted, by the time of its end.',
    "type = 'agent.ready'",
  ]),
  made,
  accepted,
  declined,
  missed,
  share(
    ['acceptedShare', 'Accepted offers among those accepted, declined and missed.'],
    [accepted],
    [accepted, declined, missed],
  ),
  ...desk.quantiles('ms', 'ms', [
    'acceptTime',
    'From the offer until the agent accepted it.',
    "type = 'offer.accepted'",
  ]),
  desk.count('events', [
    'setAway',
    'How often offers missed in a row set the agent away.',
    "type = 'agent.away'",
  ]),
  desk.count('events', ['pauses', 'Breaks that began.', "type = 'agent.paused'"]),
  busy,
  wrapUp,
  available,
  paused,
  share(
    ['occupancy', 'Busy and wrap-up time among that and available time.'],
    [busy, wrapUp],
    [busy, wrapUp, available],
  ),
  share(
    ['utilisation', 'Busy and wrap-up time among all time at work, breaks included.'],
    [busy, wrapUp],
    [busy, wrapUp, available, paused],
  ),
  ...decided,
  decisions.count('decisions', [
    'utvsBusiness',
    'Those unable to verify with a reason of class BUSINESS.',
    "decision = 'UTV' AND class = 'BUSINESS'",
  ]),
  decisions.count('decisions', [
    'utvsTechnical',
    'Those unable to verify with a reason of class TECHNICAL.',
    "decision = 'UTV' AND class = 'TECHNICAL'",
  ]),
  share(
    ['utvShare', 'Decisions of the agent that he was unable to verify, among all.'],
    [utvs],
    decided,
  ),
  checked,
  overturned,
  share(['overturnedShare', 'Overturned decisions among the checked.'], [overturned], [checked]),
  afterCall,
  firstTimeRight,
  share(
    ['firstTimeRightShare', 'First-time-right among the cases that ended after a call.'],
    [firstTimeRight],
    [afterCall],
  ),
  scripts.count('calls', [
    'scriptsRun',
    'Calls whose agent first decided to approve or to reject.',
    ownVerdict,
  ]),
  scripts.count('calls', [
    'callsWithSkips',
    'Those of them in which a task had no verdict by then.',
    `${ownVerdict} AND skipped > 0`,
  ]),
  scripts.sum('steps', 'skipped', ['stepsSkipped', 'Those tasks.', ownVerdict]),
];
