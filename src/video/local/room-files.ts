import { readdir, readFile, rm, stat, utimes } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createFile, hasCode, makeDirectory, replaceFile } from '../../blobs/atomic-file';
import type { RoomPlace } from '../../domain/video/event';
import { VideoError } from '../../ports/video-provider';
import { requireRoomIds } from '../room-ids';

const OPEN = '{"state":"open"}\n';
const LOCKED = '{"state":"locked"}\n';
/** Where messages lie that nobody needs when the call is over: they hold addresses of people's devices. */
const MAIL = 'mail';

/**
 * The files of the local provider's rooms, shared by all processes. A room is a file
 * `<directory>/<OUID>/<AVSessionID>.json`; opening only ever creates it and locking only ever overwrites
 * it, so whatever the order in which two processes do both, the room ends locked. What goes on in it
 * lies in the folder `<AVSessionID>` beside it. Nothing here is encrypted, and nothing names a person.
 */
export class RoomFiles {
  private readonly root: string;
  private readonly temporary: string;

  constructor(directory: string) {
    this.root = resolve(directory);
    this.temporary = join(this.root, '.tmp');
  }

  async open(place: RoomPlace): Promise<void> {
    const path = this.room(place);
    await makeDirectory(this.temporary);
    await createFile(path, this.temporary, [Buffer.from(OPEN)]);
    await this.requireOpen(place);
  }

  async lock(place: RoomPlace): Promise<void> {
    const path = this.room(place);
    await makeDirectory(this.temporary);
    await replaceFile(path, this.temporary, [Buffer.from(LOCKED)]);
    await this.forgetMail(place);
  }

  /** @throws VideoError ROOM_UNKNOWN, ROOM_LOCKED */
  async requireOpen(place: RoomPlace): Promise<void> {
    if (await this.isLocked(place)) throw new VideoError('ROOM_LOCKED', place.avSessionId);
  }

  /** @throws VideoError ROOM_UNKNOWN */
  async isLocked(place: RoomPlace): Promise<boolean> {
    try {
      return (await readFile(this.room(place), 'utf8')) !== OPEN;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) throw new VideoError('ROOM_UNKNOWN', place.avSessionId);
      throw error;
    }
  }

  /** Epoch ms; undefined while it is open, or was never opened. */
  async lockedAt(place: RoomPlace): Promise<number | undefined> {
    try {
      if (!(await this.isLocked(place))) return undefined;
      return Math.floor((await stat(this.room(place))).mtimeMs);
    } catch (error) {
      if (error instanceof VideoError && error.code === 'ROOM_UNKNOWN') return undefined;
      throw error;
    }
  }

  /** Creates a file of the room unless it is there; false when it was. */
  create(place: RoomPlace, name: string, value: object): Promise<boolean> {
    return createFile(this.file(place, name), this.temporary, [jsonBytes(value)]);
  }

  replace(place: RoomPlace, name: string, value: object): Promise<void> {
    return replaceFile(this.file(place, name), this.temporary, [jsonBytes(value)]);
  }

  /** As it was written by us; undefined when there is none. */
  async read<T>(place: RoomPlace, name: string): Promise<T | undefined> {
    try {
      return JSON.parse(await readFile(this.file(place, name), 'utf8')) as T;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** The names in a folder of the room, in their order. */
  async list(place: RoomPlace, folder: string): Promise<string[]> {
    try {
      return (await readdir(this.file(place, folder))).sort();
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  /** When a file was last written or touched, epoch ms; 0 when it is not there. */
  async touchedAt(place: RoomPlace, name: string): Promise<number> {
    try {
      return Math.floor((await stat(this.file(place, name))).mtimeMs);
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return 0;
      throw error;
    }
  }

  async touch(place: RoomPlace, name: string, at: number): Promise<void> {
    await utimes(this.file(place, name), at / 1_000, at / 1_000);
  }

  async remove(place: RoomPlace, name: string): Promise<void> {
    // Somebody may be writing into a folder that is being removed: then it is tried again.
    await rm(this.file(place, name), { recursive: true, force: true, maxRetries: 5 });
  }

  forgetMail(place: RoomPlace): Promise<void> {
    return this.remove(place, MAIL);
  }

  private room({ ouid, avSessionId }: RoomPlace): string {
    requireRoomIds(ouid, avSessionId);
    return join(this.root, ouid, `${avSessionId}.json`);
  }

  private file(place: RoomPlace, name: string): string {
    return join(this.room(place).replace(/\.json$/, ''), name);
  }
}

function jsonBytes(value: object): Buffer {
  return Buffer.from(JSON.stringify(value));
}
