import { STATUS_CODES } from 'node:http';
import { Catch, HttpException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import {
  QueryNotRegisteredError,
  QueryRejectedError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { Request, Response } from 'express';
import { BlobKeyError } from '../../src/ports/blob-store';
import { LogUnavailableError } from '../../clickhouse/errors';
import { UploadError, VaultError } from '../../src/blobs/vault-error';
import { VideoError } from '../../src/ports/video-provider';
import { apiLog } from './api-log';
import { Problem } from './problem';
import type { ProblemCode } from './problem-types';
import { requestIdOf } from './request-id';

/**
 * Temporal, or a workflow that is always there (a desk, an organization), does not answer: it is being
 * replayed after its worker's death, or somebody stopped it. A profile's are handled where it is asked.
 */
const UNREACHED = [
  ServiceError,
  QueryNotRegisteredError,
  QueryRejectedError,
  WorkflowNotFoundError,
] as const;

/** Every error leaves as application/problem+json; what we did not expect leaves as a bare 500. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const problem = toProblem(error);
    if (problem.status >= 500) {
      apiLog.error(
        { requestId: requestIdOf(request), code: problem.code, err: describe(error) },
        'request failed',
      );
    }
    // Headers are gone when a document broke off in the middle: only the connection can say so.
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { retryAfter, ...rest } = problem.extras;
    if (retryAfter !== undefined) response.setHeader('Retry-After', String(retryAfter));
    if (problem.status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    response
      .status(problem.status)
      .type('application/problem+json')
      .json({
        type: `urn:video-kyc:problem:${problem.code}`,
        title: STATUS_CODES[problem.status] ?? 'Error',
        status: problem.status,
        code: problem.code,
        detail: problem.detail,
        instance: request.path,
        requestId: requestIdOf(request),
        ...rest,
      });
  }
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof HttpException) return ofHttp(error);
  if (error instanceof UploadError) return ofUpload(error);
  if (error instanceof VaultError) return ofVault(error);
  if (error instanceof BlobKeyError) return new Problem('NOT_FOUND', 'there is no such document');
  if (error instanceof VideoError) return ofVideo(error);
  if (error instanceof LogUnavailableError) {
    return new Problem(
      'LOG_UNAVAILABLE',
      'the log cannot be asked at the moment',
      { retryAfter: 5 },
      { cause: error },
    );
  }
  if (UNREACHED.some((kind) => error instanceof kind)) {
    return new Problem(
      'TEMPORAL_UNAVAILABLE',
      'the journeys cannot be reached at the moment',
      { retryAfter: 2 },
      { cause: error },
    );
  }
  if (isBodyError(error)) return ofBody(error);
  return new Problem('INTERNAL', 'something went wrong on our side', {}, { cause: error });
}

function ofHttp(error: HttpException): Problem {
  const status = error.getStatus();
  const codes: Readonly<Record<number, ProblemCode>> = {
    400: 'BODY_NOT_READABLE',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    405: 'METHOD_NOT_ALLOWED',
    413: 'BODY_TOO_LARGE',
  };
  const code = codes[status] ?? 'INTERNAL';
  const detail =
    status === 404 ? 'there is nothing at this address' : 'the request cannot be served as it is';
  return new Problem(code, detail, {}, { cause: error });
}

function ofUpload(error: UploadError): Problem {
  switch (error.code) {
    case 'TOO_LARGE':
      return new Problem('BODY_TOO_LARGE', 'the file is larger than allowed');
    case 'EMPTY':
      return new Problem('UPLOAD_EMPTY', 'the file is empty');
    case 'TYPE_NOT_ALLOWED':
      return new Problem('MEDIA_TYPE_NOT_ALLOWED', 'the file is none of the allowed types');
    case 'ABORTED':
      return new Problem('UPLOAD_ABORTED', 'the upload broke off');
  }
}

function ofVault(error: VaultError): Problem {
  switch (error.code) {
    case 'KEY_DESTROYED':
      return new Problem('DETAILS_ERASED', 'the personal data of this profile were erased');
    case 'BLOB_MISSING':
    case 'KEY_MISSING':
      return new Problem('NOT_FOUND', 'there is no such document', {}, { cause: error });
    case 'TOO_LARGE':
      return new Problem('BODY_TOO_LARGE', 'the value is larger than allowed');
    case 'MASTER_KEY_UNKNOWN':
    case 'TAMPERED':
      return new Problem('INTERNAL', 'a stored value cannot be read', {}, { cause: error });
  }
}

function ofVideo(error: VideoError): Problem {
  switch (error.code) {
    case 'ROOM_LOCKED':
      return new Problem('CALL_NOT_OPEN', 'the call is over');
    case 'FILE_UNKNOWN':
      return new Problem('NOT_FOUND', 'the recording’s file is not where it was put');
    case 'ROOM_UNKNOWN':
      return new Problem('ROOM_NOT_READY', 'the room is not ready; try again in a moment', {
        retryAfter: 1,
      });
    default:
      return new Problem(
        'VIDEO_UNAVAILABLE',
        'the video service does not answer; repeat with the same Idempotency-Key',
        { retryAfter: Math.ceil((error.retryAfterMs ?? 1_000) / 1_000) },
        { cause: error },
      );
  }
}

/** What express and its body parser throw: http-errors that are the caller's, with or without a `type`. */
function isBodyError(error: unknown): error is Error & { status: number } {
  return (
    error instanceof Error &&
    'status' in error &&
    typeof error.status === 'number' &&
    error.status >= 400 &&
    error.status < 500
  );
}

function ofBody(error: Error & { status: number }): Problem {
  if (error.status === 413) return new Problem('BODY_TOO_LARGE', 'the body is larger than allowed');
  return new Problem('BODY_NOT_READABLE', 'the request or its body cannot be read');
}

/** For our own log: the kind of failure and where, never what a caller sent. */
function describe(error: unknown): { name: string; stack: string; cause?: string } {
  if (!(error instanceof Error)) return { name: typeof error, stack: '' };
  const stack = (error.stack ?? '').split('\n').slice(1, 12).join('\n');
  const cause =
    error.cause instanceof Error
      ? {
          cause: `${error.cause.name} ${(error.cause.stack ?? '').split('\n').slice(1, 4).join('\n')}`,
        }
      : {};
  return { name: error.name, stack, ...cause };
}
