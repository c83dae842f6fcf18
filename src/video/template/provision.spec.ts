import { type Emulator, startEmulator } from '../../../test/emulator/emulator';
import { HundredMsClient } from '../hundredms/client';
import { HundredMsTemplates } from '../hundredms/templates';
import { type TemplateChoices, VIDEO_ALWAYS_ENABLED_AT } from './choices';
import { requiredSettings } from './guide';
import { valueAt } from './json';
import { provisionTemplate } from './provision';

const CHOICES: TemplateChoices = {
  ouid: 'demo-bank',
  agentVideo: true,
  autoStart: true,
  recording: 'composite',
  region: 'in',
  bucket: { type: 's3', location: 'bucket', prefix: 'calls', region: 'ap-south-1' },
  videoAlwaysEnabledAt: VIDEO_ALWAYS_ENABLED_AT,
};
const OTHERS: TemplateChoices = {
  ...CHOICES,
  agentVideo: false,
  recording: 'sfu',
  region: 'eu',
  bucket: { type: 'gs', location: 'other', prefix: 'p/q', region: 'eu-1' },
  videoAlwaysEnabledAt: 'settings.video.videoAlwaysEnabled',
};
const CREDENTIALS = { key: 'bucket-key', secret: 'bucket-secret' };
const WRITES = ['POST /templates', 'POST /templates/:id', 'POST /templates/:id/recordings'];

let emulator: Emulator;
let templates: HundredMsTemplates;

const provision = (choices = CHOICES) => provisionTemplate(templates, choices, CREDENTIALS);
const writes = () => emulator.calls.filter(({ call }) => WRITES.includes(call));
/** The bodies of one writing, as one object. */
const sent = () => ({ ...(writes()[0]?.body as object), recordings: writes()[1]?.body });

beforeEach(async () => {
  emulator = await startEmulator();
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  templates = new HundredMsTemplates(new HundredMsClient(keys, { timeoutMs: 1_500 }));
});
afterEach(() => emulator.close());

describe.each([
  ['as the product has it', CHOICES],
  ['with the other choices', OTHERS],
  ['recorded when our server says so', { ...CHOICES, autoStart: false }],
])('the guide, %s', (_, choices) => {
  const rows = requiredSettings(choices);

  it('is written and read back: every setting in its field', async () => {
    const { templateId, done, left } = await provision(choices);
    expect([done, left]).toEqual(['CREATED', []]);
    const read = await templates.read(templateId);
    for (const { setting, field, value } of rows) {
      expect([setting, valueAt(sent(), field)]).toEqual([setting, value]);
      // What is false may be left out of an answer.
      expect([setting, valueAt(read, field) ?? false]).toEqual([setting, value]);
    }
  });

  it.each(rows)('misses it when it is not kept: $setting ($field)', async ({ setting, field }) => {
    emulator.habits.keepsAs.set(field, 'another value');
    const { left } = await provision(choices);
    expect(left.map((difference) => difference.setting)).toContain(setting);
    emulator.habits.keepsAs.clear();
    const { done, mended } = await provision(choices);
    expect([done, mended.map((difference) => difference.setting)]).toEqual([
      'UPDATED',
      left.map((difference) => difference.setting),
    ]);
  });
});

it('writes nothing when everything is as declared', async () => {
  const { templateId } = await provision();
  emulator.calls.length = 0;
  expect(await provision()).toMatchObject({ templateId, done: 'UNCHANGED', left: [] });
  expect(writes()).toEqual([]);
});

it('finds its template on whatever page of the list', async () => {
  const { templateId } = await provision();
  const template = emulator.workspace.template(templateId);
  emulator.workspace.templates.clear();
  for (let i = 0; i < 130; i += 1) {
    const id = i.toString(16).padStart(24, '0');
    emulator.workspace.templates.set(id, { ...template, id, body: { name: `other ${i}` } });
  }
  emulator.workspace.templates.set(templateId, template);
  expect(await provision()).toMatchObject({ templateId, done: 'UNCHANGED' });
});

it('sees that videoAlwaysEnabled was dropped, and can do without it when told', async () => {
  emulator.habits.keepsVideoAlwaysEnabled = false;
  const { left } = await provision();
  expect(left.map(({ field, setting }) => [field, setting !== undefined])).toEqual([
    [VIDEO_ALWAYS_ENABLED_AT, true],
  ]);
  const without = { ...CHOICES, videoAlwaysEnabledAt: undefined };
  expect(await provision(without)).toMatchObject({ done: 'UNCHANGED', left: [] });
});

it('takes away what somebody added at the dashboard', async () => {
  const { templateId } = await provision();
  const roles = emulator.workspace.template(templateId).body['roles'] as Record<string, object>;
  roles['guest'] = { name: 'guest', permissions: {} };
  const { done, mended, left } = await provision();
  expect([done, left]).toEqual(['UPDATED', []]);
  expect(mended.map(({ field }) => field)).toEqual(['roles.guest']);
});

it('writes a new credential of the bucket, and shows neither', async () => {
  await provision();
  const next = { key: 'bucket-key', secret: 'rotated' };
  const { mended, left } = await provisionTemplate(templates, CHOICES, next);
  expect([mended.map(({ field }) => field), left]).toEqual([
    ['settings.recording.upload.credentials.secretKey'],
    [],
  ]);
  expect(JSON.stringify(mended)).not.toMatch(/bucket-secret|rotated/);
});

it.each(
  WRITES.flatMap((call) =>
    (['drop-after', 'hang-after', 'twice'] as const).map((kind) => [call, kind] as const),
  ),
)('is not made twice by a lost answer: %s %s', async (call, kind) => {
  if (call === 'POST /templates/:id') await provision({ ...CHOICES, region: 'us' });
  emulator.calls.length = 0;
  emulator.faults.add(call, { kind });
  expect((await provision()).left).toEqual([]);
  expect(writes()).toHaveLength(2);
  expect(emulator.workspace.templates.size).toBe(1);
});

it('says what was refused', async () => {
  const bucket = { ...CHOICES.bucket, location: '' };
  await expect(provision({ ...CHOICES, bucket })).rejects.toThrow('400 bucket location missing');
});
