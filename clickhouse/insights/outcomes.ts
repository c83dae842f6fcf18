import { of, share, type Figure } from './figure';
import { CALLS, DECISIONS, FINALS } from './profile-sources';

const finals = of(FINALS);
const calls = of(CALLS);
const decisions = of(DECISIONS);

const ended = (name: string, status: string, words: string) =>
  finals.count('profiles', [name, `Cases that ended ${words}.`, `status = '${status}'`]);

const finished = finals.count('profiles', ['finished', 'Cases that came to their end.']);
const approved = ended('approved', 'APPROVED', 'approved');
const rejected = ended('rejected', 'REJECTED', 'rejected');
const isDecided = "status IN ('APPROVED', 'REJECTED')";

const isUtv = "decision = 'UTV'";
const utvs = decisions.count('decisions', [
  'utvs',
  'Decisions of agents that they were unable to verify; their cases may have gone on.',
  isUtv,
]);
const technical = decisions.count('decisions', [
  'utvsTechnical',
  'Those of them with a reason of class TECHNICAL.',
  `${isUtv} AND class = 'TECHNICAL'`,
]);
const made = decisions.count('decisions', ['makerDecisions', 'All decisions of agents.']);

const seen = calls.count('calls', [
  'causesSeen',
  'Calls whose agent was unable to verify and whose end the system explains by a cause of its own.',
  `${isUtv} AND cause != ''`,
]);
const agreeing = calls.count('calls', [
  'causesAgreeing',
  'Those of them whose agent gave the system’s cause as his reason.',
  `${isUtv} AND cause != '' AND cause = reason`,
]);

/** What comes of it all. */
export const OUTCOMES: readonly Figure[] = [
  finished,
  approved,
  rejected,
  ended('unableToVerify', 'UNABLE_TO_VERIFY', 'unable to verify'),
  ended('expired', 'EXPIRED', 'because their time was over'),
  ended('cancelled', 'CANCELLED', 'cancelled'),
  share(
    ['approvalRate', 'Approved among approved and rejected.'],
    [approved],
    [approved, rejected],
  ),
  share(
    ['decidedShare', 'Approved and rejected among all that ended.'],
    [approved, rejected],
    [finished],
  ),
  ...finals.quantiles('ms', 'ms', [
    'timeToDecision',
    'From creation to the end of approved and rejected cases.',
    isDecided,
  ]),
  ...finals.quantiles('ms', 'line_ms', [
    'lineToDecision',
    'From the first time in line to the end of approved and rejected cases.',
    `${isDecided} AND was_in_line`,
  ]),
  made,
  decisions.count('decisions', [
    'makerRejections',
    'Decisions of agents to reject.',
    "decision = 'REJECTED'",
  ]),
  utvs,
  decisions.count('decisions', [
    'utvsBusiness',
    'Those of them with a reason of class BUSINESS.',
    `${isUtv} AND class = 'BUSINESS'`,
  ]),
  technical,
  share(['utvShare', 'Unable to verify among all decisions of agents.'], [utvs], [made]),
  share(
    ['utvTechnicalShare', 'Unable to verify for a technical reason among all decisions of agents.'],
    [technical],
    [made],
  ),
  seen,
  agreeing,
  share(
    ['causeAgreement', 'Agents’ reasons that agree with the system’s cause among the causes seen.'],
    [agreeing],
    [seen],
  ),
];
