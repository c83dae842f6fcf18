import { profileIdOf } from '../../api/profiles/profile-creation';
import { parseDemoOptions } from '../../src/demo/options';
import { planRun } from '../../src/demo/plan';
import { meanOf } from '../../src/simulate/figures';
import type { Answered } from './answered';

/** What `npm run simulate` is told of how long something takes that the trace does not tell. */
export interface PaceFlag {
  readonly flag: '--accept-seconds' | '--join-seconds' | '--decide-seconds';
  /** Of the trace's time. */
  readonly seconds: number;
  /** Where it comes from. */
  readonly means: string;
}

/** How long people and stack took for it in a demo of a trace with these flags, on average. */
export function paceOf(
  answered: readonly Answered[],
  ouid: string,
  flags: readonly (string | number)[],
): PaceFlag[] {
  const options = parseDemoOptions(flags.map(String));
  const { plan, timers } = planRun(options);
  const service = new Map(
    plan.arrivals.map(({ script }) => [profileIdOf(ouid, script.extReferenceId), script.serviceMs]),
  );
  const mean = (of: readonly Answered[], msOf: (one: Answered) => number): number => {
    const ms = meanOf(of.map(msOf));
    if (ms === undefined) throw new Error('there is no call to take the pace from');
    return (ms * options.speed) / 1_000;
  };
  const whole = answered.filter(({ callMs }) => callMs < timers.call);
  return [
    {
      flag: '--accept-seconds',
      seconds: mean(answered, ({ acceptMs }) => acceptMs),
      means: `mean of ${answered.length} from offer.made to queue.left`,
    },
    {
      flag: '--join-seconds',
      seconds: mean(whole, ({ profileId, callMs }) => callMs - (service.get(profileId) ?? NaN)),
      means: `mean of ${whole.length} not cut off from av.opened to av.ended, less the trace's service`,
    },
    {
      flag: '--decide-seconds',
      seconds: mean(answered, ({ decideMs }) => decideMs),
      means: `mean of ${answered.length} from av.ended to agent.freed`,
    },
  ];
}
