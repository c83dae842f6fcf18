import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** The example of docs/video-local.md, as it stands there. */
export function exampleCode(): string {
  const text = readFileSync(join(__dirname, '../../docs/video-local.md'), 'utf8');
  return [...text.matchAll(/^```js\n([^]*?)^```$/gm)].map(([, code = '']) => code).join('\n');
}

/** What a page tells its test. */
export type Report = Readonly<Record<string, unknown>>;

/** The origin of both pages: the example, what each does with it, and behind it our API. */
export interface CallPages {
  readonly url: string;
  readonly reports: Report[];
  close(): Promise<void>;
}

export async function serveCallPages(apiUrl: string, script: string): Promise<CallPages> {
  const reports: Report[] = [];
  const html = `<!doctype html><meta charset="utf-8"><video id="there" autoplay muted></video>
    <script>${exampleCode()}</script><script>${script}</script>`;
  const server = createServer((incoming, response) => {
    if (incoming.url?.startsWith('/v1/') === true) pass(apiUrl, incoming, response);
    else if (incoming.url === '/report') void take(incoming, response, reports);
    else response.setHeader('content-type', 'text/html').end(html);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    reports,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function take(
  incoming: IncomingMessage,
  response: ServerResponse,
  reports: Report[],
): Promise<void> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  reports.push(JSON.parse(text) as Report);
  response.end();
}

/** As it is, both ways; a stream as it comes. */
function pass(apiUrl: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers } = incoming;
  const onward = request(apiUrl + (incoming.url ?? ''), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
