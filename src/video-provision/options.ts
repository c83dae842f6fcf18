import { Flags } from '../local/flags';
import { OUID_PATTERN } from '../ports/blob-store';
import { type TemplateChoices, VIDEO_ALWAYS_ENABLED_AT } from '../video/template/choices';

const USAGE =
  'Flags, after `npm run video:provision --`: --ouid OUID, --bucket TYPE://LOCATION/PREFIX (s3, gs, oss or azure), ' +
  '--bucket-region REGION, [--region in|us|eu|auto] [--agent-video on|off] [--recording composite|sfu] [--auto-start on|off] ' +
  '[--video-always-enabled FIELD|off]. Keys come from the environment: HUNDREDMS_ACCESS_KEY, ' +
  'HUNDREDMS_APP_SECRET, HUNDREDMS_BUCKET_KEY, HUNDREDMS_BUCKET_SECRET.';
const VALUES = [
  'ouid',
  'bucket',
  'bucket-region',
  'region',
  'agent-video',
  'recording',
  'auto-start',
  'video-always-enabled',
] as const;
type ProvisionFlags = Flags<(typeof VALUES)[number]>;

const BUCKET = /^(s3|gs|oss|azure):\/\/([A-Za-z0-9._-]+)\/([A-Za-z0-9._/-]+)$/;
const FIELD = /^(roles|settings|plugins)(\.[A-Za-z0-9]+)+$/;

/** @throws StartError for a flag that is missing, does not exist or makes no sense. */
export function parseProvisionOptions(args: readonly string[]): TemplateChoices {
  const flags: ProvisionFlags = new Flags(args, { values: VALUES }, USAGE);
  const ouid = flags.required('ouid');
  if (!OUID_PATTERN.test(ouid)) throw flags.wrong('ouid', 'an OUID', ouid);
  return {
    ouid,
    agentVideo: oneOf(flags, 'agent-video', ['on', 'off']) === 'on',
    recording: oneOf(flags, 'recording', ['composite', 'sfu']),
    autoStart: oneOf(flags, 'auto-start', ['on', 'off']) === 'on',
    region: oneOf(flags, 'region', ['in', 'us', 'eu', 'auto']),
    bucket: { ...bucketOf(flags), region: flags.required('bucket-region') },
    videoAlwaysEnabledAt: fieldOf(flags),
  };
}

function bucketOf(flags: ProvisionFlags): Omit<TemplateChoices['bucket'], 'region'> {
  const text = flags.required('bucket');
  const [, scheme, location = '', prefix = ''] = BUCKET.exec(text) ?? [];
  const type = (['s3', 'gs', 'oss', 'azure'] as const).find((known) => known === scheme);
  if (type) return { type, location, prefix };
  throw flags.wrong('bucket', 'TYPE://LOCATION/PREFIX', text);
}

function fieldOf(flags: ProvisionFlags): string | undefined {
  const field = flags.text('video-always-enabled') ?? VIDEO_ALWAYS_ENABLED_AT;
  if (field === 'off') return undefined;
  if (FIELD.test(field)) return field;
  throw flags.wrong('video-always-enabled', 'a field of the template, or off', field);
}

/** One of the words; the first when the flag is not given. */
function oneOf<W extends string>(
  flags: ProvisionFlags,
  name: (typeof VALUES)[number],
  words: readonly [W, ...W[]],
): W {
  const value = flags.text(name);
  const word = value === undefined ? words[0] : words.find((known) => known === value);
  if (word !== undefined) return word;
  throw flags.wrong(name, words.join(' or '), value ?? '');
}
