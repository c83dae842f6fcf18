import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type {
  RetentionCommand,
  RetentionInput,
  RetentionReply,
} from '../../src/domain/retention/machine';
import { bodyHash, commandId } from '../../src/tokens/command-hash';
import {
  RETENTION_UPDATE,
  retentionWorkflowId,
  TASK_QUEUE,
  WORKFLOW_TASK_TIMEOUT,
  WORKFLOWS,
  type RetentionStart,
} from '../../workflows/contracts';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { BODY_HASH_KEY } from '../stores/stores.tokens';
import { executeUpdate } from '../temporal/execute-update';

/** Then it is not known whether it was started; the update finds out, ms. */
const START_MS = 5_000;

/** Sends what bears on retention to the organization's workflow for it, which the first one starts. */
@Injectable()
export class RetentionCommands {
  constructor(
    private readonly client: Client,
    @Inject(BODY_HASH_KEY) private readonly hashKey: Uint8Array,
  ) {}

  /** Without a key a repeat is another command, and the machine knows that nothing changed. */
  async send(
    { ouid, actor }: Caller,
    command: RetentionCommand,
    key: string | undefined,
  ): Promise<{ seq: number }> {
    const hash = bodyHash(this.hashKey, command);
    const argument: RetentionInput = { actor, bodyHash: hash, command };
    await this.client.withDeadline(Date.now() + START_MS, () => this.start(ouid));
    const { seq, bodyHash: first } = await executeUpdate<RetentionReply>(this.client, {
      workflowId: retentionWorkflowId(ouid),
      update: RETENTION_UPDATE,
      updateId: commandId(ouid, actor.type, actor.id, command.name, key ?? randomUUID()),
      argument,
      lasting: true,
    });
    if (first === hash) return { seq };
    throw new Problem(
      'IDEMPOTENCY_CONFLICT',
      'this key was used with another body; the first one took effect',
    );
  }

  private async start(ouid: string): Promise<void> {
    await this.client.workflow.start<(start: RetentionStart) => Promise<void>>(
      WORKFLOWS.retention,
      {
        workflowId: retentionWorkflowId(ouid),
        taskQueue: TASK_QUEUE,
        workflowTaskTimeout: WORKFLOW_TASK_TIMEOUT,
        args: [{ ouid }],
        workflowIdConflictPolicy: 'USE_EXISTING',
        staticSummary: `${ouid}: ends of relationships, legal holds`,
      },
    );
  }
}
