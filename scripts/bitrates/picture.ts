/** What a moving picture of some size takes of a line. All rates are kbit/s. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly frameRate: number;
}

/**
 * Bits for each pixel of each frame: the "Kush gauge" (K. Amerasinghe), motion 1 of 4, a person in
 * front of a camera that does not move. It was made for H.264; VP8 as WebRTC runs it is close.
 */
export const BITS_PER_PIXEL = 0.07;

export function estimatedRate(picture: Picture): number {
  return (pixelsPerSecond(picture) * BITS_PER_PIXEL) / 1000;
}

/** What a limit leaves for a pixel; beside `BITS_PER_PIXEL` it says how hard the limit presses. */
export function bitsPerPixel(picture: Picture, rate: number): number {
  return (rate * 1000) / pixelsPerSecond(picture);
}

function pixelsPerSecond({ width, height, frameRate }: Picture): number {
  return width * height * frameRate;
}

/**
 * libwebrtc, `GetDefaultSinglecastBitrateLimits`, VP8: the lowest rate at which a picture of up to so
 * many pixels is begun. With less the same camera is sent smaller.
 */
const LEAST: readonly (readonly [pixels: number, rate: number])[] = [
  [320 * 180, 30],
  [480 * 270, 200],
  [640 * 360, 300],
  [960 * 540, 500],
  [1280 * 720, 900],
];

/** Undefined for what is larger than the list. */
export function leastRate({
  width,
  height,
}: Pick<Picture, 'width' | 'height'>): number | undefined {
  return LEAST.find(([pixels]) => width * height <= pixels)?.[1];
}

/** Headers of RTP, SRTP, UDP and IP, in bytes for each packet. */
const HEADERS = 50;
const VIDEO_BYTES_PER_PACKET = 1100;
const AUDIO_PACKETS_PER_SECOND = 50;

export function videoOnTheWire(rate: number): number {
  return rate * (1 + HEADERS / VIDEO_BYTES_PER_PACKET);
}

export function audioOnTheWire(rate: number): number {
  return rate + (AUDIO_PACKETS_PER_SECOND * HEADERS * 8) / 1000;
}

/** Millions of bytes in a minute. */
export function megabytesPerMinute(rate: number): number {
  return (rate * 60) / 8 / 1000;
}
