import {
  allHandlersFinished,
  CancellationScope,
  defineQuery,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { MachineState } from '../src/domain/journal';
import type { LogRow } from '../src/domain/log-row';
import type { MachineShell } from './machine-shell';

/** A machine that sends nothing and waits for nothing: it takes updates, and its events are recorded. */
type Quiet<S extends MachineState<Record<string, never>>, I, R> = MachineShell<
  Record<string, never>,
  S,
  I,
  R
>;

/** Until so many events of history, a run goes on. */
const CONTINUE_AFTER = 1_500;

/**
 * Runs it until its history is long enough.
 *
 * @returns what a next run has to carry: the state, and rows that are not in the log yet.
 */
export async function serve<S extends MachineState<Record<string, never>>, I, R>(
  shell: Quiet<S, I, R>,
  names: { readonly update: string; readonly query: string },
  continueAfter = CONTINUE_AFTER,
): Promise<{ readonly state: S; readonly pending: readonly LogRow[] }> {
  setHandler(defineUpdate<R, [I]>(names.update), (input) => shell.apply(input), {
    validator: (input: I) => {
      shell.validate(input);
    },
  });
  setHandler(defineQuery<S>(names.query), () => shell.state);
  await CancellationScope.nonCancellable(async () => {
    // As in the desk: rows under way are carried over.
    await shell.perform({
      send: {},
      next: () => undefined,
      done: () => workflowInfo().historyLength >= continueAfter && allHandlersFinished(),
    });
  });
  return { state: shell.state, pending: shell.pending };
}
