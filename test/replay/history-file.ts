import { readFileSync } from 'node:fs';
import { temporal } from '@temporalio/proto';

const { History } = temporal.api.history.v1;
type History = temporal.api.history.v1.IHistory;

// The SDK's own historyToJSON asks for one copy of protobufjs among its packages, which npm does
// not promise; these are the static methods of the same message type.

/** A history as the JSON of its message: enums by name, bytes in base64, 64-bit numbers as text. */
export function toJson(history: History): Record<string, unknown> {
  return History.toObject(History.fromObject(history), {
    enums: String,
    bytes: String,
    longs: String,
  });
}

export interface RecordedHistory {
  readonly text: string;
  readonly workflowId: string;
  readonly parsed: History;
}

export function readHistory(path: string): RecordedHistory {
  const text = readFileSync(path, 'utf8');
  const parsed = History.fromObject(JSON.parse(text) as Record<string, unknown>);
  const started = parsed.events[0]?.workflowExecutionStartedEventAttributes;
  return { text, parsed, workflowId: started?.workflowId ?? '' };
}
