import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { shellLine } from './signal-command';
import { tokenCommand } from './token-command';

const PROFILE = '11111111-2222-5333-8444-555555555555';
const ISSUED = { token: 'a.b.c', expiresAt: '2026-03-02T04:40:00.000Z', remarkRef: '' };

let server: Server;
let api: string;
let answers: [number, object | string][];
let asked: { path: string; authorization: string | undefined; body: unknown }[];
beforeEach(async () => {
  answers = [];
  asked = [];
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (data: Buffer) => (body += data.toString()));
    request.on('end', () => {
      const { authorization } = request.headers;
      asked.push({ path: request.url ?? '', authorization, body: JSON.parse(body) });
      const [status, answer] = answers.shift() ?? [500, ''];
      response.statusCode = status;
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => stop());

async function stop(): Promise<void> {
  server.closeAllConnections();
  if (server.listening) await new Promise((done) => server.close(done));
}

async function run(args: readonly string[], env: Record<string, string> = {}) {
  const out: string[] = [];
  const told: string[] = [];
  await tokenCommand(['--profile', PROFILE, '--api', api, ...args], {
    env,
    platform: 'linux',
    home: '/nowhere',
    out: (line) => out.push(line),
    tell: (line) => told.push(line),
  });
  return { out, told };
}

it('prints the token alone, and beside it the command that uses it', async () => {
  answers = [
    [201, { token: 'of-a-person' }],
    [201, { ...ISSUED, remarkRef: 'remarks/1' }],
  ];
  const { out, told } = await run(['--as', 'reviewer:r-1', '--ouid', 'bank-1', '--remark', 'well']);
  expect(out).toEqual(['a.b.c']);
  expect(asked).toEqual([
    {
      path: '/dev/tokens',
      authorization: undefined,
      body: { ouid: 'bank-1', role: 'REVIEWER', sub: 'r-1' },
    },
    {
      path: `/v1/profiles/${PROFILE}/decision-tokens`,
      authorization: 'Bearer of-a-person',
      body: { signal: 'checkerDecision', remark: 'well' },
    },
  ]);
  expect(told).toContain(
    `temporal workflow signal --address 127.0.0.1:7233 --workflow-id profile/${PROFILE} ` +
      `--name checkerDecision --input '{"token":"a.b.c","decision":"APPROVED","remarkRef":"remarks/1"}'`,
  );
});

it('asks as the client with his key alone, and gives everything as JSON when told to', async () => {
  answers = [[201, ISSUED]];
  const env = { TEMPORAL_ADDRESS: 'temporal:1', TEMPORAL_NAMESPACE: 'kyc' };
  const { out } = await run(['--as', 'client', '--key', 'vk_1', '--json'], env);
  expect(asked.map(({ authorization }) => authorization)).toEqual(['Bearer vk_1']);
  const input = '{"token":"a.b.c","cancelReason":"CUSTOMER_WITHDREW"}';
  expect(JSON.parse(out.join(''))).toEqual({
    ...ISSUED,
    command: [
      ...['temporal', 'workflow', 'signal', '--address', 'temporal:1', '--namespace', 'kyc'],
      ...['--workflow-id', `profile/${PROFILE}`, '--name', 'cancel', '--input', input],
    ],
  });
});

const STAFF: [number, object] = [201, { token: 'of-a-person' }];
it.each<[string, [number, object | string][], RegExp]>([
  ['no API', [[200, '<html>']], /^What answers at \S+ is not the API of this product\.$/],
  ['production', [[404, { code: 'NOT_FOUND' }]], /has no development issuer/],
  ['a strange OUID', [[422, { code: 'FIELD_INVALID', detail: 'x' }]], /422 FIELD_INVALID: x\.$/],
  ['a stranger', [STAFF, [401, { code: 'CREDENTIAL_INVALID' }]], /^There is no agent a-1 in the/],
  ['no profile', [STAFF, [404, { code: 'PROFILE_UNKNOWN' }]], /^There is no profile 11111111-/],
  ['out of turn', [STAFF, [403, { code: 'NOT_ASSIGNED' }]], /^It is not the turn of agent a-1: /],
  ['a bad time', [STAFF, [503, { code: 'X', detail: 'later' }]], /no token: 503 X: later\.$/],
])('says in one sentence what is wrong: %s', async (_case, given, sentence) => {
  answers = given;
  await expect(run(['--as', 'agent:a-1'])).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(sentence) as string,
  });
});

it('says that the product does not run', async () => {
  await stop();
  await expect(run(['--as', 'agent:a-1'])).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/^Nothing answers at \S+ \(.*ECONNREFUSED.*npm start/) as string,
  });
});

it('shows a command that a shell takes word for word', () => {
  const words = ['/a b/c', `it's "so"`, '$HOME', '--x=1', '', '{"a":"b"}'];
  const script = `for word in ${shellLine(words)}; do printf '%s\\n' "$word"; done`;
  expect(execFileSync('sh', ['-c', script], { encoding: 'utf8' })).toBe(`${words.join('\n')}\n`);
});
