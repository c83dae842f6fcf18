/**
 * `multipart/form-data` as the official client writes it for long parameters: named text parts,
 * no files, a boundary that no value contains.
 */
import { ClickHouseException } from './errors';

const HEADER_END = '\r\n\r\n';

/** The boundary, or undefined when the body is no form. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  if (contentType?.startsWith('multipart/form-data') !== true) return undefined;
  const match = /;\s*boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

/** Its parts by name, values to the byte as sent. @throws 36 when it is cut off or has no names. */
export function parseMultipart(body: string, boundary: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`);
  if (pieces.pop()?.startsWith('--') !== true) throw malformed('it has no end');
  for (const piece of pieces.slice(1)) {
    const end = piece.indexOf(HEADER_END);
    const name = /;\s*name="([^"]*)"/i.exec(piece.slice(0, Math.max(end, 0)))?.[1];
    if (name === undefined) throw malformed('a part has no name');
    parts.set(name, piece.slice(end + HEADER_END.length));
  }
  return parts;
}

function malformed(why: string): ClickHouseException {
  return new ClickHouseException(36, 'BAD_ARGUMENTS', `The form in the body is malformed: ${why}.`);
}
