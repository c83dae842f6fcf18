import { provisionCommand } from '../../src/video-provision/provision-command';
import { type Emulator, startEmulator } from '../emulator/emulator';
import { startStack, type Stack } from './stack';

export const WEBHOOK_SECRET = 'a-secret-of-some-24-letters';
/** Of an API at this address. */
export const webhooksAt = (apiUrl: string): string => `${apiUrl}/webhooks/100ms/main`;
export const WEBHOOK_HEADERS = { 'x-vkyc-webhook': WEBHOOK_SECRET };

/** The whole product with its calls at an emulated 100ms: template provisioned, webhooks sent to the API. */
export interface HundredMsStack {
  readonly emulator: Emulator;
  readonly stack: Stack;
  stop(): Promise<void>;
}

/** `flags` for its template, `env` for its processes. */
export async function startHundredMsStack(
  ouid: string,
  {
    seed = 1,
    flags = [],
    env = {},
  }: {
    readonly seed?: number;
    readonly flags?: readonly string[];
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<HundredMsStack> {
  const emulator = await startEmulator({ seed });
  const keys = {
    HUNDREDMS_API_URL: emulator.url,
    HUNDREDMS_ACCESS_KEY: emulator.workspace.keys.accessKey,
    HUNDREDMS_APP_SECRET: emulator.workspace.keys.appSecret,
  };
  const bucket = { HUNDREDMS_BUCKET_KEY: 'k', HUNDREDMS_BUCKET_SECRET: 's' };
  const choices = ['--ouid', ouid, '--bucket', 's3://b/p', '--bucket-region', 'ap-south-1'];
  await provisionCommand([...choices, ...flags], {
    env: { ...keys, ...bucket },
    out: () => undefined,
  });
  const [templateId = ''] = emulator.workspace.templates.keys();
  const stack = await startStack({
    env: {
      ...keys,
      VIDEO_PROVIDER: 'hundredms',
      HUNDREDMS_TEMPLATES: `${ouid}=${templateId}`,
      HUNDREDMS_WEBHOOK_SECRETS: `${WEBHOOK_SECRET},another-secret-of-24-letters`,
      ...env,
    },
  });
  emulator.webhooks.timeScale = 0.2;
  emulator.webhooks.sendTo({ url: webhooksAt(stack.url), headers: WEBHOOK_HEADERS });
  return {
    emulator,
    stack,
    stop: async () => {
      await stack.stop();
      await emulator.close();
    },
  };
}
