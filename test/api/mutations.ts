import { resolved, type OpenApi, type Schema } from './routes';

/** A text nobody may see again in an answer. */
export const MARK = 'Zyxa Markworth';
/** Passes for an Aadhaar number (its check digit is right) and is nobody's. */
export const AADHAAR = '299999999992';

/** Wrong whatever the field is for. */
const NEVER: readonly unknown[] = [null, 7, true, { $ne: '' }, [MARK], ['a', { b: MARK }]];

function wrongTexts({
  enum: choices,
  minLength = 0,
  maxLength = 1_000,
  pattern,
}: Schema): unknown[] {
  const free = pattern === undefined && choices === undefined;
  return [
    ...NEVER,
    `${MARK}\u0000`,
    `\ud800${MARK}`,
    ...(minLength > 0 ? [''] : []),
    ...(choices ? [] : [AADHAAR, `call ${AADHAAR.replace(/(.{4})(?=.)/g, '$1 ')} back`]),
    MARK.repeat(Math.ceil((maxLength + 1) / MARK.length)),
    ...(free
      ? []
      : [
          `${MARK}'; DROP TABLE x; --`,
          `<script>${MARK}</script>`,
          '../../etc/passwd',
          '\u202e'.repeat(3),
        ]),
  ];
}

/** Values that a field of this schema must not take. */
export function wrongValues(document: OpenApi, given: Schema): readonly unknown[] {
  const schema = resolved(document, given);
  switch (schema.type) {
    case 'string':
      return wrongTexts(schema);
    case 'boolean':
      return [null, 0, 1, 'true', '', {}, []];
    case 'array':
      return [
        null,
        'x',
        7,
        {},
        [null],
        [{}],
        [MARK],
        [AADHAAR],
        Array.from({ length: (schema.maxItems ?? 0) + 1 }, () => 'x'),
      ];
    case 'integer':
    case 'number':
      return [
        MARK,
        '',
        '1.5',
        'NaN',
        'Infinity',
        '1e99',
        (schema.minimum ?? 0) - 1,
        (schema.maximum ?? 0) + 1,
      ];
    default:
      return [null, 7, MARK, [], [[]]];
  }
}

/** Bodies that differ from a right one in one thing that is wrong. */
export function wrongBodies(
  document: OpenApi,
  schema: Schema,
  right: Readonly<Record<string, unknown>>,
): readonly unknown[] {
  const fields = Object.entries(schema.properties ?? {});
  return [
    [],
    [right],
    { ...right, [`unknown${MARK}`]: 1 },
    { ...right, unknownField: MARK },
    { ...right, constructor: MARK },
    ...(schema.required ?? []).map((name) => without(right, name)),
    ...fields.flatMap(([name, field]) =>
      wrongValues(document, field).map((value) => ({ ...right, [name]: value })),
    ),
    ...fields.flatMap(([name, field]) => {
      const inner = resolved(document, field);
      const value = right[name];
      if (inner.type !== 'object' || !isRecord(value)) return [];
      return wrongBodies(document, inner, value).map((body) => ({ ...right, [name]: body }));
    }),
  ];
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function without(body: Readonly<Record<string, unknown>>, name: string): object {
  return Object.fromEntries(Object.entries(body).filter(([other]) => other !== name));
}
