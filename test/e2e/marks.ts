import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import { select, type LogClient } from '../../clickhouse/client';
import type { Stack } from '../support/stack';

/** A mark as it may lie somewhere: plain, escaped, in base64 at any offset, in hex. */
function formsOf(mark: string): readonly string[] {
  const base64 = ['', 'x', 'xy'].map((before) => {
    const text = Buffer.from(before + mark).toString('base64');
    // The first and last letters also hold bits of the neighbours.
    return text.slice(before === '' ? 0 : 4, -4);
  });
  const forms = [
    mark,
    encodeURIComponent(mark),
    mark.replaceAll(' ', '+'),
    JSON.stringify(mark).slice(1, -1),
    Buffer.from(mark).toString('hex'),
  ];
  return [
    ...forms,
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
  ];
}

/** Which of the marks are in the bytes, in any form and case. */
export function marksIn(bytes: Buffer, marks: readonly string[]): string[] {
  const text = bytes.toString('latin1').toLowerCase();
  const latin1 = (form: string): string => Buffer.from(form).toString('latin1').toLowerCase();
  return marks.filter((mark) => formsOf(mark).some((form) => text.includes(latin1(form))));
}

/** Everything Temporal keeps of every workflow: payloads are in it as they are. */
export async function histories(stack: Stack): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for await (const { workflowId, runId } of stack.client.workflow.list()) {
    const handle = stack.client.workflow.getHandle(workflowId, runId);
    const [history, description] = await Promise.all([handle.fetchHistory(), handle.describe()]);
    const parts = [
      temporal.api.history.v1.History.encode(history).finish(),
      temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse.encode(
        description.raw,
      ).finish(),
    ];
    found.set(`workflow ${workflowId}`, Buffer.concat(parts));
  }
  return found;
}

/** Every row of every table. */
export async function tables(log: LogClient, database: string): Promise<Map<string, Buffer>> {
  const names = await select<{ name: string }>(
    log,
    `SELECT name FROM system.tables WHERE database = {database:String} AND engine NOT LIKE '%View'`,
    { database },
  );
  const found = new Map<string, Buffer>();
  for (const { name } of names) {
    const rows = await select<object>(log, `SELECT * FROM {name:Identifier}`, { name });
    found.set(`table ${name}`, Buffer.from(JSON.stringify(rows)));
  }
  return found;
}

export function files(directory: string): Map<string, Buffer> {
  const paths = readdirSync(directory, { recursive: true, encoding: 'utf8' });
  const regular = paths.filter((path) => statSync(join(directory, path)).isFile());
  return new Map(
    regular.map((path) => [
      `file ${path}`,
      Buffer.concat([Buffer.from(path), readFileSync(join(directory, path))]),
    ]),
  );
}

/** Where marks were found: one line each. */
export function leaks(places: ReadonlyMap<string, Buffer>, marks: readonly string[]): string[] {
  return [...places].flatMap(([place, bytes]) =>
    marksIn(bytes, marks).map((mark) => `${mark} in ${place}`),
  );
}
