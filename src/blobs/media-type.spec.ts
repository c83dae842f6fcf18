import { contradicts, sniffMediaType } from './media-type';

describe('media types', () => {
  it.each([
    ['ffd8ffe000104a4649460001', 'image/jpeg'],
    ['89504e470d0a1a0a0000000d', 'image/png'],
    ['52494646ffffffff57454250', 'image/webp'],
    ['255044462d312e370a', 'application/pdf'],
    ['52494646ffffffff57415645', undefined],
    ['ffd8', undefined],
    ['', undefined],
  ])('%s is %s', (hex, type) => {
    expect(sniffMediaType(Buffer.from(hex, 'hex'))).toBe(type);
  });

  it.each([
    [undefined, false],
    ['', false],
    ['application/octet-stream', false],
    ['image/jpeg; q=1', false],
    ['IMAGE/JPG', false],
    ['image/png', true],
  ])('a declared %s contradicts a JPEG: %s', (declared, answer) => {
    expect(contradicts(declared, 'image/jpeg')).toBe(answer);
  });
});
