/**
 * ClickHouse exceptions as its HTTP interface shows them: a code, a type, a status and the text
 * `Code: N. DB::Exception: … (TYPE)`, which is what the official client parses.
 */

/** The statuses of ClickHouse's own `exceptionCodeToHTTPStatus.cpp`; every other code is a 500. */
const STATUS_BY_CODE: ReadonlyMap<number, number> = new Map([
  ...[6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117].map(asStatus(400)),
  ...[123, 167, 168, 223, 321, 376, 427, 441, 675, 676].map(asStatus(400)),
  ...[194].map(asStatus(401)),
  ...[192, 193, 497, 512, 516].map(asStatus(403)),
  ...[46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511].map(asStatus(404)),
  ...[159].map(asStatus(408)),
  ...[381].map(asStatus(411)),
  ...[229].map(asStatus(413)),
  ...[779].map(asStatus(415)),
  ...[48].map(asStatus(501)),
  ...[76, 209, 439].map(asStatus(503)),
]);

const EXCEPTION =
  /^Code: (?<code>\d+)\. DB::Exception: (?<text>[\s\S]*?)\s*\((?<type>[A-Z0-9_]+)\)\s*$/;

/** One failed request. `message` is without the code and the type. */
export class ClickHouseException extends Error {
  constructor(
    readonly code: number,
    readonly type: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ClickHouseException';
  }

  get status(): number {
    return STATUS_BY_CODE.get(this.code) ?? 500;
  }

  /** The response body; `version` stands where a real server prints its own. */
  toBody(version: string): string {
    return `Code: ${this.code}. DB::Exception: ${this.message} (${this.type}) (version ${version})\n`;
  }
}

/** Anything thrown while a request was served, as an exception; the engine's keep their code. */
export function toException(error: unknown): ClickHouseException {
  if (error instanceof ClickHouseException) return error;
  const message = error instanceof Error ? error.message : String(error);
  const groups = EXCEPTION.exec(message)?.groups;
  if (groups === undefined) {
    return new ClickHouseException(1001, 'STD_EXCEPTION', message, { cause: error });
  }
  const { code = '', text = '', type = '' } = groups;
  return new ClickHouseException(Number(code), type, text, { cause: error });
}

function asStatus(status: number): (code: number) => [number, number] {
  return (code) => [code, status];
}
