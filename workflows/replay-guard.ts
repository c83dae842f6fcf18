import type { WorkflowInterceptors } from '@temporalio/workflow';
import { STOPPED_QUERY } from './contracts';

/** What an activation says of where it stands in the history. */
interface Place {
  readonly time: string;
  readonly length: number;
}

/**
 * Makes up for a fault of the SDK (seen with 1.24.0 on server 1.29.1). A query that waited while no
 * worker ran brings the next worker the history up to that moment, with events whose workflow task
 * is still to come. The worker applies them at once, under the time of the task before them; when
 * their own task comes, it takes them for done. So timers end before their time and commands are
 * sent in an order that no replay repeats: the run is stuck at the next one (TMPRL1100).
 *
 * Such an activation has more history than the last, but the last one's time. The query that
 * brought it is failed then, upon which the worker forgets the run; who asked asks again. A run that
 * was stopped has no task to come: it may be asked where it stood.
 */
export function interceptors(): WorkflowInterceptors {
  let last: Place | undefined;
  let ahead = '';
  return {
    internals: [
      {
        activate(input, next) {
          const { timestamp, historyLength, jobs } = input.activation;
          const asked = (jobs ?? []).map(({ queryWorkflow }) => queryWorkflow?.queryType);
          if (ahead !== '' && !asked.every((query) => query === STOPPED_QUERY)) {
            throw new Error(`${ahead}: ask again`);
          }
          if (asked.includes(undefined)) {
            const time = `${String(timestamp?.seconds)}.${String(timestamp?.nanos)}`;
            const place = { time, length: historyLength ?? 0 };
            if (last?.time === time && place.length > last.length) {
              ahead = `events ${last.length + 1} to ${place.length} came before their workflow task`;
            }
            last = place;
          }
          next(input);
        },
      },
    ],
  };
}
