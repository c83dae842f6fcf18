import { once } from 'node:events';
import {
  Agent,
  createServer,
  request,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** A command that the API acknowledged, seen on its way back. */
export interface Passing {
  /** Method and path. */
  readonly route: string;
  readonly key: string;
}

/** An answer that an actor never got, and what his repeat with the same key was told. */
export interface Withheld extends Passing {
  readonly first: string;
  repeat: { readonly status: number; readonly body: string } | undefined;
}

interface Wanted {
  readonly isMeant: (passing: Passing) => boolean;
  readonly withhold: boolean;
  readonly act: (passing: Passing) => void;
}

/**
 * Stands between the actors and the API and hands everything on, but for the answers it is told to
 * keep: the actor's connection is cut instead, as if the API had died between the command's
 * acknowledgement and its answer.
 */
export class Tap {
  /** Commands answered with success so far. */
  acknowledged = 0;
  readonly withheld: Withheld[] = [];
  private wanted: Wanted | undefined;
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server: Server;

  private constructor(private readonly apiUrl: string) {
    this.server = createServer((incoming, answer) => {
      this.handOn(incoming, answer);
    });
  }

  static async open(apiUrl: string): Promise<Tap> {
    const tap = new Tap(apiUrl);
    tap.server.listen(0, '127.0.0.1');
    await once(tap.server, 'listening');
    return tap;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** `act` runs once, at the next acknowledged command that is meant, before its answer goes on or is kept. */
  atNext(wanted: Wanted): void {
    this.wanted = wanted;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.agent.destroy();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private handOn(incoming: IncomingMessage, answer: ServerResponse): void {
    const { method = '', url = '', headers } = incoming;
    const cut = (): void => {
      answer.destroy();
    };
    const onward = request(this.apiUrl + url, { method, headers, agent: this.agent });
    onward.once('response', (response) => {
      response.once('error', cut);
      const key = headers['idempotency-key'];
      if (method !== 'POST' || typeof key !== 'string') {
        answer.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(answer);
      } else void this.answer({ route: `${method} ${url}`, key }, response, answer).catch(cut);
    });
    onward.once('error', cut); // nobody there, or dead halfway: so the actor sees it
    answer.once('close', () => {
      onward.destroy();
    });
    incoming.pipe(onward);
  }

  private async answer(
    passing: Passing,
    response: IncomingMessage,
    answer: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const status = response.statusCode ?? 502;
    // 204: there was nothing to do.
    if (status < 300 && status !== 204) {
      this.acknowledged += 1;
      if (this.isKept(passing, body.toString())) {
        answer.destroy();
        return;
      }
    }
    const kept = this.withheld.find(({ key }) => key === passing.key);
    // 502 to 504: not known yet, he repeats again.
    if (kept && (status < 502 || status > 504)) kept.repeat = { status, body: body.toString() };
    answer.writeHead(status, response.headers).end(body);
  }

  private isKept(passing: Passing, first: string): boolean {
    const { wanted } = this;
    if (!wanted?.isMeant(passing)) return false;
    this.wanted = undefined;
    if (wanted.withhold) this.withheld.push({ ...passing, first, repeat: undefined });
    wanted.act(passing);
    return wanted.withhold;
  }
}
