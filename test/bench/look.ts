import { setTimeout as pause } from 'node:timers/promises';
import { QueryNotRegisteredError } from '@temporalio/client';
import { isRepeatable } from '../../api/temporal/execute-update';

/** Between two looks at something that others have to do first, ms; the same for all variants. */
const LOOK_MS = 20;
/** A query may time out (10 s) on a machine that has much else to do. */
const TRIES = 5;

/** Asks again and again until the answer holds. */
export async function lookUntil<T>(
  ask: () => Promise<T>,
  holds: (answer: T) => boolean,
): Promise<void> {
  for (let failures = 0; ;) {
    try {
      if (holds(await ask())) return;
      failures = 0;
    } catch (error) {
      failures += 1;
      if (failures === TRIES || !canBeAskedAgain(error)) throw error;
    }
    await pause(LOOK_MS);
  }
}

/** As the API does (src/ask.ts): a query that came before its events' task is asked again. */
function canBeAskedAgain(error: unknown): boolean {
  return error instanceof QueryNotRegisteredError || isRepeatable(error);
}
