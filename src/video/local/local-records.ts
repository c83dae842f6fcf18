import type { RoomPlace } from '../../domain/video/event';
import type { VideoFact } from '../../domain/video/facts';
import { VideoError } from '../../ports/video-provider';
import type { VideoRecords } from '../../ports/video-records';
import type { Tokens } from '../../tokens/tokens';
import type { RoomJournal } from './journal';
import { LOST_AFTER_MS, type LocalPresence } from './presence';
import { placeOfRoom } from './room-id';
import type { RoomFiles } from './room-files';
import { recordingIdOf, recordingOfPath } from './recording-ref';

type Joined = Extract<VideoFact, { kind: 'PEER_JOINED' }>;
type Left = Extract<VideoFact, { kind: 'PEER_LEFT' }>;

/**
 * What is known of calls of the local provider: the rooms' journals, and connections whose process died
 * without a word. Asked when the profile may not have been told.
 */
export class LocalRecords implements VideoRecords {
  /** @param publicUrl where the links of recordings lead: our API, as people reach it */
  constructor(
    private readonly files: RoomFiles,
    private readonly journal: RoomJournal,
    private readonly presence: LocalPresence,
    private readonly tokens: Tokens,
    private readonly publicUrl: string,
    private readonly now: () => number,
  ) {}

  locate(roomId: string): Promise<RoomPlace | undefined> {
    return Promise.resolve(placeOfRoom(roomId));
  }

  async lookAt(roomId: string): Promise<VideoFact[]> {
    const place = placeOfRoom(roomId);
    if (!place) return [];
    const lost = await this.lostIn(place);
    const facts = [...(await this.journal.all(place)), ...lost];
    const left = facts.filter((fact): fact is Left => fact.kind === 'PEER_LEFT');
    const gone = new Set(left.map(({ peerId }) => peerId));
    const joined = facts.filter((fact): fact is Joined => fact.kind === 'PEER_JOINED');
    const isEmpty = joined.length > 0 && joined.every(({ peerId }) => gone.has(peerId));
    const emptied: VideoFact[] = isEmpty
      ? [{ kind: 'ROOM_EMPTY', at: Math.max(...left.map(({ at }) => at)) }]
      : [];
    return [...joined, ...facts.filter(({ kind }) => kind !== 'PEER_JOINED'), ...emptied];
  }

  recordingLinks(roomId: string, paths: readonly string[], seconds: number): Promise<string[]> {
    return Promise.all(paths.map((path) => this.link(roomId, path, seconds)));
  }

  /** There is nobody who would send anything again. */
  replayUndelivered(): Promise<string> {
    return Promise.resolve('none');
  }

  /** Whose end nobody was there to write down: by the lock of the room, or with his process. */
  private async lostIn(place: RoomPlace): Promise<Left[]> {
    const found: Left[] = [];
    const lockedAt = await this.files.lockedAt(place);
    for (const role of ['agent', 'customer'] as const) {
      const seat = { ...place, role };
      const peerId = await this.presence.holder(seat);
      const seenAt = await this.presence.renewedAt(seat);
      // Twice as long as it takes to be lost for good: who was still in time is heard of by then.
      const isLost = seenAt + 2 * LOST_AFTER_MS < this.now();
      if (peerId === '' || (lockedAt === undefined && !isLost)) continue;
      const joined = await this.journal.find<Joined>(place, `joined-${peerId}`);
      if (!joined) continue;
      const { who, at: joinedAt } = joined;
      const [at, cause] = isLost
        ? ([seenAt, 'CONNECTION_LOST'] as const)
        : ([Math.max(joinedAt, lockedAt ?? 0), 'REMOVED'] as const);
      found.push({ kind: 'PEER_LEFT', who, peerId, joinedAt, at, cause });
    }
    return found;
  }

  private async link(roomId: string, path: string, seconds: number): Promise<string> {
    const place = placeOfRoom(roomId);
    const ref = place && recordingOfPath(place.avSessionId, path);
    if (!ref) throw new VideoError('FILE_UNKNOWN', 'no such recording');
    const exp = Math.floor(this.now() / 1_000) + seconds;
    const claims = { ouid: place.ouid, recordingId: recordingIdOf(ref), exp };
    const link = await this.tokens.issue('recording-link', claims);
    return `${this.publicUrl.replace(/\/$/, '')}/v1/local-video/recordings/${link}`;
  }
}
