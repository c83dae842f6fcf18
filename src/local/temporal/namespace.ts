import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time';
import { temporal } from '@temporalio/proto';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, StartError } from '../start-error';

const { IndexedValueType } = temporal.api.enums.v1;

/** Search attributes by name: the types the CLI and the operator service both know. */
export type SearchAttributes = Readonly<
  Record<string, 'Text' | 'Keyword' | 'Int' | 'Double' | 'Bool' | 'Datetime' | 'KeywordList'>
>;

const TYPES = {
  Text: IndexedValueType.INDEXED_VALUE_TYPE_TEXT,
  Keyword: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD,
  Int: IndexedValueType.INDEXED_VALUE_TYPE_INT,
  Double: IndexedValueType.INDEXED_VALUE_TYPE_DOUBLE,
  Bool: IndexedValueType.INDEXED_VALUE_TYPE_BOOL,
  Datetime: IndexedValueType.INDEXED_VALUE_TYPE_DATETIME,
  KeywordList: IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST,
} as const;

/** Waits until the namespace answers: right after a first start it is still being created. */
export async function waitForNamespace(
  connection: Connection,
  namespace: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await connection.workflowService.describeNamespace({ namespace });
      return;
    } catch (error) {
      if (!isGrpcServiceError(error)) throw error;
      await sleep(100, undefined, { signal });
    }
  }
}

/**
 * Sets how long closed runs are kept. The dev server has no flag for it and creates its namespaces
 * with 24 h, too short for looking at yesterday's journeys.
 */
export async function setRetention(
  connection: Connection,
  namespace: string,
  days: number,
): Promise<void> {
  await connection.workflowService.updateNamespace({
    namespace,
    config: { workflowExecutionRetentionTtl: msToTs(days * 24 * 3_600_000) },
  });
}

/**
 * Registers what is missing of `wanted`: on a server that is not ours; ours gets them as flags.
 * @throws StartError when one exists with another type, or may not be registered.
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  wanted: SearchAttributes,
): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  const missing: Record<string, temporal.api.enums.v1.IndexedValueType> = {};
  for (const [name, type] of Object.entries(wanted)) {
    const existing = customAttributes[name];
    if (existing === undefined) missing[name] = TYPES[type];
    else if (existing !== TYPES[type]) {
      throw new StartError(
        `The search attribute ${name} of namespace ${namespace} exists with another type than ${type}: rename or remove it there.`,
      );
    }
  }
  if (Object.keys(missing).length === 0) return;
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: missing });
  } catch (error) {
    throw new StartError(
      `The search attributes ${Object.keys(missing).join(', ')} could not be registered in namespace ${namespace}: ${messageOf(error)}.`,
    );
  }
}
