import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { Client, WorkflowNotFoundError } from '@temporalio/client';
import type { ProfileCommandName, ProfileCommands } from '../../src/domain/profile/commands';
import { isFinal } from '../../src/domain/words';
import { PROFILE_ID_PATTERN } from '../../src/ports/blob-store';
import { bodyHash, commandId } from '../../src/tokens/command-hash';
import {
  profileWorkflowId,
  type CommandEnvelope,
  type EnvelopeReply,
} from '../../workflows/contracts';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { BODY_HASH_KEY } from '../stores/stores.tokens';
import { executeUpdate } from './execute-update';
import { ProfileReader, unknownProfile } from './profile-reader';

/** What makes two requests the same command. */
export interface Sameness {
  /** The caller's Idempotency-Key, if he sent one. */
  readonly key: string | undefined;
  /** Without a key: the natural id of an act that can be done once, e.g. a decision on one AV session. */
  readonly natural?: string;
  /** What the caller sent; another body under the same key is a conflict. */
  readonly body: unknown;
}

/** Sends commands to profiles: every change of a journey goes through here. */
@Injectable()
export class CommandSender {
  constructor(
    private readonly client: Client,
    private readonly profiles: ProfileReader,
    @Inject(BODY_HASH_KEY) private readonly hashKey: Uint8Array,
  ) {}

  async send<K extends ProfileCommandName>(
    caller: Caller,
    profileId: string,
    name: K,
    input: ProfileCommands[K],
    sameness: Sameness,
  ): Promise<EnvelopeReply> {
    if (!PROFILE_ID_PATTERN.test(profileId)) throw unknownProfile();
    const { ouid, actor } = caller;
    const key = sameness.key ?? sameness.natural ?? randomUUID();
    const hash = bodyHash(this.hashKey, sameness.body);
    const envelope: CommandEnvelope<K> = { ouid, actor, bodyHash: hash, input };
    const reply = await this.update(ouid, {
      profileId,
      update: name,
      updateId: commandId(ouid, actor.type, actor.id, name, key),
      argument: envelope,
    });
    if (reply.bodyHash !== hash) {
      const detail =
        sameness.key === undefined
          ? 'this was done before in another way; the first one took effect'
          : 'this key was used with another body; the first one took effect';
      throw new Problem('IDEMPOTENCY_CONFLICT', detail, { profileId });
    }
    return reply;
  }

  private async update(
    ouid: string,
    call: { profileId: string; update: string; updateId: string; argument: unknown },
  ): Promise<EnvelopeReply> {
    const { profileId, ...rest } = call;
    try {
      return await executeUpdate<EnvelopeReply>(this.client, {
        ...rest,
        workflowId: profileWorkflowId(profileId),
      });
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      // Ended, or never there, or another organization's: the reader tells which, and to whom.
      const { status } = await this.profiles.find(ouid, profileId);
      const stopped = 'the profile was stopped by operations and is being ended';
      throw new Problem('PROFILE_FINAL', isFinal(status) ? `the profile is ${status}` : stopped);
    }
  }
}
