import { inspect } from 'node:util';
import { decodeJwt } from 'jose';
import { type Emulator, startEmulator } from '../../../test/emulator/emulator';
import type * as ClientModule from './client';
import { HundredMsClient } from './client';
import { HundredMsError } from './error';

let emulator: Emulator;
let client: HundredMsClient;

function clientWith(options: { timeoutMs?: number; secrets?: string[] } = {}): HundredMsClient {
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  return new HundredMsClient(keys, { timeoutMs: 1_500, ...options });
}

async function errorOf(call: Promise<unknown>): Promise<HundredMsError> {
  const thrown: unknown = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof HundredMsError) return thrown;
  throw new Error(`not a HundredMsError: ${inspect(thrown)}`);
}

beforeEach(async () => {
  emulator = await startEmulator();
  client = clientWith();
});
afterEach(() => emulator.close());

it('signs each call anew, with a token that lives for minutes', async () => {
  expect(await client.get('/rooms')).toMatchObject({ limit: 10, data: null });
  const other = new HundredMsClient({
    apiUrl: emulator.url,
    accessKey: emulator.workspace.keys.accessKey,
    appSecret: Buffer.from('another'),
  });
  const refused = await errorOf(other.get('/rooms'));
  expect(refused).toMatchObject({ status: 401, outcome: 'NOT_EXECUTED' });
});

it('sends no token that has run out, at the moment when the package would', async () => {
  await client.get('/rooms');
  const later = Date.now() + 125_000;
  const now = jest.spyOn(Date, 'now').mockReturnValue(later);
  expect(await client.get('/rooms')).toMatchObject({ limit: 10 });
  now.mockRestore();
});

it('keeps status, code, details, request id and the wish to be left alone', async () => {
  const body = { code: 4290, message: 'too many', details: ['rooms'] };
  const headers = { 'retry-after': '7', 'x-request-id': 'r-1' };
  emulator.faults.add('GET /rooms', { kind: 'answer', status: 429, body, headers });
  const error = await errorOf(client.get('/rooms'));
  expect(error).toBeInstanceOf(Error);
  expect(error).toMatchObject({
    message: 'GET /rooms: 429 too many',
    status: 429,
    code: 4290,
    details: ['rooms'],
    retryAfterMs: 7000,
    requestId: 'r-1',
    outcome: 'NOT_EXECUTED',
  });
});

it('finds the delay in the message, where 100ms writes it', async () => {
  const body = { code: 429, message: 'rate limit exceeded, retry after 45 seconds' };
  emulator.faults.add('GET /rooms', { kind: 'answer', status: 429, body });
  expect((await errorOf(client.get('/rooms'))).retryAfterMs).toBe(45_000);
});

it.each([401, 403])('sends a call that is refused with %d once', async (status) => {
  emulator.faults.add('POST /rooms', { kind: 'answer', status, body: { code: status } });
  expect(await errorOf(client.post('/rooms', { name: 'a' }))).toMatchObject({ status });
  expect(emulator.calls).toHaveLength(1);
});

it.each([
  ['a page of a proxy', { kind: 'answer', status: 502, body: '<html>' }, { status: 502 }],
  [
    'a redirect',
    { kind: 'answer', status: 302, body: '', headers: { location: '/x' } },
    { status: 302 },
  ],
  ['a broken connection', { kind: 'drop' }, { status: undefined }],
  ['silence', { kind: 'hang' }, { status: undefined, message: 'POST /rooms: no answer in time' }],
  [
    'an answer without end',
    { kind: 'drip' },
    { status: undefined, message: 'POST /rooms: no answer in time' },
  ],
] as const)('calls the outcome unknown unless it was refused: %s', async (_, fault, error) => {
  client = clientWith({ timeoutMs: 100 });
  emulator.faults.add('POST /rooms', fault);
  const outcome = error.status === 302 ? 'NOT_EXECUTED' : 'UNKNOWN';
  expect(await errorOf(client.post('/rooms', {}))).toMatchObject({ ...error, outcome });
  expect(emulator.calls).toHaveLength(1);
});

it('knows that nothing was sent where nobody listens', async () => {
  await emulator.close();
  const error = await errorOf(client.post('/rooms', {}));
  expect(error).toMatchObject({ message: 'POST /rooms: ECONNREFUSED', outcome: 'NOT_EXECUTED' });
  emulator = await startEmulator();
});

it('encodes queries', async () => {
  const room = (await client.post('/rooms', { name: 'a' })) as { id: string };
  await client.post(`/rooms/${room.id}`, { enabled: false });
  expect(await client.get('/rooms', { name: 'a&enabled=false' })).toMatchObject({ data: null });
  expect(await client.get('/rooms', { name: 'a', enabled: 'false' })).toMatchObject({
    data: [{ name: 'a' }],
  });
});

describe('secrets', () => {
  const SECRET = 'bucket-secret-value';

  it('stand in no error, whatever the service echoes', async () => {
    client = clientWith({ secrets: [SECRET] });
    const { appSecret } = emulator.workspace.keys;
    const body = {
      message: `bad upload ${SECRET}`,
      details: [{ toString: SECRET }, SECRET, appSecret],
    };
    emulator.faults.add('POST /rooms', { kind: 'answer', status: 400, body });
    const error = await errorOf(client.post('/rooms', { recording_info: { key: SECRET } }));
    expect(error.details).toHaveLength(3);
    const all = inspect(error, { depth: 20, showHidden: true });
    for (const secret of [SECRET, appSecret, 'Bearer']) expect(all).not.toContain(secret);
  });

  it('are not shown by looking at the client', () => {
    const shown = inspect(client, { depth: 20, showHidden: true });
    expect(shown).not.toContain(emulator.workspace.keys.appSecret);
  });

  it('cannot be logged: the package says nothing, whatever happens', async () => {
    const prints = (['log', 'info', 'warn', 'error', 'debug', 'trace'] as const).map((name) =>
      jest.spyOn(console, name).mockImplementation(() => undefined),
    );
    emulator.faults.add('GET /rooms', { kind: 'answer', status: 500, body: { message: 'x' } });
    // Loaded anew, because its logger takes hold of the console when it is loaded.
    await jest.isolateModulesAsync(async () => {
      const fresh = jest.requireActual<typeof ClientModule>('./client');
      const { accessKey, appSecret } = emulator.workspace.keys;
      const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
      const again = new fresh.HundredMsClient(keys);
      await expect(again.get('/rooms')).rejects.toThrow('GET /rooms: 500 x');
      await again.get('/rooms');
    });
    for (const print of prints) {
      expect(print).not.toHaveBeenCalled();
      print.mockRestore();
    }
  });
});

it('makes join tokens with all that the service asks for, for one room, role and person', async () => {
  const now = Math.floor(Date.now() / 1000);
  const pass = { roomId: 'r', role: 'customer', userId: 'u', now, exp: now + 300 };
  const claims = decodeJwt(await client.roomToken(pass));
  expect(claims).toEqual({
    access_key: emulator.workspace.keys.accessKey,
    type: 'app',
    version: 2,
    room_id: 'r',
    role: 'customer',
    user_id: 'u',
    iat: now - 10,
    nbf: now - 10,
    exp: now + 300,
    jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
  expect(emulator.calls).toEqual([]);
});
