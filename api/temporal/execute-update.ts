import { setTimeout as sleep } from 'node:timers/promises';
import {
  isGrpcServiceError,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
  type Client,
} from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { REFUSAL_FAILURE } from '../../src/domain/refusal';
import { Problem } from '../common/problem';
import { isProblemCode } from '../common/problem-types';

/** How long one try may take, and all of them together; then the outcome is unknown, ms. */
const TRY_MS = 5_000;
const ALL_MS = 12_000;
/**
 * gRPC statuses after which the outcome is unknown or nothing happened yet: the same id is repeated.
 * 9 (FAILED_PRECONDITION) is what an update gets that meets a continue-as-new (seen on 1.29.1).
 */
const REPEATABLE = new Set([1, 4, 8, 9, 10, 13, 14]);

/** How long a workflow that never ends may seem not to be there, ms: while it continues as new. */
const LOST_MS = 2_000;

export interface UpdateCall {
  readonly workflowId: string;
  readonly update: string;
  readonly updateId: string;
  readonly argument: unknown;
  /** It never ends (a desk): when it is not found, it is looked for again. */
  readonly lasting?: boolean;
}

/**
 * Executes an update as a good caller does: repeats it with the same id while the outcome is
 * unknown, so that it has one effect, and says so when it stays unknown.
 *
 * @throws Problem of the refusal's code; OUTCOME_UNKNOWN
 * @throws WorkflowNotFoundError when there is no such run, or it has ended without this update
 */
export async function executeUpdate<T>(client: Client, call: UpdateCall): Promise<T> {
  const handle = client.workflow.getHandle(call.workflowId);
  const began = Date.now();
  const end = began + ALL_MS;
  for (let wait = 100; ; wait = Math.min(wait * 2, 2_000)) {
    try {
      return await client.withDeadline(Date.now() + TRY_MS, () =>
        handle.executeUpdate<T, [unknown]>(call.update, {
          args: [call.argument],
          updateId: call.updateId,
        }),
      );
    } catch (error) {
      if (error instanceof WorkflowUpdateFailedError && !isUnprocessed(error)) throw refusal(error);
      const lost = error instanceof WorkflowNotFoundError;
      if (lost && !call.lasting) return await earlierAnswer(client, call, error);
      if (!(lost ? Date.now() < began + LOST_MS : isRepeatable(error))) throw error;
      if (Date.now() + wait > end) {
        const detail =
          'it is not known whether this took effect; repeat it with the same Idempotency-Key';
        throw new Problem('OUTCOME_UNKNOWN', detail, { retryAfter: 1 }, { cause: error });
      }
      await sleep(wait);
    }
  }
}

/** The run has ended: a command it took before that still has its answer. */
async function earlierAnswer<T>(
  client: Client,
  call: UpdateCall,
  ended: WorkflowNotFoundError,
): Promise<T> {
  const handle = client.workflow.getHandle(call.workflowId);
  try {
    return await client.withDeadline(Date.now() + TRY_MS, () =>
      handle.getUpdateHandle<T>(call.updateId).result(),
    );
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) throw refusal(error);
    if (isGrpcServiceError(error) && !REPEATABLE.has(error.code)) throw ended;
    if (error instanceof WorkflowNotFoundError) throw ended;
    throw error;
  }
}

export function isRepeatable(error: unknown): boolean {
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return true;
  if (error instanceof WorkflowUpdateFailedError) return isUnprocessed(error);
  const cause = error instanceof Error && isGrpcServiceError(error.cause) ? error.cause : error;
  return isGrpcServiceError(cause) && REPEATABLE.has(cause.code);
}

/** The server's word for a workflow task that ended without a look at the update: nothing happened. */
function isUnprocessed({ cause }: WorkflowUpdateFailedError): boolean {
  return cause instanceof ApplicationFailure && cause.type === 'UnprocessedUpdate';
}

function refusal(error: WorkflowUpdateFailedError): Error {
  const { cause } = error;
  if (!(cause instanceof ApplicationFailure) || cause.type !== REFUSAL_FAILURE) return error;
  const [code, detail] = (cause.details ?? []).map(String);
  if (code === undefined || !isProblemCode(code)) return error;
  return new Problem(code, detail ?? '');
}
