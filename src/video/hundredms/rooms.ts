import type { HundredMsClient } from './client';
import { HundredMsError } from './error';

export interface Room {
  readonly id: string;
  readonly name: string;
  /** Nobody can join a room that is not. */
  readonly enabled: boolean;
  readonly description: string;
}

/** The most that a call, and its recording, may last if nothing of ours ends it. */
export const MAX_ROOM_SECONDS = 4 * 3600;

/**
 * Rooms as 100ms has them. A call whose outcome is unknown is not repeated here: it is asked what
 * became of it, and only when that does not settle it the caller learns that it is not known.
 */
export class HundredMsRooms {
  constructor(private readonly client: HundredMsClient) {}

  /** In whatever state. The list shows enabled rooms unless it is asked for the others. */
  async find(name: string): Promise<Room | undefined> {
    const lists = await Promise.all(
      ['true', 'false'].map((enabled) => this.client.get('/rooms', { name, enabled })),
    );
    return lists.flatMap(roomsIn).find((room) => room.name.toLowerCase() === name);
  }

  /**
   * Creating by name is an upsert that overwrites what it finds with the body: so the body is the
   * same every time. It has no `webhook`, which would silence the workspace's own, and no
   * `recording_info`, which would detach the room from its template.
   */
  async create(name: string, ouid: string, templateId: string): Promise<Room> {
    const body = {
      name,
      description: ouid,
      template_id: templateId,
      max_duration_seconds: MAX_ROOM_SECONDS,
    };
    const create = async (): Promise<Room> => roomOf(await this.client.post('/rooms', body), name);
    return orAsk(create, () => this.find(name));
  }

  /** Sends away who is inside and lets nobody in any more; the service does it a little later. */
  async end(id: string): Promise<void> {
    await this.client.post(`/active-rooms/${id}/end-room`, { lock: true, reason: 'call over' });
  }

  /** Lets nobody in any more; who is inside stays. */
  async disable(id: string): Promise<void> {
    const disable = async (): Promise<boolean> => {
      await this.client.post(`/rooms/${id}`, { enabled: false });
      return true;
    };
    await orAsk(disable, async () => !(await this.get(id)).enabled || undefined);
  }

  async get(id: string): Promise<Room> {
    return roomOf(await this.client.get(`/rooms/${id}`), id);
  }

  /** The same, or nothing where the workspace has no such room. */
  async seek(id: string): Promise<Room | undefined> {
    try {
      return await this.get(id);
    } catch (error) {
      if (error instanceof HundredMsError && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Whether a session is going on in it. */
  async isActive(id: string): Promise<boolean> {
    try {
      await this.client.get(`/active-rooms/${id}`);
      return true;
    } catch (error) {
      if (error instanceof HundredMsError && error.status === 404) return false;
      throw error;
    }
  }
}

/** What the call answers, or what asking finds when the call's outcome is unknown. */
async function orAsk<T>(call: () => Promise<T>, ask: () => Promise<T | undefined>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof HundredMsError) || error.outcome !== 'UNKNOWN') throw error;
    const found = await ask();
    if (found === undefined) throw error;
    return found;
  }
}

function roomsIn(answer: unknown): Room[] {
  const data = isObject(answer) ? answer['data'] : undefined;
  if (data === null || data === undefined) return [];
  if (!Array.isArray(data)) throw unreadable('GET /rooms');
  return data.map((room) => roomOf(room, 'in a list'));
}

/** False and empty fields may be left out of an answer. */
function roomOf(answer: unknown, which: string): Room {
  if (!isObject(answer) || typeof answer['id'] !== 'string' || typeof answer['name'] !== 'string') {
    throw unreadable(`room ${which}`);
  }
  const { id, name, description } = answer;
  return {
    id,
    name,
    enabled: answer['enabled'] === true,
    description: typeof description === 'string' ? description : '',
  };
}

/** Something answered 200 that is not 100ms, or not as we know it. */
function unreadable(what: string): HundredMsError {
  return new HundredMsError(what, { reason: 'the answer is not one of 100ms', outcome: 'UNKNOWN' });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
