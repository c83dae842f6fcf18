/** A PNG of one pixel: the smallest file that is what it says it is. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const REQUIRED_KINDS = ['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO'] as const;

/** An image like no other: readers stop at the end of the picture, the name after it is for its hash. */
export function imageNamed(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.concat([PIXEL, Buffer.from(name, 'utf8')]));
}
