import { type Emulator, startEmulator } from '../../test/emulator/emulator';
import { StartError } from '../local/start-error';
import { parseProvisionOptions } from './options';
import { provisionCommand } from './provision-command';

const FLAGS = [
  '--ouid',
  'demo-bank',
  '--bucket',
  's3://bucket/calls',
  '--bucket-region',
  'ap-south-1',
];

let emulator: Emulator;
let lines: string[];

function run(...flags: string[]): Promise<boolean> {
  lines = [];
  const { accessKey, appSecret } = emulator.workspace.keys;
  const env = {
    HUNDREDMS_API_URL: emulator.url,
    HUNDREDMS_ACCESS_KEY: accessKey,
    HUNDREDMS_APP_SECRET: appSecret,
    HUNDREDMS_BUCKET_KEY: 'bucket-key',
    HUNDREDMS_BUCKET_SECRET: 'bucket-secret',
  };
  return provisionCommand([...FLAGS, ...flags], { env, out: (line) => lines.push(line) });
}

beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

it('says what it did, what deviates from the guide and why, and what nobody can verify', async () => {
  expect(await run()).toBe(true);
  const [id = ''] = emulator.workspace.templates.keys();
  expect(lines[0]).toBe(`template video-kyc-demo-bank: created, id ${id}`);
  expect(lines.at(-1)).toContain(`HUNDREDMS_TEMPLATES=demo-bank=${id}`);
  const text = lines.join('\n');
  for (const word of [
    'Not verified',
    'videoAlwaysEnabled',
    'Other than in 100ms’ guide',
    'places for the customer',
  ]) {
    expect(text).toContain(word);
  }
  expect(text).not.toMatch(/bucket-key|bucket-secret/);
  expect(await run()).toBe(true);
  expect(lines[0]).toContain('unchanged');
});

it('fails when a required setting was dropped, and names it', async () => {
  emulator.habits.keepsVideoAlwaysEnabled = false;
  expect(await run()).toBe(false);
  expect(lines).toContain('REQUIRED, BUT NOT SO:');
  expect(lines.at(-1)).toContain('1 required settings');
  expect(await run('--video-always-enabled', 'off')).toBe(true);
});

it('does not fail for what a call can do without', async () => {
  emulator.habits.keepsAs.set('roles.agent.priority', 3);
  expect(await run()).toBe(true);
  expect(lines).toContain('  roles.agent.priority: 1 wanted, 3 read');
});

it('names the keys that are missing, and none of their values', async () => {
  const env = { HUNDREDMS_ACCESS_KEY: 'a-key' };
  const failed = provisionCommand(FLAGS, { env, out: () => undefined });
  await expect(failed).rejects.toThrow('HUNDREDMS_BUCKET_SECRET is missing');
  await expect(failed).rejects.not.toThrow('a-key');
});

it.each([
  [['--ouid', 'A']],
  [['--bucket', 'bucket/calls']],
  [['--bucket', 's3://bucket']],
  [['--region', 'mars']],
  [['--agent-video', 'maybe']],
  [['--video-always-enabled', 'roles.__proto__.x']],
  [['--recording', 'none']],
  [['--bucket-secret', 'x']],
])('refuses %j', (wrong) => {
  expect(() => parseProvisionOptions([...FLAGS, ...wrong])).toThrow(StartError);
});
