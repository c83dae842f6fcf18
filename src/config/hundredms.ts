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
}

/** What `npm run video:provision` reads beside its flags. */
export interface ProvisioningKeys extends HundredMsKeys {
  readonly bucketKey: string;
  readonly bucketSecret: Uint8Array;
}

const TEMPLATE_ID = /^[0-9a-f]{24}$/;

export function readHundredMs(read: Reader): HundredMsSettings {
  return { ...readKeys(read), templates: templatesIn(read, read.text('HUNDREDMS_TEMPLATES')) };
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
