import { activePeers, activeRoom, endRoom } from './active-rooms';
import { assetAnswer, listAssets, presignedUrl } from './assets';
import {
  getRecording,
  listRecordings,
  startRoomRecording,
  stopOneRecording,
  stopRoomRecording,
} from './recordings';
import { type Body, isBody, Refusal } from './refusal';
import type { Replays } from './replay';
import { createRoom, listRooms, roomAnswer, updateRoom } from './rooms';
import { listSessions, sessionAnswer } from './sessions';
import {
  createTemplate,
  listTemplates,
  recordings,
  setRecordings,
  templateAnswer,
  type TemplateHabits,
  updateTemplate,
} from './templates';
import { listWebhooks } from './webhook-log';
import type { Webhooks } from './webhooks';
import type { Workspace } from './workspace';

export interface Request {
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** What stands in the place of `:id`. */
  readonly id: string;
}

export type Routes = Readonly<Record<string, (request: Request) => object>>;

/** What the calls work on. */
export interface Service {
  readonly workspace: Workspace;
  readonly habits: TemplateHabits;
  readonly webhooks: Webhooks;
  readonly replays: Replays;
}

/** The calls that this emulator takes; everything else is 404, as a wrong address would be. */
export function routesOf(service: Service): Routes {
  return { ...roomRoutes(service), ...templateRoutes(service), ...recordingRoutes(service) };
}

function roomRoutes({ workspace, webhooks, replays }: Service): Routes {
  return {
    'GET /rooms': ({ query }) => listRooms(workspace, query),
    'POST /rooms': ({ body }) => createRoom(workspace, objectIn(body)),
    'GET /rooms/:id': ({ id }) => roomAnswer(workspace, workspace.room(id)),
    'POST /rooms/:id': ({ id, body }) => updateRoom(workspace, id, objectIn(body)),
    'GET /active-rooms/:id': ({ id }) => activeRoom(workspace, id),
    'GET /active-rooms/:id/peers': ({ id, query }) => activePeers(workspace, id, query),
    'POST /active-rooms/:id/end-room': ({ id, body }) => endRoom(workspace, id, objectIn(body)),
    'GET /sessions': ({ query }) => listSessions(workspace, query),
    'GET /sessions/:id': ({ id }) => sessionAnswer(workspace, workspace.session(id)),
    'GET /analytics/webhooks': ({ query }) => listWebhooks(webhooks, query),
    'POST /analytics/webhooks/replay': ({ body }) => replays.start(objectIn(body)),
    'GET /analytics/webhooks/replay/:id': ({ id }) => replays.result(id),
  };
}

function templateRoutes({ workspace, habits }: Service): Routes {
  return {
    'GET /templates': ({ query }) => listTemplates(workspace, query),
    'POST /templates': ({ body }) => createTemplate(workspace, objectIn(body), habits),
    'GET /templates/:id': ({ id }) => templateAnswer(workspace, workspace.template(id)),
    'POST /templates/:id': ({ id, body }) => updateTemplate(workspace, id, objectIn(body), habits),
    'GET /templates/:id/recordings': ({ id }) => recordings(workspace, id),
    'POST /templates/:id/recordings': ({ id, body }) => setRecordings(workspace, id, body, habits),
  };
}

function recordingRoutes({ workspace }: Service): Routes {
  return {
    'POST /recordings/room/:id/start': ({ id, body }) =>
      startRoomRecording(workspace, id, objectIn(body)),
    'POST /recordings/room/:id/stop': ({ id }) => stopRoomRecording(workspace, id),
    'POST /recordings/:id/stop': ({ id }) => stopOneRecording(workspace, id),
    'GET /recordings': ({ query }) => listRecordings(workspace, query),
    'GET /recordings/:id': ({ id }) => getRecording(workspace, id),
    'GET /recording-assets': ({ query }) => listAssets(workspace, query),
    'GET /recording-assets/:id': ({ id }) => assetAnswer(workspace.asset(id)),
    'GET /recording-assets/:id/presigned-url': ({ id, query }) =>
      presignedUrl(workspace, id, query),
  };
}

/** `/rooms/6316…/x` as a route's name and its id; an address that is no route names itself. */
export function routeOf(
  routes: Routes,
  method: string,
  path: string,
): { readonly call: string; readonly id: string } {
  const given = path.split('/');
  for (const call of Object.keys(routes)) {
    const [verb, pattern = ''] = call.split(' ');
    const parts = pattern.split('/');
    const fits = parts.every((part, i) => part === given[i] || (part === ':id' && given[i] !== ''));
    if (verb === method && parts.length === given.length && fits) {
      return { call, id: given[parts.indexOf(':id')] ?? '' };
    }
  }
  return { call: `${method} ${path}`, id: '' };
}

function objectIn(body: unknown): Body {
  if (isBody(body)) return body;
  throw new Refusal(400, 'Invalid body', ['not an object']);
}
