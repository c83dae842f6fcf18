import { OUID_PATTERN } from '../ports/blob-store';
import type { Reader } from './reader';

/** What a call of the 100ms API needs. */
export interface HundredMsKeys {
  readonly apiUrl: string;
  readonly accessKey: string;
  /** Signs everything: whoever holds it is administrator of the workspace. */
  readonly appSecret: Uint8Array;
}

export interface HundredMsSettings extends HundredMsKeys {
  /** Template id by OUID; `*` stands for every other organization. */
  readonly templates: Readonly<Record<string, string>>;
  /** By the template's auto-start, or begun by us when both are in the call. */
  readonly recording: 'auto' | 'on-request';
  /** The page that 100ms' recorder opens; '' = none, so nothing can be begun. */
  readonly recorderUrl: string;
  /** There when its webhooks are taken. */
  readonly webhooks?: WebhookSettings;
}

/** How a webhook of 100ms proves that it is one. */
export interface WebhookSettings {
  /** Part of the address: `POST /webhooks/100ms/<workspace>`. */
  readonly workspace: string;
  /** Name of the header, in small letters, that was given to the dashboard. */
  readonly header: string;
  /** One, or two while it is being changed. */
  readonly secrets: readonly Uint8Array[];
  /** Only in workspaces under HIPAA rules: the key of `x-100ms-signature`; empty = not asked for. */
  readonly signingSecret: Uint8Array;
}

/** What `npm run video:provision` reads beside its flags. */
export interface ProvisioningKeys extends HundredMsKeys {
  readonly bucketKey: string;
  readonly bucketSecret: Uint8Array;
}

const TEMPLATE_ID = /^[0-9a-f]{24}$/;

const WORKSPACE = /^[a-z0-9-]{1,40}$/;
const HEADER = /^[a-z][a-z0-9-]{2,60}$/;
/** Short ones can be guessed. */
const LEAST_SECRET = 24;

export function readHundredMs(read: Reader): HundredMsSettings {
  const templates = templatesIn(read, read.text('HUNDREDMS_TEMPLATES'));
  const webhooks = readWebhooks(read);
  const recording = read.oneOf('HUNDREDMS_RECORDING', ['auto', 'on-request'], 'auto');
  const page = read.optional('HUNDREDMS_RECORDER_URL');
  const recorderUrl = page === '' ? '' : read.url('HUNDREDMS_RECORDER_URL');
  return { ...readKeys(read), templates, recording, recorderUrl, ...(webhooks && { webhooks }) };
}

function readWebhooks(read: Reader): WebhookSettings | undefined {
  const secrets = read
    .optional('HUNDREDMS_WEBHOOK_SECRETS')
    .split(',')
    .filter((s) => s !== '');
  if (secrets.length === 0) return undefined;
  const workspace = read.text('HUNDREDMS_WORKSPACE', 'main');
  const header = read.text('HUNDREDMS_WEBHOOK_HEADER', 'x-vkyc-webhook').toLowerCase();
  if (!WORKSPACE.test(workspace)) read.problems.push('HUNDREDMS_WORKSPACE is not a word');
  if (!HEADER.test(header)) read.problems.push('HUNDREDMS_WEBHOOK_HEADER is no name of a header');
  if (secrets.length > 2 || secrets.some((s) => s.length < LEAST_SECRET)) {
    read.problems.push(
      `HUNDREDMS_WEBHOOK_SECRETS is not one or two of at least ${LEAST_SECRET} characters`,
    );
  }
  return {
    workspace,
    header,
    secrets: secrets.map((s) => new Uint8Array(Buffer.from(s))),
    signingSecret: new Uint8Array(Buffer.from(read.optional('HUNDREDMS_WEBHOOK_SIGNING_SECRET'))),
  };
}

export function readProvisioningKeys(read: Reader): ProvisioningKeys {
  return {
    ...readKeys(read),
    bucketKey: read.text('HUNDREDMS_BUCKET_KEY'),
    bucketSecret: read.secret('HUNDREDMS_BUCKET_SECRET'),
  };
}

function readKeys(read: Reader): HundredMsKeys {
  return {
    apiUrl: read.url('HUNDREDMS_API_URL', 'https://api.100ms.live/v2'),
    accessKey: read.text('HUNDREDMS_ACCESS_KEY'),
    appSecret: read.secret('HUNDREDMS_APP_SECRET'),
  };
}

/** `demo-bank=<id>,*=<id>`. */
function templatesIn(read: Reader, text: string): HundredMsSettings['templates'] {
  if (text === '') return {};
  const pairs = text.split(',').map((pair) => pair.trim().split('='));
  const good = pairs.every(
    ([ouid = '', id = '', ...more]) =>
      more.length === 0 && (ouid === '*' || OUID_PATTERN.test(ouid)) && TEMPLATE_ID.test(id),
  );
  if (!good) read.problems.push('HUNDREDMS_TEMPLATES is not a list of OUID=template id');
  return Object.fromEntries(pairs.map(([ouid = '', id = '']) => [ouid, id]));
}
