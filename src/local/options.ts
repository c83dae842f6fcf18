import { resolve } from 'node:path';
import { Flags } from './flags';
import { StartError } from './start-error';

/** The flags of `npm start -- …`. */
export interface StartOptions {
  /** Run one journey to APPROVED once all is up. */
  readonly demo: boolean;
  /** Delete the data of earlier starts first. */
  readonly fresh: boolean;
  /** Absolute. */
  readonly dataDir: string;
  readonly ports: Readonly<Record<PortName, number>>;
}

type PortName = 'api' | 'temporal' | 'ui' | 'clickhouse';

// Fixed, so that a second start finds the addresses of the first. Temporal's are its own defaults;
// ClickHouse's is not (8123), where an installed ClickHouse server is likely to listen.
const DEFAULT_PORTS = { api: 3000, temporal: 7233, ui: 8233, clickhouse: 18123 } as const;
/** In the checkout and ignored by git; two checkouts have nothing in common. */
const DEFAULT_DATA_DIR = '.data';

const USAGE = `Flags, after \`npm start --\`: --no-demo, --fresh, --data-dir DIR, --api-port N, --temporal-port N, --ui-port N, --clickhouse-port N.`;

const FLAGS = {
  values: ['data-dir', 'api-port', 'temporal-port', 'ui-port', 'clickhouse-port'],
  switches: ['no-demo', 'fresh'],
} as const;

/** @throws StartError for a flag that does not exist or makes no sense. */
export function parseOptions(args: readonly string[], cwd: string): StartOptions {
  const flags = new Flags(args, FLAGS, USAGE);
  const port = (name: PortName): number => {
    const text = flags.text(`${name}-port`);
    if (text === undefined) return DEFAULT_PORTS[name];
    if (!/^\d{1,5}$/.test(text) || Number(text) < 1 || Number(text) > 65_535) {
      throw new StartError(`--${name}-port takes a port from 1 to 65535, not "${text}".`);
    }
    return Number(text);
  };
  return {
    demo: !flags.isSet('no-demo'),
    fresh: flags.isSet('fresh'),
    dataDir: resolve(cwd, flags.text('data-dir') ?? DEFAULT_DATA_DIR),
    ports: {
      api: port('api'),
      temporal: port('temporal'),
      ui: port('ui'),
      clickhouse: port('clickhouse'),
    },
  };
}
