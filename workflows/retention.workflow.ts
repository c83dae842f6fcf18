import { continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import {
  emptyRetention,
  stepRetention,
  type RetentionInput,
  type RetentionState,
} from '../src/domain/retention/machine';
import { RETENTION_QUERY, RETENTION_UPDATE, type RetentionStart } from './contracts';
import { serve } from './entity';
import { MachineShell } from './machine-shell';

const NAMES = { update: RETENTION_UPDATE, query: RETENTION_QUERY };

/** The writer of what bears on an organization's retention after its profiles have ended. */
export async function retentionWorkflow(start: RetentionStart): Promise<void> {
  const shell = new MachineShell(
    start.carried?.state ?? emptyRetention(start.ouid),
    (state: RetentionState, input: RetentionInput, context) => stepRetention(state, input, context),
    [...(start.carried?.pending ?? [])],
    () => {
      setCurrentDetails(`${shell.state.holds.length} legal holds are set.`);
    },
  );
  const carried = await serve(shell, NAMES, start.continueAfter);
  await continueAsNew<typeof retentionWorkflow>({ ...start, carried });
}
