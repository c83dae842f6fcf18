/**
 * KEY_MISSING: the profile never had a key (nothing was stored for it).
 * KEY_DESTROYED: the profile was erased; nothing of it can be read or written any more.
 * MASTER_KEY_UNKNOWN: wrapped by a master key that is not configured here (rotation too early).
 * BLOB_MISSING: no such blob. TAMPERED: bytes, order, length, place or key are not what was written.
 * TOO_LARGE: a JSON value beyond MAX_JSON_BYTES.
 */
export type VaultErrorCode =
  | 'KEY_MISSING'
  | 'KEY_DESTROYED'
  | 'MASTER_KEY_UNKNOWN'
  | 'BLOB_MISSING'
  | 'TAMPERED'
  | 'TOO_LARGE';

/** Messages hold the code and the blob's key (ids only), never content. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
  constructor(
    readonly code: VaultErrorCode,
    readonly key: string,
  ) {
    super(`${code}: ${key}`);
  }
}

/** ABORTED: the source ended early or failed; the other codes are the caller's fault. */
export type UploadErrorCode = 'TOO_LARGE' | 'EMPTY' | 'TYPE_NOT_ALLOWED' | 'ABORTED';

/** An upload that was refused or broke off; nothing of it is kept. */
export class UploadError extends Error {
  override readonly name = 'UploadError';
  constructor(
    readonly code: UploadErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(`${code}: ${message}`, options);
  }
}
