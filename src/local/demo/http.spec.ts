import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiClient, ApiProblem } from './http';

let server: Server;
let url: string;
let answers: [number, object | string][];
let seen: IncomingMessage[];
beforeEach(async () => {
  answers = [];
  seen = [];
  server = createServer((request, response) => {
    seen.push(request);
    const [status, body] = answers.shift() ?? [200, { ok: true }];
    response.statusCode = status;
    // 0: the connection breaks without an answer.
    if (status === 0) request.socket.destroy();
    else response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

it('repeats what may have failed on the way, with the same key', async () => {
  answers = [
    [0, ''],
    [503, { code: 'TEMPORAL_UNAVAILABLE' }],
    [409, { code: 'ROOM_NOT_READY' }],
    [200, { id: 'x' }],
  ];
  await expect(new ApiClient(url, 'token').post('/a', { b: 1 })).resolves.toEqual({ id: 'x' });
  expect(seen).toHaveLength(4);
  expect(new Set(seen.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(seen.every(({ headers }) => headers.authorization === 'Bearer token')).toBe(true);
});

it('repeats no refusal', async () => {
  answers = [[409, { code: 'WRONG_STATUS', detail: 'the profile is QUEUED' }]];
  await expect(new ApiClient(url).get('/a')).rejects.toEqual(
    new ApiProblem(409, 'WRONG_STATUS', 'the profile is QUEUED'),
  );
  expect(seen).toHaveLength(1);
});

it('says when an answer is no problem document', async () => {
  answers = [[404, '<html>']];
  await expect(new ApiClient(url).get('/a')).rejects.toMatchObject({ code: 'NO_PROBLEM_DOCUMENT' });
});

it('gives up when it is told to', async () => {
  const stop = new AbortController();
  stop.abort();
  await expect(new ApiClient(url, '', stop.signal).get('/a')).rejects.toThrow(/abort/i);
  expect(seen).toHaveLength(0);
});
