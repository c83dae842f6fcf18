import {
  allHandlersFinished,
  condition,
  defineQuery,
  defineSignal,
  defineUpdate,
  getExternalWorkflowHandle,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';
import { stepDesk, type DeskInput } from '../../../src/domain/desk/machine';
import { emptyDesk } from '../../../src/domain/desk/state';
import { deskView, type DeskView } from '../../../src/domain/desk/view';
import type { StepContext } from '../../../src/domain/journal';
import type { LogRow } from '../../../src/domain/log-row';
import type { DeskMessage, DeskReply } from '../../../src/domain/messages';
import { PROFILE_COMMANDS, type ProfileInput } from '../../../src/domain/profile/commands';
import { startProfile, stepProfile } from '../../../src/domain/profile/machine';
import type { ProfileStart, ProfileState } from '../../../src/domain/profile/state';
import * as contracts from '../../../workflows/contracts';
import type { BenchActivities } from '../activities';

// Written as the SDK's samples are: what a handler causes it does itself and awaits, an activity
// for each row. The machines are the product's, so the journey and its rows are the same ones.
const { insertRow, openRoom, closeRoom } = proxyActivities<BenchActivities>({
  startToCloseTimeout: '30 seconds',
});

const now = (): StepContext => ({ at: Date.now(), entropy: Math.random() });

async function insertAll(rows: readonly LogRow[]): Promise<void> {
  for (const row of rows) await insertRow(row);
}

export async function naiveProfile(start: ProfileStart): Promise<{ status: string }> {
  const first = startProfile(start, now());
  let state: ProfileState = first.state;
  const apply = async (input: ProfileInput) => {
    const step = stepProfile(state, input, now());
    if (!step.ok) throw new Error(step.code);
    const { outbox } = state;
    state = step.state;
    await insertAll(step.events);
    for (const { id, message } of added(outbox.desk, step.state.outbox.desk)) {
      const desk = getExternalWorkflowHandle(contracts.deskWorkflowId(start.ouid));
      await desk.signal(message.kind, message);
      await apply({ name: 'deskSettled', id });
    }
    for (const { id, message } of added(outbox.video, step.state.outbox.video)) {
      const room = message.kind === 'openRoom' ? openRoom : closeRoom;
      const opened = await room(start.ouid, message.avSessionId);
      await apply({ name: 'videoSettled', id, ...opened });
    }
    return step.result;
  };
  for (const name of PROFILE_COMMANDS) {
    setHandler(
      defineUpdate<contracts.EnvelopeReply, [contracts.CommandEnvelope]>(name),
      async ({ actor, input, bodyHash }) => {
        const reply = await apply({ name, actor, input } as ProfileInput);
        return { ...reply, bodyHash };
      },
    );
  }
  setHandler(defineSignal<[DeskReply]>('assign'), async (reply) => {
    await apply({ name: 'deskReply', reply });
  });
  setHandler(defineQuery<ProfileState>(contracts.PROFILE_QUERY), () => state);
  await insertAll(first.journal.events);
  await condition(() => state.closed && allHandlersFinished());
  return { status: state.status };
}

export async function naiveDesk({ ouid }: contracts.DeskStart): Promise<void> {
  let state = emptyDesk(ouid);
  const apply = async (input: DeskInput): Promise<void> => {
    const step = stepDesk(state, input, now());
    if (!step.ok) throw new Error(step.code);
    const { profiles } = state.outbox;
    state = step.state;
    await insertAll(step.events);
    for (const { id, message } of added(profiles, step.state.outbox.profiles)) {
      const { profileId, reply } = message;
      const profile = getExternalWorkflowHandle(contracts.profileWorkflowId(profileId));
      await profile.signal(reply.kind, reply);
      await apply({ name: 'profilesSettled', id, delivered: true });
    }
  };
  setHandler(
    defineUpdate<contracts.DeskResult[], [contracts.DeskCommand[]]>(contracts.DESK_UPDATE),
    async (commands) => {
      await Promise.all(commands.map((command) => apply({ name: 'command', command })));
      return commands.map(() => ({ ok: true }));
    },
  );
  for (const kind of ['enqueue', 'confirm', 'release'] as const) {
    setHandler(defineSignal<[DeskMessage]>(kind), (message) =>
      apply({ name: 'profileMessage', message }),
    );
  }
  setHandler(defineQuery<DeskView>(contracts.DESK_QUERY), () => deskView(state, Date.now()));
  await condition(() => false);
}

/** What this step has put into an outbox. */
function added<E extends { readonly id: number }>(before: readonly E[], after: readonly E[]): E[] {
  return after.filter(({ id }) => !before.some((entry) => entry.id === id));
}
