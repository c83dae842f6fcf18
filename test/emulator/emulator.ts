import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlRoutes, isControl } from './control';
import { Faults } from './faults';
import { type Answer, drip, parsed, send, textOf } from './http';
import { LiveWorkspace } from './live-workspace';
import { isBody, Refusal, textIn } from './refusal';
import { Replays } from './replay';
import { routeOf, routesOf } from './routes';
import { newId } from './state';
import type { TemplateHabits } from './templates';
import { verifyToken } from './tokens';
import type { Target } from './webhook-post';
import { Webhooks } from './webhooks';

export interface Call {
  /** `POST /rooms/:id` */
  readonly call: string;
  readonly id: string;
  readonly body: unknown;
}

/** A running emulator of the 100ms REST API and its webhooks: strict, and as bad as a test wants it. */
export interface Emulator {
  /** Base address, as HUNDREDMS_API_URL takes it. */
  readonly url: string;
  readonly workspace: LiveWorkspace;
  readonly webhooks: Webhooks;
  readonly faults: Faults;
  readonly habits: TemplateHabits;
  /** All that arrived, in order. */
  readonly calls: Call[];
  close(): Promise<void>;
}

export interface EmulatorOptions {
  /** A free one where none is given. */
  readonly port?: number;
  /** Decides the faults by lot, of calls and of webhooks. */
  readonly seed?: string | number;
  /** Gets one line for each call and each attempt of a webhook, without anything of its body. */
  readonly log?: (line: string) => void;
}

/** On this machine only. */
export async function startEmulator({
  port = 0,
  seed = 1,
  log = () => undefined,
}: EmulatorOptions = {}): Promise<Emulator> {
  const workspace = new LiveWorkspace({ accessKey: newId(), appSecret: `secret-${newId()}` });
  const habits: TemplateHabits = { keepsVideoAlwaysEnabled: true, keepsAs: new Map() };
  const faults = new Faults();
  const webhooks = new Webhooks(workspace.timers, log);
  faults.random.seed = seed;
  webhooks.faults.seed = seed;
  workspace.onEvent((event) => {
    const { webhook } = workspace.room(textIn(event.data['room_id'])).config;
    webhooks.take(event, targetOf(webhook));
  });
  const calls: Call[] = [];
  const replays = new Replays(webhooks, workspace.customerId);
  const routes = {
    ...routesOf({ workspace, habits, webhooks, replays }),
    ...controlRoutes(workspace),
  };
  const requireToken = ({ headers }: IncomingMessage): void => {
    const [scheme, token = ''] = (headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer') throw new Refusal(401, 'Token validation error', ['not found']);
    verifyToken(token, 'management', workspace.keys);
  };

  const execute = (request: IncomingMessage, call: Call, query: URLSearchParams): Answer => {
    try {
      if (!isControl(call.call)) requireToken(request);
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
    const path = pathname.replace(/^\/v2/, '');
    const call = { ...routeOf(routes, request.method ?? '', path), body };
    calls.push(call);
    response.on('close', () => {
      log(`${call.call}: ${response.writableEnded ? response.statusCode : 'no answer'}`);
    });
    const fault = isControl(call.call) ? undefined : faults.take(call.call);
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
      case 'late': {
        const answer = run();
        workspace.timers.after(fault.ms, () => {
          send(response, answer);
        });
        return;
      }
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
    serve(request, response).catch((error: unknown) => {
      // A mistake of the emulator's own, which nobody shall take for the service's.
      log(`emulator: ${String(error)}`);
      if (response.headersSent) request.socket.destroy();
      else
        send(response, { status: 500, body: { code: 500, message: `emulator: ${String(error)}` } });
    });
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v2`,
    workspace,
    webhooks,
    faults,
    habits,
    calls,
    close: async () => {
      workspace.timers.close();
      server.closeAllConnections();
      server.close();
      await Promise.all([once(server, 'close'), webhooks.close()]);
    },
  };
}

function targetOf(webhook: unknown): Target | undefined {
  if (!isBody(webhook) || typeof webhook['url'] !== 'string') return undefined;
  const headers = isBody(webhook['headers']) ? webhook['headers'] : {};
  const texts = Object.entries(headers).map(([name, value]) => [name, String(value)] as const);
  return { url: webhook['url'], headers: Object.fromEntries(texts) };
}
