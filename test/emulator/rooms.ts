import { pageOf } from './pages';
import {
  type Body,
  invalid,
  isBody,
  Refusal,
  requireKnown,
  requireNumber,
  textIn,
} from './refusal';
import { newId, nowText, type Room } from './state';
import type { Workspace } from './workspace';

const CREATE = [
  'name',
  'description',
  'template_id',
  'recording_info',
  'region',
  'large_room',
  'size',
  'max_duration_seconds',
  'polls',
  'webhook',
];
const UPDATE = [...CREATE.filter((field) => field !== 'template_id'), 'enabled'];

/**
 * 100ms docs: Create a room. A name that exists is not refused: its room is overwritten and answered,
 * locked or not.
 */
export function createRoom(workspace: Workspace, body: Body): object {
  requireRoomBody(body, CREATE);
  const { template_id: template } = body;
  if (template !== undefined && !workspace.templates.has(textIn(template))) {
    throw new Refusal(400, 'template not found');
  }
  const name = typeof body['name'] === 'string' ? body['name'] : `auto-${newId()}`;
  const room = workspace.roomNamed(name) ?? newRoom(name);
  room.config = body;
  room.updatedAt = nowText();
  workspace.rooms.set(room.id, room);
  return roomAnswer(workspace, room);
}

/** 100ms docs: Update a room, Disable or enable: people inside a disabled one stay. */
export function updateRoom(workspace: Workspace, id: string, body: Body): object {
  const room = workspace.room(id);
  requireRoomBody(body, UPDATE);
  const { enabled, name, ...config } = body;
  if (enabled !== undefined && typeof enabled !== 'boolean') throw invalid('enabled');
  room.enabled = enabled ?? room.enabled;
  room.name = typeof name === 'string' ? name : room.name;
  room.config = { ...room.config, ...config };
  room.updatedAt = nowText();
  return roomAnswer(workspace, room);
}

/** 100ms docs: List rooms: the enabled ones, unless it is asked for the others. */
export function listRooms(workspace: Workspace, query: URLSearchParams): object {
  const enabled = (query.get('enabled') ?? 'true') === 'true';
  const name = query.get('name')?.toLowerCase();
  const fit = [...workspace.rooms.values()]
    .filter((room) => room.enabled === enabled)
    .filter((room) => name === undefined || room.name.toLowerCase() === name);
  return pageOf(fit, query, (room) => roomAnswer(workspace, room));
}

/** 100ms docs: Retrieve a room, Update a room: the fields of both, so that neither is missed. */
export function roomAnswer(workspace: Workspace, room: Room): object {
  const { description, template_id: template, region, recording_info: recording } = room.config;
  const templateId = textIn(template);
  const { customerId } = workspace;
  const given = ['max_duration_seconds', 'size', 'polls', 'webhook'].filter(
    (field) => room.config[field] !== undefined,
  );
  return {
    id: room.id,
    name: room.name,
    enabled: room.enabled,
    description: description ?? '',
    customer_id: customerId,
    customer: customerId,
    app_id: workspace.appId,
    enabled_source_template: false,
    recording_source_template: recording === undefined,
    recording_info: recording ?? { enabled: false },
    // A room without settings of its own may show this instead.
    ...(recording === undefined && { recording: null }),
    template_id: templateId,
    template: workspace.templates.get(templateId)?.body['name'] ?? '',
    region: region ?? '',
    large_room: room.config['large_room'] ?? false,
    ...Object.fromEntries(given.map((field) => [field, room.config[field]])),
    created_at: room.createdAt,
    updated_at: room.updatedAt,
  };
}

function newRoom(name: string): Room {
  const at = nowText();
  return { id: newId(), name, enabled: true, config: {}, createdAt: at, updatedAt: at };
}

/** 100ms docs: Create a room: the ranges, and the errors that it lists. */
function requireRoomBody(body: Body, known: readonly string[]): void {
  if ('template' in body) throw invalid('template. Use template_id');
  requireKnown(body, known);
  const { name, region, recording_info: recording } = body;
  if (name !== undefined && (typeof name !== 'string' || !/^[A-Za-z0-9.:_-]+$/.test(name))) {
    throw invalid('name');
  }
  if (region !== undefined && !['in', 'us', 'eu', 'auto'].includes(textIn(region))) {
    throw new Refusal(400, 'region not supported');
  }
  requireNumber(body['max_duration_seconds'], 120, 43_200, 'max_duration_seconds');
  requireNumber(body['size'], 0, 20_000, 'room size greater than 20000');
  const upload = isBody(recording) ? recording['upload_info'] : undefined;
  if (isBody(upload) && !upload['location']) throw new Refusal(400, 'bucket location missing');
}
