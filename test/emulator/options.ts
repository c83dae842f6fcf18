import { Flags } from '../../src/local/flags';
import type { Target } from './webhook-post';

const USAGE =
  'Flags, after `npm run video:emulator --`: [--port N] [--webhook-url URL] ' +
  '[--webhook-header "NAME: VALUE"] [--seed TEXT] [--faults PERCENT]';

export interface EmulatorFlags {
  readonly port: number;
  readonly webhook: Target | undefined;
  readonly seed: string;
  /** Of calls, and of events for each kind of fault. */
  readonly faultsPercent: number;
}

/** @throws StartError for a flag that does not exist or makes no sense */
export function parseOptions(args: readonly string[]): EmulatorFlags {
  const values = ['port', 'webhook-url', 'webhook-header', 'seed', 'faults'] as const;
  const flags = new Flags(args, { values }, USAGE);
  const faultsPercent = flags.number('faults') ?? 0;
  if (faultsPercent > 100) throw flags.wrong('faults', 'a percentage', faultsPercent);
  const url = flags.text('webhook-url');
  if (url !== undefined && !(URL.canParse(url) && /^https?:/.test(url))) {
    throw flags.wrong('webhook-url', 'a URL', url);
  }
  const header = flags.text('webhook-header');
  const [, name = '', value = ''] = /^([\w-]+): *(\S.*)$/.exec(header ?? '') ?? [];
  // It can be a secret, so what was typed is not repeated.
  if (header !== undefined && name === '') {
    throw flags.refusal('--webhook-header takes "NAME: VALUE"');
  }
  if (header !== undefined && url === undefined) throw flags.refusal('--webhook-url is missing');
  const headers = header === undefined ? {} : { [name]: value };
  return {
    port: flags.count('port', 65_535) ?? 0,
    webhook: url === undefined ? undefined : { url, headers },
    seed: flags.text('seed') ?? '1',
    faultsPercent,
  };
}
