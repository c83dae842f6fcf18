import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HmsEvent } from './hms-event';
import { textOf } from './http';

export interface Received {
  readonly event: HmsEvent & { readonly is_replay?: true };
  readonly headers: IncomingHttpHeaders;
  /** Epoch ms. */
  readonly at: number;
}

/** A receiver of webhooks: answers what it is told to, 200 when it is told nothing more. */
export interface Receiver {
  readonly url: string;
  readonly received: Received[];
  /** The next answers; 0 is none at all. */
  readonly answers: number[];
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      received.push({
        event: JSON.parse(text) as Received['event'],
        headers: request.headers,
        at: Date.now(),
      });
      const status = answers.shift() ?? 200;
      if (status !== 0) response.writeHead(status, { location: '/elsewhere' }).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received,
    answers,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
