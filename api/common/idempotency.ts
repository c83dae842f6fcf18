import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { Request } from 'express';
import { fieldProblem } from './problem';

const HEADER = 'idempotency-key';

/** The caller's key for this command, if he sent one: the same key and body have one effect. */
export const IdempotencyKey = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined => {
    const key = context.switchToHttp().getRequest<Request>().header(HEADER);
    if (key !== undefined && !/^[\x21-\x7e]{1,128}$/.test(key)) {
      throw fieldProblem('Idempotency-Key', 'must be 1 to 128 visible ASCII characters');
    }
    return key;
  },
);

/** Documents the header on a route that takes it. */
export const AcceptsIdempotencyKey = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description:
        'Repeat a request with the same key and body as often as you like: it has one effect.',
    }),
  );
