import { PROBLEM_STATUS, type ProblemCode } from './problem-types';

/** What is wrong with one field; never its value. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

export interface ProblemExtras {
  readonly errors?: readonly FieldProblem[];
  /** Seconds; becomes the Retry-After header. */
  readonly retryAfter?: number;
  readonly profileId?: string;
}

/** An answer that is an error: RFC 9457, with a stable code. Details never hold personal data. */
export class Problem extends Error {
  readonly status: number;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly extras: ProblemExtras = {},
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'Problem';
    this.status = PROBLEM_STATUS[code];
  }
}

export function fieldProblem(field: string, message: string): Problem {
  return new Problem('FIELD_INVALID', 'a field is not valid', { errors: [{ field, message }] });
}
