/** What customers and agents may upload. A kind is what its first bytes say, never what a client says. */
export const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** How many first bytes {@link sniffMediaType} wants to see. */
export const SNIFF_BYTES = 12;

/** Signatures at offset 0: WHATWG MIME Sniffing §6.1 (images) and §7.1 (PDF). */
export function sniffMediaType(head: Uint8Array): MediaType | undefined {
  const text = Buffer.from(head.subarray(0, SNIFF_BYTES)).toString('latin1');
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'image/webp';
  if (text.startsWith('%PDF-')) return 'application/pdf';
  return undefined;
}

/** Whether a Content-Type claims something else than the bytes are. One that claims nothing does not. */
export function contradicts(declared: string | undefined, actual: MediaType): boolean {
  const claim = declared?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (claim === '' || claim === 'application/octet-stream') return false;
  return claim !== actual && !(claim === 'image/jpg' && actual === 'image/jpeg');
}
