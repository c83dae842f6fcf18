/** An error answer in the form that 100ms gives it. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: readonly string[] = [],
  ) {
    super(message);
  }

  get body(): object {
    return { code: this.status, message: this.message, details: this.details };
  }
}

/** 400 with the reason in `details`, as the service words it. */
export function invalid(detail: string): Refusal {
  return new Refusal(400, 'Invalid body param', [`Invalid body param: ${detail}`]);
}

export type Body = Record<string, unknown>;

export function isBody(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object inside one; an empty one where there is none. */
export function part(body: Body, name: string): Body {
  const value = body[name];
  return isBody(value) ? value : {};
}

/** Stricter than the service, so that a misspelt field cannot pass unseen. */
export function requireKnown(body: Body, known: readonly string[], where = ''): void {
  const unknown = Object.keys(body).find((name) => !known.includes(name));
  if (unknown !== undefined) throw invalid(`${where}${unknown}`);
}

export function requireNumber(value: unknown, min: number, max: number, where: string): void {
  if (value === undefined) return;
  if (typeof value !== 'number' || value < min || value > max) throw invalid(where);
}

/** A field as text; what is no text is none. */
export function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
