import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import { PROBLEM_STATUS } from './problem-types';

const CODE = 'BODY_NOT_READABLE';

/**
 * What is no HTTP, or has more than 16 kB of headers, never becomes a request: Node would answer it
 * without a word. A problem document like any other; then the connection ends.
 */
export function answerUnreadable(_: Error, socket: Duplex): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const requestId = randomUUID();
  const status = PROBLEM_STATUS[CODE];
  const body = JSON.stringify({
    type: `urn:video-kyc:problem:${CODE}`,
    title: 'Bad Request',
    status,
    code: CODE,
    detail: 'the request is not readable HTTP, or its headers are too large',
    instance: '/',
    requestId,
  });
  socket.end(
    [
      `HTTP/1.1 ${status} Bad Request`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
