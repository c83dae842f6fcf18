import { resolve } from 'node:path';
import { loadConfig } from '../config';
import { messageOf, StartError } from '../local/start-error';
import { startOwnServers } from './own-servers';
import { readRecord, type RunRecord } from './record/record-file';
import type { CommandSurroundings } from './run-command';
import { verifyRecord, type Verification } from './verify/verify-record';

/** How long the last rows may take: record waits 10 s at most between two tries. */
const SETTLE_MS = 20_000;

/** `npm run verify -- FILE`. @returns the exit code: 0 when everything agrees. */
export async function verifyCommand(
  args: readonly string[],
  surroundings: CommandSurroundings,
): Promise<number> {
  const [file, ...more] = args;
  if (file === undefined || more.length > 0) {
    throw new StartError('npm run verify -- FILE takes one file that npm run demo has recorded.');
  }
  const record = read(resolve(file));
  const found = await (record.run.dataDir === ''
    ? verifyRecord(record, loadConfig(surroundings.env), SETTLE_MS)
    : verifyOwnServers(record, surroundings));
  for (const line of reportLines(found)) surroundings.terminal.line(line);
  return found.differences.length === 0 ? 0 : 1;
}

function read(path: string): RunRecord {
  try {
    return readRecord(path);
  } catch (error) {
    throw new StartError(`The record cannot be read: ${messageOf(error)}`);
  }
}

/** The demo's own servers have stopped with it: they are started again on what they left. */
async function verifyOwnServers(
  record: RunRecord,
  { env, signal, terminal }: CommandSurroundings,
): Promise<Verification> {
  const { dataDir } = record.run;
  const tell = (line: string): void => {
    terminal.line(line);
  };
  const { context, session } = await startOwnServers({ dataDir, env, signal, tell });
  try {
    return await verifyRecord(record, loadConfig(context.env), SETTLE_MS);
  } finally {
    await session.end();
  }
}

function reportLines({ differences, commands, profiles, events }: Verification): string[] {
  const compared = `${commands} acknowledged commands, ${profiles} profiles, ${events} events`;
  if (differences.length === 0) return [`${compared}: no difference.`];
  return [...differences, `${compared}: ${differences.length} differences.`];
}
