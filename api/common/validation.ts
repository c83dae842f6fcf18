import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Problem, type FieldProblem } from './problem';

/** Strict: unknown fields are refused, each wrong field is named, no value is repeated. */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    // One sentence a field: what is no string has no length to speak of.
    stopAtFirstError: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) =>
      new Problem('FIELD_INVALID', 'one or more fields are not valid', {
        errors: flatten(errors, ''),
      }),
  });
}

function flatten(errors: readonly ValidationError[], prefix: string): FieldProblem[] {
  return errors.flatMap((error) => {
    const unknown = error.constraints?.['whitelistValidation'] !== undefined;
    // The name of an unknown field is the caller's text: only a harmless one is repeated.
    const name = unknown && !/^[A-Za-z0-9]{1,40}$/.test(error.property) ? '?' : error.property;
    const field = `${prefix}${name}`;
    const own = Object.values(error.constraints ?? {}).map((message) => ({
      field,
      message: unknown ? 'is not a field of this request' : message,
    }));
    return [...own, ...flatten(error.children ?? [], `${field}.`)];
  });
}
