import { randomUUID } from 'node:crypto';
import { isGrpcServiceError, type WorkflowHandle } from '@temporalio/client';
import type { DeskView } from '../../src/domain/desk/view';
import type { LogRow } from '../../src/domain/log-row';
import type { ProfileStart, ProfileState } from '../../src/domain/profile/state';
import type { ProfileStatus } from '../../src/domain/words';
import type { deskWorkflow, profileWorkflow } from '../../workflows';
import {
  type CommandEnvelope,
  DESK_QUERY,
  DESK_UPDATE,
  type DeskCommand,
  type DeskResult,
  type DeskStart,
  deskWorkflowId,
  type EnvelopeReply,
  PROFILE_QUERY,
  profileWorkflowId,
  TASK_QUEUE,
  WORKFLOWS,
} from '../../workflows/contracts';
import { captureMoves, callMoves, type Move, online, OUID, profileStart } from './journeys';
import { until, type WorkflowWorld } from './workflow-env';

/** gRPC's status code for it. */
const FAILED_PRECONDITION = 9;

/** A desk under test. */
export class DeskUnderTest {
  /** How many updates had to be sent again. */
  repeats = 0;

  constructor(
    readonly world: WorkflowWorld,
    readonly ouid: string = OUID,
  ) {}

  get handle(): WorkflowHandle<typeof deskWorkflow> {
    return this.world.client.workflow.getHandle(deskWorkflowId(this.ouid));
  }

  async start(more: Partial<DeskStart> = {}): Promise<this> {
    await this.world.client.workflow.start<typeof deskWorkflow>(WORKFLOWS.desk, {
      taskQueue: TASK_QUEUE,
      workflowId: deskWorkflowId(this.ouid),
      args: [{ ouid: this.ouid, ...more }],
    });
    return this;
  }

  /**
   * As the API has to do it: a desk that continues as new while something else arrives loses that
   * workflow task and the updates in it; their caller hears FAILED_PRECONDITION and repeats.
   */
  async send(...commands: DeskCommand[]): Promise<DeskResult[]> {
    const updateId = randomUUID();
    for (;;) {
      try {
        return await this.handle.executeUpdate<DeskResult[], [readonly DeskCommand[]]>(
          DESK_UPDATE,
          { args: [commands], updateId },
        );
      } catch (error) {
        const { cause } = error as { cause?: unknown };
        const code: number | undefined = isGrpcServiceError(cause) ? cause.code : undefined;
        if (code !== FAILED_PRECONDITION) throw error;
        this.repeats += 1;
      }
    }
  }

  async historyLength(): Promise<number> {
    return (await this.handle.describe()).historyLength;
  }

  view(): Promise<DeskView> {
    return this.handle.query<DeskView>(DESK_QUERY);
  }

  /** The agent takes whatever he is offered next. */
  async accept(agentId: string): Promise<string> {
    const view = await until(
      () => this.view(),
      (v) => v.agents[agentId]?.offer !== undefined,
      `an offer for ${agentId}`,
    );
    const offerId = view.agents[agentId]?.offer?.offerId ?? '';
    await this.send({ name: 'accept', agentId, offerId });
    return offerId;
  }

  agentIs(agentId: string, state: string): Promise<DeskView> {
    return until(
      () => this.view(),
      (v) => v.agents[agentId]?.state === state,
      `${agentId} ${state}`,
    );
  }
}

/** One profile under test, with its desk. */
export class Case {
  readonly start: ProfileStart;
  readonly desk: DeskUnderTest;

  constructor(
    readonly world: WorkflowWorld,
    n: number,
    overrides: Partial<ProfileStart> = {},
  ) {
    // A desk for each case: cases of one file share a server.
    this.start = profileStart(n, { ouid: `bank${n}`, ...overrides });
    this.desk = new DeskUnderTest(world, this.start.ouid);
  }

  get id(): string {
    return this.start.profileId;
  }

  get handle(): WorkflowHandle<typeof profileWorkflow> {
    return this.world.client.workflow.getHandle(profileWorkflowId(this.id));
  }

  get rows(): LogRow[] {
    return this.world.activities.stream(this.id);
  }

  get types(): string[] {
    return this.rows.map((row) => row.eventType);
  }

  async begin(desk: Partial<DeskStart> = {}): Promise<this> {
    await this.desk.start(desk);
    return this.beginWithoutDesk();
  }

  async beginWithoutDesk(): Promise<this> {
    await this.world.client.workflow.start<typeof profileWorkflow>(WORKFLOWS.profile, {
      taskQueue: TASK_QUEUE,
      workflowId: profileWorkflowId(this.id),
      args: [this.start],
    });
    return this;
  }

  command({ name, actor, input }: Move, updateId?: string): Promise<EnvelopeReply> {
    const envelope: CommandEnvelope = { ouid: this.start.ouid, actor, bodyHash: 'hash', input };
    return this.handle.executeUpdate<EnvelopeReply, [CommandEnvelope]>(name, {
      args: [envelope],
      ...(updateId !== undefined && { updateId }),
    });
  }

  async commands(moves: readonly Move[]): Promise<void> {
    for (const m of moves) await this.command(m);
  }

  state(): Promise<ProfileState> {
    return this.handle.query<ProfileState>(PROFILE_QUERY);
  }

  until(what: string, holds: (state: ProfileState) => boolean): Promise<ProfileState> {
    return until(() => this.state(), holds, `${this.id} ${what}`);
  }

  is(status: ProfileStatus): Promise<ProfileState> {
    return this.until(status, (s) => s.status === status);
  }

  /** Captured, submitted, in line. */
  async toLine(): Promise<this> {
    await this.commands(captureMoves(this.id));
    return this;
  }

  /** With an agent whose room is open. */
  async toCall(agentId = 'a1'): Promise<this> {
    await this.desk.send(online(agentId));
    await this.desk.accept(agentId);
    await this.until('room', (s) => s.avSessions.at(-1)?.room === 'OPEN');
    return this;
  }

  async talk(agentId = 'a1', attempt = 1): Promise<this> {
    await this.commands(callMoves(this.id, agentId, attempt));
    return this;
  }

  /**
   * Waits for the end by looking first: to wait for a result unlocks the server's time, and one that
   * finds nothing to wait for while a task is still under way jumps to the run's end of time.
   */
  async result(): Promise<{ status: ProfileStatus; reason: string }> {
    await until(
      () => this.handle.describe(),
      ({ status }) => status.name !== 'RUNNING',
      `the end of ${this.id}`,
    );
    return this.handle.result();
  }
}
