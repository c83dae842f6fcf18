import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeOf, messageOf, StartError } from '../start-error';
import { type EngineConnection, loadEngine, type NativeEngine } from './engine';
import { type Answer, execute } from './execute';
import { Lanes } from './lanes';
import { type About } from './response';
import { ResultFolder } from './results';
import { type Statement } from './statement';

/** A real server does not take `1 + 1` for a query; the engine alone would. */
const ENGINE_ARGUMENTS = ['--implicit_select=0'];

/**
 * One open data directory. Every statement gets a session of its own, made for it (0.15 ms here)
 * and thrown away after it: settings, parameters, `USE` and temporary tables end with it, and no
 * statement waits for another's session.
 */
export class Database {
  private readonly lanes = new Lanes();

  private constructor(
    private readonly native: NativeEngine,
    private readonly dataDir: string,
    /** Keeps the engine running between statements. */
    private readonly keeper: EngineConnection,
    private readonly results: ResultFolder,
    readonly about: About,
  ) {}

  /** @throws StartError when another process has the directory, or it cannot be written. */
  static async open(path: string): Promise<Database> {
    const dataDir = resolve(path);
    const native = loadEngine();
    const keeper = connect(native, dataDir);
    // Only now: as long as we are not the directory's owner, its files are another's.
    const results = new ResultFolder(join(dataDir, 'results'));
    const { bytes } = await native.QueryAsyncConnection(
      keeper,
      'SELECT version(), timezone()',
      'TabSeparated',
    );
    const [version = '', timezone = ''] = Buffer.from(bytes).toString().trim().split('\t');
    return new Database(native, dataDir, keeper, results, { version, timezone });
  }

  async run(statement: Statement): Promise<Answer> {
    const { native, lanes, results } = this;
    const session = native.CreateConnection(this.dataDir, ENGINE_ARGUMENTS);
    try {
      return await execute({ native, lanes, results }, session, statement);
    } finally {
      native.CloseConnection(session);
    }
  }

  /** Asks the engine to end what is running; each such statement fails with 394. */
  async interrupt(): Promise<void> {
    await this.native.QueryAsyncConnection(this.keeper, 'KILL QUERY WHERE 1 ASYNC', 'Null');
  }

  /** Only when nothing runs any more: the engine aborts when a busy session is closed. */
  close(): void {
    this.native.CloseConnection(this.keeper);
  }
}

function connect(native: NativeEngine, dataDir: string): EngineConnection {
  try {
    mkdirSync(dataDir, { recursive: true });
    return native.CreateConnection(dataDir, ENGINE_ARGUMENTS);
  } catch (error) {
    throw new StartError(
      `The data directory ${dataDir} cannot be opened: ${why(dataDir, error)}.`,
      {
        cause: error,
      },
    );
  }
}

/** The engine only says that it failed (its error 76); the owner is in its lock file. */
function why(dataDir: string, error: unknown): string {
  const owner = ownerOf(dataDir);
  if (owner !== undefined) return `process ${owner} is using it`;
  return codeOf(error) ?? messageOf(error).trim().replace(/\.$/, '');
}

function ownerOf(dataDir: string): number | undefined {
  try {
    const pid = Number(/^PID: (\d+)/m.exec(readFileSync(join(dataDir, 'status'), 'utf8'))?.[1]);
    process.kill(pid, 0); // throws when there is no such process
    return pid === process.pid ? undefined : pid;
  } catch {
    return undefined; // no lock file, or its owner is gone: then something else is wrong
  }
}
