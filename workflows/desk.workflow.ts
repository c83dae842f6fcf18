import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  setCurrentDetails,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { DeskMessage, OutboxEntry } from '../src/domain/messages';
import { nextDeskDeadline, stepDesk, type DeskInput } from '../src/domain/desk/machine';
import {
  emptyDesk,
  type DeskMessages,
  type DeskState,
  type ToProfile,
} from '../src/domain/desk/state';
import { carried as carriedDesk, restored } from '../src/domain/desk/carried';
import { restoredFirst } from '../src/domain/desk/carried-first';
import { describeDesk } from '../src/domain/desk/details';
import { deskView, type DeskView } from '../src/domain/desk/view';
import {
  DESK_QUERY,
  DESK_UPDATE,
  profileWorkflowId,
  type DeskCommand,
  type DeskResult,
  type DeskStart,
} from './contracts';
import { deliverSignal } from './delivery';
import { MachineShell, refusalOf, type ShellDeadline } from './machine-shell';
import { parkRows } from './parked-rows';

/** A steady stream of signals can starve continue-as-new, so it begins long before the 4,096 advised. */
const CONTINUE_AFTER = 1_500;

type DeskShell = MachineShell<DeskMessages, DeskState, DeskInput, { seq: number }>;

/** Who waits, who is free, who is offered whom; for one organization, for ever. */
export async function deskWorkflow(start: DeskStart): Promise<void> {
  const { carried, continueAfter = CONTINUE_AFTER } = start;
  const shell: DeskShell = new MachineShell(
    stateOf(start),
    stepDesk,
    [...(carried?.pending ?? [])],
    () => {
      setCurrentDetails(describeDesk(shell.state));
    },
  );
  registerHandlers(shell);
  // A desk serves everybody: "cancel" in the UI must not end it (terminate does).
  const parked = await CancellationScope.nonCancellable(async () => {
    const full = (): boolean => workflowInfo().historyLength >= continueAfter;
    // Rows under way are carried over and recorded again, which changes nothing, while waiting for a
    // ClickHouse that is down would let the history grow without end.
    await shell.perform({ send: { profiles: sendToProfile }, next: nextDeadline, done: full });
    await condition(allHandlersFinished);
    return parkRows(start.ouid, shell.pending);
  });
  // With what came meanwhile.
  await condition(allHandlersFinished);
  const pending = shell.pending.filter(({ seq }) => seq > parked);
  await continueAsNew<typeof deskWorkflow>({
    ...start,
    carried: { state: carriedDesk(shell.state), pending },
  });
}

function stateOf({ ouid, carried }: DeskStart): DeskState {
  if (!carried) return emptyDesk(ouid);
  return carried.state.form === 2 ? restored(carried.state) : restoredFirst(carried.state);
}

function registerHandlers(shell: DeskShell): void {
  setHandler(defineUpdate<DeskResult[], [readonly DeskCommand[]]>(DESK_UPDATE), (commands) =>
    commands.map((command) => perform(shell, command)),
  );
  for (const kind of ['enqueue', 'withdraw', 'confirm', 'refuse', 'release', 'forget'] as const) {
    setHandler(defineSignal<[DeskMessage]>(kind), (message) => {
      shell.apply({ name: 'profileMessage', message });
    });
  }
  setHandler(defineQuery<DeskView>(DESK_QUERY), () => deskView(shell.state, Date.now()));
}

/** One of an array's commands: refused alone, not with its neighbours. */
function perform(shell: DeskShell, command: DeskCommand): DeskResult {
  try {
    shell.apply({ name: 'command', command });
    return { ok: true };
  } catch (error) {
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return { ok: false, ...refusal };
  }
}

async function sendToProfile({ id, message }: OutboxEntry<ToProfile>): Promise<DeskInput> {
  const { profileId, reply } = message;
  const delivered = await deliverSignal(profileWorkflowId(profileId), reply.kind, reply);
  return { name: 'profilesSettled', id, delivered };
}

function nextDeadline(state: DeskState): ShellDeadline<DeskInput> | undefined {
  const at = nextDeskDeadline(state);
  return at === undefined
    ? undefined
    : { at, summary: 'offers and waits', input: { name: 'timer' } };
}
