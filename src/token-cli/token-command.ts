import { DEFAULT_NAMESPACE } from '../local/temporal/dev-server';
import { findTemporal } from '../local/temporal/locate';
import type { ToolContext } from '../local/temporal/tools';
import { issueToken, nameOf } from './issue-token';
import { parseTokenOptions } from './options';
import { FIELDS, shellLine, signalCommand } from './signal-command';

export interface TokenSurroundings extends Pick<ToolContext, 'env' | 'platform' | 'home'> {
  /** One line to standard output: the result alone, so that `$(npm run -s token -- …)` is a token. */
  readonly out: (line: string) => void;
  /** One line to standard error: everything that is said about it. */
  readonly tell: (line: string) => void;
}

/** Where `npm start` has it; the Temporal CLI's own default. */
const DEFAULT_TEMPORAL = '127.0.0.1:7233';

/**
 * `npm run token`: a decision token of the running product, and the line that uses it.
 * @throws StartError in one sentence when there is none to be had.
 */
export async function tokenCommand(
  args: readonly string[],
  surroundings: TokenSurroundings,
): Promise<void> {
  const { env, out, tell } = surroundings;
  const options = parseTokenOptions(args);
  const { profileId, decider, signal } = options;
  const issued = await issueToken(options);
  const command = signalCommand(
    {
      executable: (await findTemporal(surroundings)) ?? 'temporal',
      address: options.temporal || env['TEMPORAL_ADDRESS'] || DEFAULT_TEMPORAL,
      namespace: env['TEMPORAL_NAMESPACE'] || DEFAULT_NAMESPACE,
      profileId,
      signal,
    },
    issued,
  );
  out(options.json ? JSON.stringify({ ...issued, command }) : issued.token);
  for (const line of [
    `A token for one ${signal} by ${nameOf(decider)} on profile ${profileId}, good until ${issued.expiresAt}. To use it:`,
    '',
    shellLine(command),
    '',
    FIELDS[signal],
    `That the signal "succeeded" says only that it arrived: a refused one changes nothing and is the event signal.refused of the profile's timeline.`,
  ]) {
    tell(line);
  }
}
