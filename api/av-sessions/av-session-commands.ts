import { Injectable } from '@nestjs/common';
import type { ProfileCommandName, ProfileCommands } from '../../src/domain/profile/commands';
import type { AvSession, ProfileState } from '../../src/domain/profile/state';
import type { Caller } from '../common/caller';
import { commandAnswer, type CommandAnswer } from '../common/command-answer';
import { Problem } from '../common/problem';
import { CommandSender, type Sameness } from '../temporal/command-sender';

const AV_SESSION_ID = /^([0-9a-f-]{36})\.\d{1,6}$/;

/** Commands of an agent, addressed by the AV session he is in. */
@Injectable()
export class AvSessionCommands {
  constructor(private readonly commands: CommandSender) {}

  async send<K extends ProfileCommandName>(
    caller: Caller,
    avSessionId: string,
    name: K,
    input: ProfileCommands[K],
    sameness: Sameness,
  ): Promise<CommandAnswer> {
    return commandAnswer(
      await this.commands.send(
        caller,
        profileOf(avSessionId),
        name,
        { ...input, avSessionId },
        // The same key for another call of this profile is another command.
        { ...sameness, body: { avSessionId, body: sameness.body } },
      ),
    );
  }
}

export function profileOf(avSessionId: string): string {
  const [, profileId] = AV_SESSION_ID.exec(avSessionId) ?? [];
  if (profileId === undefined) throw unknownSession();
  return profileId;
}

/** The call, if this agent makes or made it. */
export function callOfAgent(
  { avSessions }: ProfileState,
  avSessionId: string,
  agentId: string,
): AvSession {
  const av = avSessions.find((session) => session.avSessionId === avSessionId);
  if (!av) throw unknownSession();
  if (av.agentId !== agentId) throw new Problem('NOT_ASSIGNED', 'the call is another agent’s');
  return av;
}

export function unknownSession(): Problem {
  return new Problem('NOT_FOUND', 'there is no such AV session');
}
