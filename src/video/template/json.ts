export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/** What stands at `a.b.0.c`; undefined where nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  let value = json;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

/** The same with `value` at `a.b.c`. */
export function withValueAt(json: JsonObject, path: string, value: Json): JsonObject {
  const [name = '', ...rest] = path.split('.');
  const inner = json[name];
  const changed =
    rest.length === 0 ? value : withValueAt(isObject(inner) ? inner : {}, rest.join('.'), value);
  return { ...json, [name]: changed };
}

/** Every single value with its path; a list of plain values is one value. */
export function leavesOf(json: Json | undefined, path = ''): [path: string, value: Json][] {
  if (json === undefined) return [];
  const isPlain = Array.isArray(json) && !json.some((each: unknown) => typeof each === 'object');
  if (typeof json !== 'object' || json === null || isPlain) return [[path, json]];
  return Object.entries(json).flatMap(([name, value]: [string, Json | undefined]) =>
    leavesOf(value, path === '' ? name : `${path}.${name}`),
  );
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
