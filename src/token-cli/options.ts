import { SIGNALLED, type SignalName } from '../domain/profile/commands';
import { DEMO_OUID } from '../local/demo/demo-settings';
import { Flags } from '../local/flags';
import { StartError } from '../local/start-error';
import { PROFILE_ID_PATTERN } from '../ports/blob-store';

/** Who is to decide. A client has an API key, people are known by their ids. */
export type Decider =
  | { readonly kind: 'agent' | 'reviewer'; readonly id: string }
  | { readonly kind: 'client'; readonly key: string };

/** The flags of `npm run token -- …`. */
export interface TokenOptions {
  readonly profileId: string;
  readonly decider: Decider;
  readonly signal: SignalName;
  /** Stored encrypted; the signal names it. */
  readonly remark: string | undefined;
  /** Address of the API, without a trailing slash. */
  readonly api: string;
  readonly ouid: string;
  /** Address of the Temporal server for the command that is shown; '' when not given. */
  readonly temporal: string;
  /** Everything as one JSON object on standard output, instead of the bare token. */
  readonly json: boolean;
}

/** Whose signal it is: the machine refuses it from anybody else. */
const SIGNAL_OF: Readonly<Record<Decider['kind'], SignalName>> = {
  agent: 'makerDecision',
  reviewer: 'checkerDecision',
  client: 'cancel',
};
/** Where `npm start` listens. */
const DEFAULT_API = 'http://127.0.0.1:3000';
const PERSON = /^(agent|reviewer):([A-Za-z0-9._-]{1,64})$/;

const USAGE =
  'Flags, after `npm run token --`: --profile PROFILE_ID, --as agent:AGENT_ID|reviewer:REVIEWER_ID|client ' +
  '(client with --key API_KEY), [--signal makerDecision|checkerDecision|cancel] [--remark TEXT] ' +
  '[--api URL] [--ouid OUID] [--temporal HOST:PORT] [--json].';

const VALUES = ['profile', 'as', 'key', 'signal', 'remark', 'api', 'ouid', 'temporal'] as const;
type TokenFlags = Flags<(typeof VALUES)[number], 'json'>;

/** @throws StartError for a flag that is missing, does not exist or makes no sense. */
export function parseTokenOptions(args: readonly string[]): TokenOptions {
  const flags: TokenFlags = new Flags(args, { values: VALUES, switches: ['json'] }, USAGE);
  const profileId = flags.required('profile');
  if (!PROFILE_ID_PATTERN.test(profileId)) throw flags.wrong('profile', 'a ProfileID', profileId);
  const decider = deciderOf(flags);
  const api = flags.text('api') ?? DEFAULT_API;
  if (!URL.canParse(api) || !/^https?:$/.test(new URL(api).protocol)) {
    throw flags.wrong('api', 'an http address', api);
  }
  return {
    profileId,
    decider,
    signal: signalOf(decider, flags),
    remark: flags.text('remark'),
    api: api.replace(/\/+$/, ''),
    ouid: flags.text('ouid') ?? DEMO_OUID,
    temporal: flags.text('temporal') ?? '',
    json: flags.isSet('json'),
  };
}

function deciderOf(flags: TokenFlags): Decider {
  const who = flags.required('as');
  if (who === 'client') return { kind: 'client', key: flags.required('key') };
  const [, kind, id = ''] = PERSON.exec(who) ?? [];
  if (kind === 'agent' || kind === 'reviewer') return { kind, id };
  throw flags.wrong('as', 'agent:ID, reviewer:ID or client', who);
}

function signalOf({ kind }: Decider, flags: TokenFlags): SignalName {
  const own = SIGNAL_OF[kind];
  const given = flags.text('signal');
  if (given === undefined || given === own) return own;
  if (SIGNALLED.some((signal) => signal === given)) {
    throw new StartError(`--signal ${given} is not for ${kind} to send: his is ${own}.`);
  }
  throw flags.wrong('signal', SIGNALLED.join(', '), given);
}
