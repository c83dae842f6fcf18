import { continueAsNew, setCurrentDetails } from '@temporalio/workflow';
import {
  applySettings,
  emptyOrganization,
  type ApplySettings,
  type OrganizationState,
} from '../src/domain/organization/machine';
import { ORGANIZATION_QUERY, ORGANIZATION_UPDATE, type OrganizationStart } from './contracts';
import { serve } from './entity';
import { MachineShell } from './machine-shell';

const NAMES = { update: ORGANIZATION_UPDATE, query: ORGANIZATION_QUERY };

/** The writer of one organization's settings; everybody else reads what it says. */
export async function organizationWorkflow(start: OrganizationStart): Promise<void> {
  const shell = new MachineShell(
    start.carried?.state ?? emptyOrganization(start.ouid),
    (state: OrganizationState, input: ApplySettings, context) =>
      applySettings(state, input, context),
    [...(start.carried?.pending ?? [])],
    () => {
      setCurrentDetails(`Settings at version ${shell.state.version}.`);
    },
  );
  const carried = await serve(shell, NAMES, start.continueAfter);
  await continueAsNew<typeof organizationWorkflow>({ ...start, carried });
}
