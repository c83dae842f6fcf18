import { FUNNEL } from './customer-sources';
import { of, share, type Figure } from './figure';

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
