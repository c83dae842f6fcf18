/**
 * Where everything lies that must be destroyable: encrypted details, documents, images, wrapped
 * keys. A store sees ciphertext only (src/blobs encrypts) and its keys hold no personal data.
 */

/** An OUID as it stands in paths, keys and tokens: no underscore, slash or dot, so it never splits. */
export const OUID_PATTERN = /^[a-z0-9-]{3,40}$/;
/** A ProfileID: a lower-case UUID (src/domain derives version 5). */
export const PROFILE_ID_PATTERN = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** `folder/name` or `name`; no dot, so neither `..` nor a hidden file can be spelled. */
const NAME_PATTERN = /^[a-z0-9][a-z0-9-]{0,79}(\/[a-z0-9][a-z0-9-]{0,79})?$/;

/** `<OUID>/<ProfileID>/<name>`. Only {@link blobKey} makes one. */
export type BlobKey = string & { readonly __brand: 'BlobKey' };

export class BlobKeyError extends Error {
  override readonly name = 'BlobKeyError';
}

/**
 * The one place where a storage key is built.
 * @throws BlobKeyError when a part does not match its pattern; the message repeats no part, because
 * a malformed one may be anything a caller typed.
 */
export function blobKey(ouid: string, profileId: string, name: string): BlobKey {
  // Part by part: joined first, an OUID with a slash in it could pass for OUID and ProfileID.
  if (!OUID_PATTERN.test(ouid) || !PROFILE_ID_PATTERN.test(profileId) || !NAME_PATTERN.test(name)) {
    throw new BlobKeyError('not a valid OUID, ProfileID and blob name');
  }
  return `${ouid}/${profileId}/${name}` as BlobKey;
}

/** Bytes in order. Errors of the source reject the call that consumes it, and nothing is stored. */
export type BlobContent = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/**
 * Every write is all or nothing and durable when the promise resolves: a reader sees the whole
 * former or the whole new content, also after the death of a process.
 */
export interface BlobStore {
  /** Stores or replaces. */
  put(key: BlobKey, content: BlobContent): Promise<void>;
  /** Stores unless the key exists; of several racing callers exactly one gets `true`. */
  create(key: BlobKey, content: BlobContent): Promise<boolean>;
  /**
   * Opens for reading; the caller iterates the stream to its end or destroys it.
   * @throws BlobNotFound before any byte is delivered
   */
  get(key: BlobKey): Promise<BlobStream>;
  exists(key: BlobKey): Promise<boolean>;
  /** Deleting what is not there is fine. */
  delete(key: BlobKey): Promise<void>;
}

export interface BlobStream extends AsyncIterable<Uint8Array> {
  destroy(): unknown;
}

export class BlobNotFound extends Error {
  override readonly name = 'BlobNotFound';
  constructor(readonly key: BlobKey) {
    super(`no blob ${key}`);
  }
}
