import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { ClickHouseException } from './errors';

/** The request's bytes, unpacked. @throws 229 beyond `limit` bytes, 271 when they cannot be unpacked. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of unpacked(request) as AsyncIterable<Buffer>) {
      size += chunk.length;
      // Read on to the end: a client that is still sending does not listen yet.
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch (error) {
    if (error instanceof ClickHouseException) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw new ClickHouseException(271, 'CANNOT_DECOMPRESS', `Cannot read the body: ${why}.`, {
      cause: error,
    });
  }
  if (size > limit) {
    const message = `The body has ${size} bytes, the embedded server takes ${limit}.`;
    throw new ClickHouseException(229, 'QUERY_IS_TOO_LARGE', message);
  }
  return Buffer.concat(chunks);
}

function unpacked(request: IncomingMessage): Readable {
  const encoding = request.headers['content-encoding'] ?? 'identity';
  if (encoding === 'identity') return request;
  const decoder = decoderFor(encoding);
  // The error reaches the reader through the decoder, which the pipeline destroys with it.
  return pipeline(request, decoder, () => undefined);
}

function decoderFor(encoding: string): Transform {
  switch (encoding) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      throw new ClickHouseException(
        89,
        'UNKNOWN_COMPRESSION_METHOD',
        `Unknown compression method ${encoding}; the embedded server takes gzip, br, deflate.`,
      );
  }
}
