import { CALLBACKS, SLOTS, WAITS } from './customer-sources';
import { of, share, type Figure } from './figure';

const waits = of(WAITS);
const answered = waits.count('events', [
  'answered',
  'Times in line that ended with an agent.',
  "why = 'ASSIGNED'",
]);
const isAbandoned = "why IN ('AWAY', 'CASE_ENDED') AND NOT by_callback";
const abandoned = waits.count('events', [
  'abandoned',
  'Times in line that ended because the customer went away, or because the case was ended, by him or by the client; callbacks are told apart.',
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
