import { createHmac } from 'node:crypto';
import { isProven } from './webhook-proof';

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
const plain = {
  workspace: 'main',
  header: 'x-vkyc-webhook',
  secrets: [bytes('the-new-secret'), bytes('the-old-secret')],
  signingSecret: bytes(''),
};
const body = bytes('{"a":1}');
const proof = (headers: Record<string, string>, rawBody = body) => ({
  header: (name: string) => headers[name],
  rawBody,
});

it.each([
  ['the-new-secret', true],
  ['the-old-secret', true],
  ['the-old-secre', false],
  ['', false],
])('takes either secret while it is being changed: %j', (secret, proven) => {
  expect(isProven(plain, proof({ 'x-vkyc-webhook': secret }))).toBe(proven);
});

it('takes no request without the header', () => {
  expect(isProven(plain, proof({}))).toBe(false);
  expect(isProven(plain, proof({ authorization: 'the-new-secret' }))).toBe(false);
});

describe('under HIPAA rules', () => {
  const signed = { ...plain, signingSecret: bytes('k') };
  const signature = createHmac('sha256', 'k').update(body).digest('hex');
  const headers = { 'x-vkyc-webhook': 'the-new-secret', 'x-100ms-signature': signature };

  it('wants the signature over the bytes as well', () => {
    expect(isProven(signed, proof(headers))).toBe(true);
    expect(isProven(signed, proof(headers, bytes('{"a": 1}')))).toBe(false);
    expect(isProven(signed, proof({ 'x-vkyc-webhook': 'the-new-secret' }))).toBe(false);
    expect(isProven(signed, proof({ 'x-100ms-signature': signature }))).toBe(false);
  });
});
