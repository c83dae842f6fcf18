import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { HundredMsClient } from '../../src/video/hundredms/client';
import { until } from './emulated-room';
import { parseOptions } from './options';
import { type Receiver, startReceiver } from './receiver';

const ROOT = join(__dirname, '../..');

let receiver: Receiver;
let emulator: ChildProcess;
let output = '';

beforeAll(async () => {
  receiver = await startReceiver();
  const flags = ['--webhook-url', receiver.url, '--webhook-header', 'X-Passcode: letmein'];
  const args = ['--require', './test/support/ts-require.js', 'test/emulator/main.ts', ...flags];
  emulator = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  emulator.stdout?.on('data', (text: Buffer) => (output += text.toString()));
  await until(() => output.includes('HUNDREDMS_APP_SECRET') || emulator.exitCode !== null);
});
afterAll(async () => {
  emulator.kill('SIGKILL');
  await receiver.close();
});

it('prints what a client needs, is called like the service, and ends when it is told to', async () => {
  const [, apiUrl = ''] = /^HUNDREDMS_API_URL=(.*)$/m.exec(output) ?? [];
  const [, accessKey = ''] = /^HUNDREDMS_ACCESS_KEY=(.*)$/m.exec(output) ?? [];
  const [, secret = ''] = /^HUNDREDMS_APP_SECRET=(.*)$/m.exec(output) ?? [];
  const client = new HundredMsClient({ apiUrl, accessKey, appSecret: Buffer.from(secret) });
  const made = async (path: string, body: object): Promise<string> =>
    ((await client.post(path, body)) as { id: string }).id;
  const template_id = await made('/templates', { name: 'k', roles: { agent: { name: 'agent' } } });
  const roomId = await made('/rooms', { name: 'r', template_id });
  const now = Math.floor(Date.now() / 1000);
  const pass = { roomId, role: 'agent', userId: 'u', now, exp: now + 60 };
  const peer = await made('/emulator/join', { token: await client.roomToken(pass) });
  await made(`/emulator/peers/${peer}/leave`, {});
  await until(() => receiver.received.length === 4);
  expect(receiver.received[0]?.headers['x-passcode']).toBe('letmein');
  await until(() => output.includes('webhook session.close.success: 200'));
  expect(output).toContain('POST /rooms: 200');
  expect(output).not.toContain('letmein');
  emulator.kill('SIGTERM');
  expect(await once(emulator, 'exit')).toEqual([0, null]);
});

it.each([
  [['--faults', '101'], '--faults takes a percentage'],
  [['--webhook-url', 'here'], '--webhook-url takes a URL'],
  [['--webhook-url', 'http://x', '--webhook-header', 'secret'], '--webhook-header takes'],
  [['--webhook-header', 'a: b'], '--webhook-url is missing'],
  [['--prot', '1'], "Unknown option '--prot'"],
])('refuses %j in one sentence', (args, sentence) => {
  expect(() => parseOptions(args)).toThrow(sentence);
});
