import { type IncomingMessage, type ServerResponse } from 'node:http';
import { type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliCompress, createDeflate, createGzip } from 'node:zlib';
import { type ClickHouseException } from './errors';
import { type Answer, type Metrics } from './execute';

/** What the engine says of itself, for the headers of every answer. */
export interface About {
  readonly version: string;
  readonly timezone: string;
}

/** ClickHouse's names for the formats that have a media type of their own. */
const MEDIA_TYPES: readonly (readonly [RegExp, string])[] = [
  [/^JSON\w*EachRow/i, 'application/x-ndjson; charset=UTF-8'],
  [/^JSON/i, 'application/json; charset=UTF-8'],
  [/^CSV/i, 'text/csv; charset=UTF-8; header=absent'],
  [/^(TSV|TabSeparated)/i, 'text/tab-separated-values; charset=UTF-8'],
  [/^(RowBinary|Native|Parquet|Arrow|Avro|ORC)/i, 'application/octet-stream'],
];

export async function sendAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  { payload, format, metrics }: Answer,
  compress: boolean,
): Promise<void> {
  response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('X-ClickHouse-Summary', summary(metrics));
  response.setHeader(
    'Content-Type',
    MEDIA_TYPES.find(([name]) => name.test(format))?.[1] ?? 'text/plain; charset=UTF-8',
  );
  const encoding = compress ? firstKnown(request.headers['accept-encoding']) : undefined;
  if (payload.size === 0 || encoding === undefined) {
    response.setHeader('Content-Length', payload.size);
    await pipeline(payload.open(), response);
    return;
  }
  response.setHeader('Content-Encoding', encoding);
  await pipeline(payload.open(), encoder(encoding), response);
}

export function sendException(
  response: ServerResponse,
  exception: ClickHouseException,
  version: string,
): void {
  const body = exception.toBody(version);
  response.writeHead(exception.status, {
    'Content-Type': 'text/plain; charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
    'X-ClickHouse-Exception-Code': exception.code,
  });
  response.end(body);
}

function summary(metrics: Metrics): string {
  const text = (value: number | undefined): string => String(value ?? 0);
  return JSON.stringify({
    read_rows: text(metrics.readRows),
    read_bytes: text(metrics.readBytes),
    written_rows: text(metrics.writtenRows),
    written_bytes: text(metrics.writtenBytes),
    total_rows_to_read: '0',
    result_rows: '0',
    result_bytes: '0',
    elapsed_ns: text(Math.round(metrics.elapsed * 1e9)),
  });
}

type Encoding = 'gzip' | 'br' | 'deflate';

function firstKnown(accepted: string | string[] | undefined): Encoding | undefined {
  const names = String(accepted ?? '').split(',');
  return names
    .map((name) => name.split(';')[0]?.trim())
    .find((name): name is Encoding => name === 'gzip' || name === 'br' || name === 'deflate');
}

function encoder(encoding: Encoding): Transform {
  switch (encoding) {
    case 'gzip':
      return createGzip();
    case 'br':
      return createBrotliCompress();
    case 'deflate':
      return createDeflate();
  }
}
