/**
 * The embedded ClickHouse process: `--data-dir DIR --port N [--password-env NAME]`. Port 0 lets
 * the system choose. Ends with SIGTERM, SIGINT or the parent's death, exit code 0.
 */
import { env as processEnv } from 'node:process';
import { parseArgs } from 'node:util';
import { messageOf, StartError } from '../start-error';
import { Database } from './database';
import { Front } from './front';
import { Lanes } from './lanes';

type Environment = Record<string, string | undefined>;

interface Arguments {
  readonly dataDir: string;
  readonly port: number;
  readonly password: string | undefined;
}

/** What the parent is told over IPC when the server answers. */
export interface ReadyMessage {
  readonly ready: true;
  readonly url: string;
}

function readArguments(argv: readonly string[], env: Environment): Arguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      'data-dir': { type: 'string' },
      port: { type: 'string' },
      'password-env': { type: 'string' },
    },
  });
  const dataDir = values['data-dir'];
  const port = Number(values.port ?? NaN);
  if (dataDir === undefined || dataDir === '') throw new StartError('--data-dir DIR is missing.');
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartError('--port N is missing or no port.');
  }
  const name = values['password-env'];
  const password = name === undefined ? undefined : env[name];
  if (name !== undefined && (password === undefined || password === '')) {
    throw new StartError(`The environment variable ${name} holds no password.`);
  }
  return { dataDir, port, password };
}

async function main(argv: readonly string[], env: Environment): Promise<void> {
  // Before anything uses the pool: the engine holds a thread for each running statement.
  env['UV_THREADPOOL_SIZE'] = String(Lanes.threads);
  const { dataDir, port, password } = readArguments(argv, env);
  const report = (line: string): void => void process.stderr.write(`clickhouse: ${line}\n`);
  endAtOnceOnOurErrors(report);
  const database = await Database.open(dataDir);
  const front = await Front.listen({ database, port, password, report });

  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    front.stop().then(
      (ended) => {
        leave(database, ended);
      },
      (error: unknown) => {
        report(messageOf(error));
        leave(database, false);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);

  process.stdout.write(`ClickHouse ${database.about.version} (embedded) at ${front.url}\n`);
  process.send?.({ ready: true, url: front.url } satisfies ReadyMessage);
}

/**
 * An exit of Node waits for the thread pool, so for the longest running query (seen: for ever, as
 * an orphan at full load). SIGKILL does not, and costs nothing that was acknowledged.
 */
function endAtOnceOnOurErrors(report: (line: string) => void): void {
  process.on('uncaughtException', (error) => {
    report(error.stack ?? error.message);
    process.kill(process.pid, 'SIGKILL');
  });
  // Nobody reads any more, which is the parent's end and comes as 'disconnect' as well.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function leave(database: Database, allEnded: boolean): void {
  // A session that is still busy cannot be closed, and an ordinary exit would wait for it. What
  // was acknowledged is in files either way.
  if (!allEnded) process.kill(process.pid, 'SIGKILL');
  database.close();
  process.exit(0);
}

main(process.argv.slice(2), processEnv).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`);
  process.exit(1);
});
