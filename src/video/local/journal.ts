import type { RoomPlace } from '../../domain/video/event';
import type { VideoFact } from '../../domain/video/facts';
import type { RoomFiles } from './room-files';

const FOLDER = 'facts';
/** A call has some ten; 80 connections, as many as a profile remembers, with their ends make 160. */
const MOST = 400;

/**
 * What went on in a room, a file for each fact: written before a profile is told, so that whoever asks
 * later (the reconciler) finds what was lost on the way. The first who writes a fact has said it.
 */
export class RoomJournal {
  constructor(private readonly files: RoomFiles) {}

  /** The fact as it is kept under this name: this one, or the one that was there before. */
  async keep<F extends VideoFact>(place: RoomPlace, name: string, fact: F): Promise<F> {
    const file = nameOf(name);
    if (await this.files.create(place, file, fact)) return fact;
    return (await this.files.read<F>(place, file)) ?? fact;
  }

  find<F extends VideoFact>(place: RoomPlace, name: string): Promise<F | undefined> {
    return this.files.read<F>(place, nameOf(name));
  }

  async isFull(place: RoomPlace): Promise<boolean> {
    return (await this.files.list(place, FOLDER)).length >= MOST;
  }

  async all(place: RoomPlace): Promise<VideoFact[]> {
    const names = await this.files.list(place, FOLDER);
    const found = await Promise.all(
      names.map((name) => this.files.read<VideoFact>(place, `${FOLDER}/${name}`)),
    );
    return found.filter((fact) => fact !== undefined);
  }
}

function nameOf(name: string): string {
  return `${FOLDER}/${name}.json`;
}
