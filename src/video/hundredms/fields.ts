export type Fields = Readonly<Record<string, unknown>>;

/** What the service sent, as fields; of anything else, none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** A field as text; what is no text is ''. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
