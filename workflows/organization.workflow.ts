import {
  allHandlersFinished,
  CancellationScope,
  continueAsNew,
  defineQuery,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  applySettings,
  emptyOrganization,
  type ApplySettings,
  type OrganizationState,
} from '../src/domain/organization/machine';
import { ORGANIZATION_QUERY, ORGANIZATION_UPDATE, type OrganizationStart } from './contracts';
import { MachineShell } from './machine-shell';

const CONTINUE_AFTER = 1_500;

/** The writer of one organization's settings; everybody else reads what it says. */
export async function organizationWorkflow(start: OrganizationStart): Promise<void> {
  const { ouid, carried, continueAfter = CONTINUE_AFTER } = start;
  const shell = new MachineShell(
    carried?.state ?? emptyOrganization(ouid),
    (state: OrganizationState, input: ApplySettings, context) =>
      applySettings(state, input, context),
    [...(carried?.pending ?? [])],
    () => {
      setCurrentDetails(`Settings at version ${shell.state.version}.`);
    },
  );
  setHandler(
    defineUpdate<{ version: number }, [ApplySettings]>(ORGANIZATION_UPDATE),
    (input) => shell.apply(input),
    {
      validator: (input: ApplySettings) => {
        shell.validate(input);
      },
    },
  );
  setHandler(defineQuery<OrganizationState>(ORGANIZATION_QUERY), () => shell.state);
  await CancellationScope.nonCancellable(async () => {
    // As in the desk: rows under way are carried over.
    await shell.perform({
      send: {},
      next: () => undefined,
      done: () => workflowInfo().historyLength >= continueAfter && allHandlersFinished(),
    });
  });
  await continueAsNew<typeof organizationWorkflow>({
    ...start,
    carried: { state: shell.state, pending: shell.pending },
  });
}
