export type RecordingType = 'video/webm' | 'video/mp4';

/** What a browser's MediaRecorder makes. By its first bytes: WHATWG MIME Sniffing §6.2. */
export function sniffRecording(head: Uint8Array): RecordingType | undefined {
  const text = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (text.startsWith('\x1a\x45\xdf\xa3')) return 'video/webm';
  if (text.slice(4, 8) === 'ftyp') return 'video/mp4';
  return undefined;
}
