import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RecordLine } from '../record/record-line';
import { GoodClient } from './good-client';

let server: Server | undefined;
afterEach(async () => {
  await new Promise((done) => server?.close(done));
});

/** An API that answers by script, and a client of it with a record. */
async function clientOf(
  answers: readonly ((response: ServerResponse) => void)[],
): Promise<{ client: GoodClient; keys: unknown[]; lines: RecordLine[] }> {
  const keys: unknown[] = [];
  const lines: RecordLine[] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    request.resume();
    answers[keys.push(request.headers['idempotency-key']) - 1]?.(response);
  };
  server = createServer(answer);
  await new Promise<void>((done) => server?.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const surroundings = {
    apiUrl: `http://127.0.0.1:${port}`,
    recorder: { write: (line: RecordLine) => lines.push(line) },
    signal: new AbortController().signal,
    patienceMs: 1_000,
  };
  return {
    client: new GoodClient(surroundings, { type: 'AGENT', id: 'agent-1', token: 'secret' }),
    keys,
    lines,
  };
}

const says = (status: number, body: object) => (response: ServerResponse) => {
  response.writeHead(status, { connection: 'close' }).end(JSON.stringify(body));
};
const breaksOff = (response: ServerResponse): void => {
  response.destroy();
};
const decision = { command: 'makerDecision', path: '/decision', profileId: 'p' } as const;

it('repeats with the same key what may have been lost, and records the answer once', async () => {
  const answer = { profileId: 'p', seq: 9, status: 'REVIEW_PENDING', id: '' };
  const { client, keys, lines } = await clientOf([
    breaksOff,
    says(504, { code: 'OUTCOME_UNKNOWN' }),
    says(200, answer),
  ]);
  await expect(client.command(decision)).resolves.toEqual(answer);
  expect(keys).toEqual([keys[0], keys[0], keys[0]]);
  expect(lines).toEqual([
    expect.objectContaining({ kind: 'ack', key: keys[0], actorId: 'agent-1', ...answer }),
  ]);
  expect(JSON.stringify(lines)).not.toContain('secret');
});

it('does not repeat a refusal, and records its code', async () => {
  const { client, keys, lines } = await clientOf([says(409, { code: 'TASK_OPEN', detail: 'no' })]);
  await expect(client.command(decision)).rejects.toMatchObject({ code: 'TASK_OPEN' });
  expect(keys).toHaveLength(1);
  expect(lines).toEqual([expect.objectContaining({ kind: 'refused', code: 'TASK_OPEN' })]);
});

it('records that it does not know when it gives up', async () => {
  const { client, lines } = await clientOf(Array.from({ length: 20 }, () => breaksOff));
  await expect(client.command(decision)).rejects.toThrow(/was not answered within/);
  expect(lines).toEqual([expect.objectContaining({ kind: 'unknown', command: 'makerDecision' })]);
});
