import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSettings } from '../../src/config/hundredms';

/** What a request brings to prove where it comes from. */
export interface Proof {
  readonly header: (name: string) => string | undefined;
  readonly rawBody: Uint8Array;
}

/** Whether a webhook has one of the secrets, and where it is asked for, the signature. */
export function isProven(settings: WebhookSettings, { header, rawBody }: Proof): boolean {
  const given = header(settings.header) ?? '';
  // All are compared, so that the time says nothing of which one is right.
  const known = settings.secrets.map((secret) => same(Buffer.from(given), secret));
  return known.includes(true) && isSigned(settings, header('x-100ms-signature') ?? '', rawBody);
}

function isSigned({ signingSecret }: WebhookSettings, given: string, body: Uint8Array): boolean {
  if (signingSecret.length === 0) return true;
  const wanted = createHmac('sha256', signingSecret).update(body).digest('hex');
  return same(Buffer.from(given.toLowerCase()), Buffer.from(wanted));
}

/** In a time that depends on neither: hashes have one length. */
function same(a: Uint8Array, b: Uint8Array): boolean {
  const hash = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
  return timingSafeEqual(hash(a), hash(b));
}
