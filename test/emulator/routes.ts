import { activePeers, activeRoom, endRoom } from './active-rooms';
import { type Body, isBody, Refusal } from './refusal';
import { createRoom, listRooms, roomAnswer, updateRoom } from './rooms';
import {
  createTemplate,
  listTemplates,
  recordings,
  setRecordings,
  templateAnswer,
  type TemplateHabits,
  updateTemplate,
} from './templates';
import type { Workspace } from './workspace';

export interface Request {
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** What stands in the place of `:id`. */
  readonly id: string;
}

type Handler = (request: Request) => object;

/** The calls that this emulator takes; everything else is 404, as a wrong address would be. */
export function routesOf(workspace: Workspace, habits: TemplateHabits): Record<string, Handler> {
  return {
    'GET /rooms': ({ query }) => listRooms(workspace, query),
    'POST /rooms': ({ body }) => createRoom(workspace, objectIn(body)),
    'GET /rooms/:id': ({ id }) => roomAnswer(workspace, workspace.room(id)),
    'POST /rooms/:id': ({ id, body }) => updateRoom(workspace, id, objectIn(body)),
    'GET /active-rooms/:id': ({ id }) => activeRoom(workspace, id),
    'GET /active-rooms/:id/peers': ({ id }) => activePeers(workspace, id),
    'POST /active-rooms/:id/end-room': ({ id, body }) => endRoom(workspace, id, objectIn(body)),
    'GET /templates': ({ query }) => listTemplates(workspace, query),
    'POST /templates': ({ body }) => createTemplate(workspace, objectIn(body), habits),
    'GET /templates/:id': ({ id }) => templateAnswer(workspace, workspace.template(id)),
    'POST /templates/:id': ({ id, body }) => updateTemplate(workspace, id, objectIn(body), habits),
    'GET /templates/:id/recordings': ({ id }) => recordings(workspace, id),
    'POST /templates/:id/recordings': ({ id, body }) => setRecordings(workspace, id, body, habits),
  };
}

/** `/rooms/6316…/x` as a route's name and its id. */
export function routeOf(method: string, path: string): { call: string; id: string } {
  const parts = path.split('/');
  const id = parts[2] ?? '';
  if (id !== '') parts[2] = ':id';
  return { call: `${method} ${parts.join('/')}`, id };
}

function objectIn(body: unknown): Body {
  if (isBody(body)) return body;
  throw new Refusal(400, 'Invalid body', ['not an object']);
}
