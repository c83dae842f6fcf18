import type { NextFunction, Request, Response } from 'express';
import { Problem } from './problem';

/** Our deepest body has three levels. */
const MAX_DEPTH = 16;
/** Names that validation passes over instead of refusing, because they are every object's own. */
const RESERVED = ['__proto__', 'constructor', 'prototype'];

/**
 * Refuses JSON that what comes later cannot bear: validation follows a body by recursion, and some
 * 5,000 levels (20 kB) end the stack.
 */
export function bodyShape(request: Request, _: Response, next: NextFunction): void {
  next(isBearable(request.body) ? undefined : notReadable());
}

function isBearable(body: unknown): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return false;
    const inner: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      if (RESERVED.some((name) => Object.hasOwn(value, name))) return false;
      inner.push(...(Object.values(value) as unknown[]));
    }
    level = inner;
  }
  return true;
}

function notReadable(): Problem {
  return new Problem('BODY_NOT_READABLE', 'the body is nested too deeply or uses a reserved name');
}
