import { once } from 'node:events';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LOOPBACK } from '../ports';
import { codeOf, messageOf, StartError } from '../start-error';
import { type Database } from './database';
import { createHandler, createHttpServer } from './http-front';

/** Together under the 4 s that the launcher gives one child before it kills it. */
const FINISH_MS = 2_000;
const INTERRUPTED_MS = 1_500;

export interface FrontOptions {
  readonly database: Database;
  /** 0 lets the system choose. */
  readonly port: number;
  /** Asked of everyone when it is there. */
  readonly password?: string | undefined;
  /** Told of failures that are neither the caller's nor the engine's. */
  readonly report: (line: string) => void;
}

/** A listening front and the requests it is answering. */
export class Front {
  private readonly running = new Set<Promise<void>>();
  private readonly server;

  private constructor(private readonly options: FrontOptions) {
    const handle = createHandler(options);
    this.server = createHttpServer((request, response) => {
      this.track(handle(request, response));
    });
  }

  /** @throws StartError when the port is taken. */
  static async listen(options: FrontOptions): Promise<Front> {
    const front = new Front(options);
    try {
      front.server.listen({ port: options.port, host: LOOPBACK });
      await once(front.server, 'listening');
      return front;
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
      throw new StartError(`Port ${options.port} for ClickHouse is taken: choose another.`);
    }
  }

  get url(): string {
    return `http://${LOOPBACK}:${(this.server.address() as AddressInfo).port}`;
  }

  /**
   * Takes no new request, lets the running ones finish and interrupts those that take too long.
   * @returns whether all have ended.
   */
  async stop(): Promise<boolean> {
    this.server.close();
    if (!(await this.endedWithin(FINISH_MS))) this.interrupt();
    const ended = await this.endedWithin(INTERRUPTED_MS);
    this.server.closeAllConnections();
    return ended;
  }

  /** Itself one more thing to be waited for: it needs a thread and may get none. */
  private interrupt(): void {
    const { database, report } = this.options;
    this.track(
      database.interrupt().catch((error: unknown) => {
        report(messageOf(error));
      }),
    );
  }

  private track(work: Promise<void>): void {
    const ended = work.finally(() => this.running.delete(ended));
    this.running.add(ended);
  }

  private async endedWithin(ms: number): Promise<boolean> {
    const controller = new AbortController();
    const late = sleep(ms, undefined, { signal: controller.signal }).catch(() => undefined);
    await Promise.race([this.allAnswered(), late]);
    controller.abort();
    return this.running.size === 0;
  }

  /** Also those that came over an open connection meanwhile. */
  private async allAnswered(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running);
  }
}
