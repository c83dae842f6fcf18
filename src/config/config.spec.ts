import { inspect } from 'node:util';
import { ConfigError, loadConfig, loadProvisioningKeys } from '.';

const KEY = Buffer.alloc(32, 7).toString('base64');
const OLD = Buffer.alloc(32, 8).toString('base64');
const LEAST = { MASTER_KEY: KEY, TOKEN_KEY: KEY, BLOB_DIR: '/b', VIDEO_DIR: '/v' };

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
}

it('needs keys and directories, and is for production unless it says otherwise', () => {
  const config = loadConfig(LEAST);
  expect(config).toMatchObject({
    environment: 'production',
    temporal: { address: '127.0.0.1:7233', namespace: 'default' },
    clickhouse: { url: 'http://127.0.0.1:8123', database: 'vkyc' },
    api: { host: '127.0.0.1', port: 3000, publicUrl: 'http://127.0.0.1:3000' },
    workflowBundle: '',
    metricsAddress: '',
  });
  expect(Object.isFrozen(config)).toBe(true);
});

it('names everything that is missing or wrong at once', () => {
  expect([...problemsOf({})].sort()).toEqual([
    'BLOB_DIR is missing',
    'MASTER_KEY is missing',
    'TOKEN_KEY is missing',
    'VIDEO_DIR is missing',
  ]);
  const wrong = {
    ...LEAST,
    API_PORT: '70000',
    CLICKHOUSE_URL: 'file:///x',
    VKYC_ENV: 'test',
    TOKEN_KEY: 'c2hvcnQ=',
    METRICS_ADDRESS: '9464',
  };
  expect([...problemsOf(wrong)].sort()).toEqual([
    'API_PORT is not a port',
    'CLICKHOUSE_URL is not an http(s) address',
    'METRICS_ADDRESS is not host:port',
    'TOKEN_KEY is not 32 bytes in base64',
    'VKYC_ENV is not one of development, production',
  ]);
});

it.each(['1.5', '-1', 'x', '0x', '65536'])('takes no port like %s', (port) => {
  expect(problemsOf({ ...LEAST, API_PORT: port })).toEqual(['API_PORT is not a port']);
});

it('never says a value', () => {
  const secret = 'a-secret-that-is-no-key';
  const message = ((): string => {
    try {
      loadConfig({ ...LEAST, MASTER_KEY: secret, TOKEN_KEY: secret, CLICKHOUSE_URL: secret });
      return '';
    } catch (error) {
      return String(error);
    }
  })();
  expect(message).toContain('MASTER_KEY');
  expect(message).not.toContain(secret);
});

it('names master keys by their content, so that their order may change', () => {
  const [now, before] = loadConfig({ ...LEAST, MASTER_KEY: `${KEY},${OLD}` }).masterKeys;
  const [after, old] = loadConfig({ ...LEAST, MASTER_KEY: `${OLD},${KEY}` }).masterKeys;
  expect(now.id).toBe(old?.id);
  expect(after.id).toBe(before?.id);
  expect(now.id).not.toBe(after.id);
});

describe('video', () => {
  const HUNDREDMS = {
    ...LEAST,
    VIDEO_PROVIDER: 'hundredms',
    HUNDREDMS_ACCESS_KEY: 'access',
    HUNDREDMS_APP_SECRET: 'app-secret',
    HUNDREDMS_TEMPLATES: 'demo-bank=66112497abcd523125560000,*=66112497abcd523125560001',
  };

  it('is local unless it says otherwise, and then needs no account', () => {
    const config = loadConfig(LEAST);
    expect([config.videoProvider, config.videoDir]).toEqual(['local', '/v']);
    expect(config).not.toHaveProperty('hundredms');
  });

  it('expects a recording of every local call only when it is told to', () => {
    expect(loadConfig(LEAST).videoRecords).toBe(false);
    expect(loadConfig({ ...LEAST, VIDEO_EXPECT_RECORDING: 'yes' }).videoRecords).toBe(true);
    expect([...problemsOf({ ...LEAST, VIDEO_EXPECT_RECORDING: 'maybe' })]).toEqual([
      'VIDEO_EXPECT_RECORDING is not one of no, yes',
    ]);
  });

  it('by 100ms needs keys and a template for each organization, no directory', () => {
    const { VIDEO_DIR, ...env } = HUNDREDMS;
    expect(loadConfig(env).hundredms).toMatchObject({
      apiUrl: 'https://api.100ms.live/v2',
      accessKey: 'access',
      templates: { 'demo-bank': '66112497abcd523125560000', '*': '66112497abcd523125560001' },
    });
    expect([...problemsOf({ ...LEAST, VIDEO_DIR, VIDEO_PROVIDER: 'hundredms' })].sort()).toEqual([
      'HUNDREDMS_ACCESS_KEY is missing',
      'HUNDREDMS_APP_SECRET is missing',
      'HUNDREDMS_TEMPLATES is missing',
    ]);
  });

  it.each(['66112497abcd523125560000', 'demo-bank=abc', 'Demo=66112497abcd523125560000', 'a=b=c'])(
    'takes no templates like %s',
    (templates) => {
      expect(problemsOf({ ...HUNDREDMS, HUNDREDMS_TEMPLATES: templates })).toEqual([
        'HUNDREDMS_TEMPLATES is not a list of OUID=template id',
      ]);
    },
  );

  it('has calls recorded by the template, or on request with a page of ours', () => {
    const recording = (more: Record<string, string>) =>
      (({ recording: how, recorderUrl }) => [how, recorderUrl])(
        loadConfig({ ...HUNDREDMS, ...more }).hundredms ?? { recording: '', recorderUrl: '' },
      );
    expect(recording({})).toEqual(['auto', '']);
    const onRequest = { HUNDREDMS_RECORDING: 'on-request' };
    expect(recording(onRequest)).toEqual(['on-request', '']);
    const page = { HUNDREDMS_RECORDER_URL: 'https://kyc.example/recorder' };
    expect(recording({ ...onRequest, ...page })).toEqual([
      'on-request',
      'https://kyc.example/recorder',
    ]);
    expect(
      problemsOf({ ...HUNDREDMS, HUNDREDMS_RECORDING: 'yes', HUNDREDMS_RECORDER_URL: 'recorder' }),
    ).toEqual([
      'HUNDREDMS_RECORDING is not one of auto, on-request',
      'HUNDREDMS_RECORDER_URL is not an http(s) address',
    ]);
  });

  it('prints no app secret', () => {
    expect(inspect(loadConfig(HUNDREDMS), { depth: 9 })).not.toContain('app-secret');
    expect(JSON.stringify(loadConfig(HUNDREDMS))).not.toContain('app-secret');
  });

  it('takes keys alone where only the template is set up', () => {
    const { VIDEO_PROVIDER, HUNDREDMS_TEMPLATES, ...env } = HUNDREDMS;
    expect(VIDEO_PROVIDER + HUNDREDMS_TEMPLATES).toContain('hundredms');
    const bucket = { HUNDREDMS_BUCKET_KEY: 'k', HUNDREDMS_BUCKET_SECRET: 's' };
    expect(loadProvisioningKeys({ ...env, ...bucket })).toMatchObject({
      accessKey: 'access',
      bucketKey: 'k',
    });
    expect(() => loadProvisioningKeys(env)).toThrow(ConfigError);
  });
});
