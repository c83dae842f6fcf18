import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ProfileVault } from '../../blobs/profile-vault';
import { VaultError } from '../../blobs/vault-error';
import { profileOfAvSession, type RoomPlace } from '../../domain/video/event';
import type { VideoFact } from '../../domain/video/facts';
import type { RoomJournal } from './journal';
import { RecordingProblem } from './recording-problem';
import { blobNameOf, pathOf, type RecordingRef } from './recording-ref';
import { sniffRecording, type RecordingType } from './recording-type';
import type { RoomFiles } from './room-files';

/** A page that was loaded anew begins another one; more than this is a page in a loop. */
export const MOST_RECORDINGS = 4;
/** Five seconds at 3 Mbit/s. */
export const MOST_PART_BYTES = 2 * 1024 * 1024;
/** 100 minutes of such parts; a call is over after 20 unless the policy says otherwise. */
export const MOST_PARTS = 1_200;

/** A recording that is whole. */
export interface RecordedFile {
  readonly mediaType: RecordingType;
  /** Bytes of each part, in order. */
  readonly parts: readonly number[];
  readonly bytes: number;
  readonly durationMs: number;
  /** Hex, of all bytes. */
  readonly sha256: string;
}

/**
 * What the agent's page recorded: parts that come in any order and more than once, each encrypted with the
 * profile's key, so that destroying the key erases the recording. What is known of it besides lies with
 * the room. Everything may be repeated: the first of each stays.
 */
export class LocalRecordings {
  constructor(
    private readonly files: RoomFiles,
    private readonly journal: RoomJournal,
    private readonly vault: ProfileVault,
    private readonly now: () => number,
  ) {}

  /** `key` tells a repeated start from another one. */
  async start(place: RoomPlace, key: string): Promise<{ ref: RecordingRef; fact: VideoFact }> {
    await this.files.requireOpen(place);
    for (let k = 1; k <= MOST_RECORDINGS; k += 1) {
      const created = await this.files.create(place, startOf(k), { key });
      const kept = created ? { key } : await this.files.read<{ key: string }>(place, startOf(k));
      if (kept?.key !== key) continue;
      const fact = { kind: 'RECORDING_STARTED', at: this.now() } as const;
      const ref = { avSessionId: place.avSessionId, k };
      return { ref, fact: await this.journal.keep(place, `recording-started-${k}`, fact) };
    }
    throw new RecordingProblem('LIMIT');
  }

  async putPart(ouid: string, ref: RecordingRef, part: number, source: Readable): Promise<void> {
    await this.requireStarted(ouid, ref);
    if (await this.find(ouid, ref)) throw new RecordingProblem('CLOSED');
    if (part > MOST_PARTS) throw new RecordingProblem('LIMIT');
    const profileId = profileOfAvSession(ref.avSessionId);
    const name = partOf(ref, part);
    const stored = await this.vault.storePart(ouid, profileId, name, source, MOST_PART_BYTES);
    if (stored.created) return;
    const hash = createHash('sha256');
    for await (const bytes of await this.vault.openPart(ouid, profileId, name)) hash.update(bytes);
    if (hash.digest('hex') !== stored.sha256) throw new RecordingProblem('CONFLICT', part);
  }

  /** Reads all of it: that every part is there and whole, how much it is, its checksum. */
  async finish(
    ouid: string,
    ref: RecordingRef,
    said: { parts: number; durationMs: number },
  ): Promise<{ fact: VideoFact; file: RecordedFile }> {
    await this.requireStarted(ouid, ref);
    const place = { ouid, avSessionId: ref.avSessionId };
    const known = await this.find(ouid, ref);
    if (!known) await this.files.create(place, endOf(ref.k), await this.gathered(ouid, ref, said));
    const file = await this.find(ouid, ref);
    if (!file || file.parts.length !== said.parts || file.durationMs !== said.durationMs)
      throw new RecordingProblem('CLOSED');
    const { bytes, durationMs, sha256 } = file;
    const fact: VideoFact = {
      kind: 'RECORDED',
      file: { kind: 'ROOM', path: pathOf(ref), bytes, durationMs, sha256 },
      at: this.now(),
    };
    return { fact: await this.journal.keep(place, `recorded-${ref.k}`, fact), file };
  }

  /** There will be no more of it. */
  async fail(ouid: string, ref: RecordingRef, error: string): Promise<VideoFact> {
    await this.requireStarted(ouid, ref);
    const place = { ouid, avSessionId: ref.avSessionId };
    const fact = { kind: 'RECORDING_FAILED', error, at: this.now() } as const;
    return this.journal.keep(place, `recording-failed-${ref.k}`, fact);
  }

  find(ouid: string, { avSessionId, k }: RecordingRef): Promise<RecordedFile | undefined> {
    return this.files.read<RecordedFile>({ ouid, avSessionId }, endOf(k));
  }

  /** The bytes from `from` to `to`, both included, part by part. */
  async *read(
    ouid: string,
    ref: RecordingRef,
    { parts }: RecordedFile,
    { from, to }: { from: number; to: number },
  ): AsyncGenerator<Buffer, void, undefined> {
    let start = 0;
    for (const [i, size] of parts.entries()) {
      const end = start + size;
      if (from < end && start <= to) {
        let at = start;
        for await (const bytes of await this.open(ouid, ref, i + 1)) {
          const wanted = bytes.subarray(Math.max(0, from - at), Math.max(0, to + 1 - at));
          // Copied: the cipher uses its memory again.
          if (wanted.length > 0) yield Buffer.from(wanted);
          at += bytes.length;
          if (at > to) break;
        }
      }
      start = end;
    }
  }

  private async gathered(
    ouid: string,
    ref: RecordingRef,
    said: { parts: number; durationMs: number },
  ): Promise<RecordedFile> {
    const hash = createHash('sha256');
    const parts: number[] = [];
    let mediaType: RecordingType | undefined;
    for (let part = 1; part <= said.parts; part += 1) {
      let size = 0;
      for await (const bytes of await this.open(ouid, ref, part)) {
        if (part === 1 && size === 0) mediaType = sniffRecording(bytes);
        hash.update(bytes);
        size += bytes.length;
      }
      parts.push(size);
    }
    if (!mediaType) throw new RecordingProblem('TYPE');
    const bytes = parts.reduce((sum, size) => sum + size, 0);
    const { durationMs } = said;
    return { mediaType, parts, bytes, durationMs, sha256: hash.digest('hex') };
  }

  private async open(
    ouid: string,
    ref: RecordingRef,
    part: number,
  ): Promise<AsyncGenerator<Buffer, void, undefined>> {
    const profileId = profileOfAvSession(ref.avSessionId);
    try {
      return await this.vault.openPart(ouid, profileId, partOf(ref, part));
    } catch (error) {
      const missing = error instanceof VaultError && error.code === 'BLOB_MISSING';
      throw missing ? new RecordingProblem('INCOMPLETE', part) : error;
    }
  }

  private async requireStarted(ouid: string, { avSessionId, k }: RecordingRef): Promise<void> {
    const place = { ouid, avSessionId };
    if (!(await this.files.read(place, startOf(k)))) throw new RecordingProblem('UNKNOWN');
  }
}

function startOf(k: number): string {
  return `recordings/${k}-started.json`;
}

function endOf(k: number): string {
  return `recordings/${k}-file.json`;
}

function partOf(ref: RecordingRef, part: number): string {
  return `${blobNameOf(ref)}-${part}`;
}
