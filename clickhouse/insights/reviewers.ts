import { of, share, type Figure } from './figure';
import { CHECKS, CLAIMS } from './profile-sources';

const checks = of(CHECKS);
const claims = of(CLAIMS);

const decided = checks.count('decisions', [
  'decided',
  'Decisions of checkers, sendings back included.',
]);
const overrides = checks.count('decisions', [
  'overrides',
  'Decisions to approve or reject against the maker’s.',
  'overridden',
]);
const sentBack = checks.count('decisions', [
  'sentBack',
  'Cases sent back to the maker, to a new call or for new captures.',
  "decision = 'SENT_BACK'",
]);
const second = checks.count('decisions', [
  'secondReviews',
  'Decisions of the second of two blind reviews.',
  "review = 2 AND decision != 'SENT_BACK'",
]);
const differing = checks.count('decisions', [
  'secondReviewsDiffering',
  'Those of them that differed from the first, so that a third was needed.',
  "review = 2 AND needed = 3 AND decision != 'SENT_BACK'",
]);

/** What reviewers do. */
export const REVIEWERS: readonly Figure[] = [
  decided,
  checks.count('decisions', [
    'approved',
    'Decisions of checkers to approve.',
    "decision = 'APPROVED'",
  ]),
  checks.count('decisions', [
    'rejected',
    'Decisions of checkers to reject.',
    "decision = 'REJECTED'",
  ]),
  sentBack,
  ...checks.quantiles('ms', 'turnaround_ms', [
    'turnaround',
    'From the maker’s decision until the checker’s; a second review’s, from the same moment.',
  ]),
  ...checks.quantiles('ms', 'ms', [
    'reviewTime',
    'From the moment when the checker took the case until he decided.',
  ]),
  overrides,
  share(['overrideShare', 'Overrides among all decisions.'], [overrides], [decided]),
  checks.count('decisions', [
    'rejectedAgainstMaker',
    'Overrides of an approval.',
    "overridden AND decision = 'REJECTED'",
  ]),
  checks.count('decisions', [
    'approvedAgainstMaker',
    'Overrides of a rejection.',
    "overridden AND decision = 'APPROVED'",
  ]),
  share(
    ['disagreement', 'Overrides and cases sent back among all decisions.'],
    [overrides, sentBack],
    [decided],
  ),
  second,
  differing,
  share(
    ['blindDisagreement', 'Second reviews that differed among all of them.'],
    [differing],
    [second],
  ),
  claims.count('events', [
    'claimed',
    'Reviews that were taken or given to a reviewer.',
    "type = 'review.claimed'",
  ]),
  claims.count('events', [
    'givenBack',
    'Reviews that the reviewer gave back undecided.',
    "type = 'review.released' AND why = 'RELEASED'",
  ]),
  claims.count('events', [
    'lapsed',
    'Reviews that were taken from the reviewer because their time was over.',
    "type = 'review.released' AND why = 'EXPIRED'",
  ]),
];
