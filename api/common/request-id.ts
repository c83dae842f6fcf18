import { randomUUID } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';

const HEADER = 'x-request-id';
/** A caller's own id is taken when it cannot break a log line. */
const PATTERN = /^[A-Za-z0-9._-]{8,64}$/;

/** Gives each request an id that the answer and the log carry. */
export function requestId(request: Request, response: Response, next: NextFunction): void {
  const given = request.header(HEADER);
  const id = given !== undefined && PATTERN.test(given) ? given : randomUUID();
  request.headers[HEADER] = id;
  response.setHeader(HEADER, id);
  next();
}

export function requestIdOf(request: Request): string {
  return request.header(HEADER) ?? '';
}
