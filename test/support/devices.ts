import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Emulator } from '../emulator/emulator';
import { Refusal } from '../emulator/refusal';

/** What a client's answer to joining has. */
interface Joined {
  readonly avSessionId: string;
  readonly token: string;
}

/**
 * The pages of the people in a call, as far as the video service sees them: stands between the demo's
 * actors and the API, connects to the emulator with each token that was given out, and leaves with each
 * word of leaving. The actors themselves know only the API.
 */
export class Devices {
  /** Connection by credential: one person is in one call. */
  private readonly peers = new Map<string, string>();
  private readonly server: Server;

  private constructor(
    private readonly apiUrl: string,
    private readonly emulator: Emulator,
  ) {
    this.server = createServer((incoming, answer) => {
      this.handOn(incoming, answer).catch(() => answer.destroy());
    });
  }

  static async open(apiUrl: string, emulator: Emulator): Promise<Devices> {
    const devices = new Devices(apiUrl, emulator);
    devices.server.listen(0, '127.0.0.1');
    await once(devices.server, 'listening');
    return devices;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    const closed = once(this.server, 'close');
    this.server.close();
    await closed;
  }

  private async handOn(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = incoming;
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { host: _host, connection: _connection, 'content-length': _length, ...rest } = headers;
    const response = await fetch(this.apiUrl + url, {
      method,
      headers: rest as Record<string, string>,
      ...(method === 'POST' && { body: Buffer.concat(chunks) }),
    });
    const body = Buffer.from(await response.arrayBuffer());
    const who = headers.authorization ?? '';
    if (response.ok && url.endsWith('/join'))
      this.connect(who, JSON.parse(body.toString()) as Joined);
    if (response.ok && /\/(leave|end|connection-lost)$/.test(url)) this.leave(who, url);
    const type = response.headers.get('content-type');
    const wait = response.headers.get('retry-after');
    answer.writeHead(response.status, {
      ...(type !== null && { 'content-type': type }),
      ...(wait !== null && { 'retry-after': wait }),
    });
    answer.end(body);
  }

  private connect(who: string, { token }: Joined): void {
    try {
      this.peers.set(who, this.emulator.workspace.join(token).id);
    } catch (error) {
      // The call was over before his page had loaded.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private leave(who: string, url: string): void {
    const peerId = this.peers.get(who);
    this.peers.delete(who);
    if (peerId === undefined) return;
    try {
      if (url.endsWith('connection-lost')) this.emulator.workspace.dropConnection(peerId);
      else this.emulator.workspace.leave(peerId);
    } catch (error) {
      // The room was ended first.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}
