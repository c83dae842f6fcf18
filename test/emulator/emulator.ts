import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Faults } from './faults';
import { Refusal } from './refusal';
import { routeOf, routesOf } from './routes';
import type { TemplateHabits } from './templates';
import { verifyToken } from './tokens';
import { newId, Workspace } from './workspace';

export interface Call {
  /** `POST /rooms/:id` */
  readonly call: string;
  readonly id: string;
  readonly body: unknown;
}

/** A running emulator of the 100ms REST API: strict, and as bad as a test wants it. */
export interface Emulator {
  /** Base address, as HUNDREDMS_API_URL takes it. */
  readonly url: string;
  readonly workspace: Workspace;
  readonly faults: Faults;
  readonly habits: TemplateHabits;
  /** All that arrived, in order. */
  readonly calls: Call[];
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Record<string, string>;
}

/** On a free port of this machine. */
export async function startEmulator(): Promise<Emulator> {
  const workspace = new Workspace({ accessKey: newId(), appSecret: `secret-${newId()}` });
  const habits: TemplateHabits = { keepsVideoAlwaysEnabled: true, keepsAs: new Map() };
  const faults = new Faults();
  const calls: Call[] = [];
  const routes = routesOf(workspace, habits);

  const execute = (request: IncomingMessage, call: Call, query: URLSearchParams): Answer => {
    try {
      const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
      if (scheme !== 'Bearer') throw new Refusal(401, 'Token validation error', ['not found']);
      verifyToken(token, 'management', workspace.keys);
      const handler = routes[call.call];
      if (!handler) throw new Refusal(404, 'not found');
      return { status: 200, body: handler({ query, body: call.body, id: call.id }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { status: error.status, body: error.body };
    }
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://emulator');
    const body = parsed(await textOf(request));
    const call = { ...routeOf(request.method ?? '', pathname.replace(/^\/v2/, '')), body };
    calls.push(call);
    const fault = faults.take(call.call);
    const run = (): Answer => execute(request, call, searchParams);
    switch (fault?.kind) {
      case undefined:
        send(response, run());
        return;
      case 'answer':
        send(response, fault);
        return;
      case 'answer-after':
        run();
        send(response, fault);
        return;
      case 'twice':
        run();
        send(response, run());
        return;
      case 'drop-after':
      case 'hang-after':
        run();
        if (fault.kind === 'drop-after') request.socket.destroy();
        return;
      case 'drop':
        request.socket.destroy();
        return;
      case 'hang':
        return;
      case 'drip':
        drip(response);
        return;
    }
  };

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    workspace,
    faults,
    habits,
    calls,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/html' : 'application/json';
  response.writeHead(status, { 'content-type': type, ...headers }).end(text);
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 10);
  response.on('close', () => {
    clearInterval(timer);
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
