import { createHash } from 'node:crypto';
import { type Readable } from 'node:stream';
import { MEDIA_TYPES, SNIFF_BYTES, sniffMediaType, type MediaType } from './media-type';
import { UploadError } from './vault-error';

export interface UploadRules {
  /** Plaintext bytes; one more is refused. */
  readonly maxBytes: number;
  /** Default: all of MEDIA_TYPES. */
  readonly allowedTypes?: readonly MediaType[];
  /** The client's Content-Type: compared and reported, never believed. */
  readonly declaredType?: string;
}

/**
 * Looks at an upload while it flows by: sniffs its first bytes, counts, hashes and stops it at the
 * limit. Holds no more than the chunk that passes.
 */
export class UploadInspector {
  private readonly hash = createHash('sha256');
  private readonly chunks: AsyncGenerator<Uint8Array, void, undefined>;
  private readonly head: Uint8Array[] = [];
  private passed = 0;

  constructor(
    source: Readable,
    private readonly rules: UploadRules,
  ) {
    this.chunks = received(source);
  }

  /** The type, before anything is stored. @throws UploadError EMPTY, TYPE_NOT_ALLOWED, ABORTED */
  async sniff(): Promise<MediaType> {
    let bytes = 0;
    while (bytes < SNIFF_BYTES) {
      const next = await this.chunks.next();
      if (next.done === true) break;
      bytes += next.value.length;
      this.head.push(next.value);
    }
    if (bytes === 0) throw nothing();
    const type = sniffMediaType(Buffer.concat(this.head));
    const allowed = this.rules.allowedTypes ?? MEDIA_TYPES;
    if (type === undefined || !allowed.includes(type)) {
      throw new UploadError(
        'TYPE_NOT_ALLOWED',
        `the first bytes are none of ${allowed.join(', ')}`,
      );
    }
    return type;
  }

  /** The bytes, once. @throws UploadError TOO_LARGE, ABORTED */
  async *bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for (const chunk of this.head.splice(0)) yield this.count(chunk);
    for await (const chunk of this.chunks) yield this.count(chunk);
  }

  /** The same of what may be of any type, but not nothing. @throws UploadError EMPTY, TOO_LARGE, ABORTED */
  async *someBytes(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* this.bytes();
    if (this.passed === 0) throw nothing();
  }

  /** What went by, when {@link bytes} has ended. */
  result(): { sha256: string; bytes: number } {
    return { sha256: this.hash.digest('hex'), bytes: this.passed };
  }

  /** Lets go of the source without destroying it: its owner still has to answer on that connection. */
  async release(): Promise<void> {
    await this.chunks.return();
  }

  private count(chunk: Uint8Array): Uint8Array {
    this.passed += chunk.length;
    if (this.passed > this.rules.maxBytes) {
      throw new UploadError('TOO_LARGE', `more than ${this.rules.maxBytes} bytes`);
    }
    this.hash.update(chunk);
    return chunk;
  }
}

function nothing(): UploadError {
  return new UploadError('EMPTY', 'no bytes were sent');
}

/** The source's chunks; whatever breaks it becomes ABORTED, so that it is never taken for our fault. */
async function* received(source: Readable): AsyncGenerator<Uint8Array, void, undefined> {
  const chunks: AsyncIterator<unknown> = source.iterator({ destroyOnReturn: false });
  try {
    for (;;) {
      const next = await chunks.next().catch((cause: unknown) => {
        throw new UploadError('ABORTED', 'the upload ended before its end', { cause });
      });
      if (next.done === true) return;
      if (!(next.value instanceof Uint8Array))
        throw new TypeError('an upload is a stream of bytes');
      yield next.value;
    }
  } finally {
    await chunks.return?.();
  }
}
