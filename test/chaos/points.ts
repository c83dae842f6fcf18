import { seeded, shuffled } from '../../src/demo/seeded';
import type { Part } from './product';

/** The commands whose answers are kept, by their routes. */
const COMMANDS = {
  'the creation': /^POST \/v1\/profiles$/,
  'the login': /\/capture\/sessions$/,
  'the consent': /\/capture\/consent$/,
  'a document': /\/capture\/documents/,
  'the submission': /\/capture\/submit$/,
  'an accepted offer': /\/offers\/[^/]+\/accept$/,
  'the customer’s join': /\/capture\/call\/join$/,
  'a task’s verdict': /\/tasks\/[^/]+\/verdict$/,
  'the maker’s decision': /\/av-sessions\/[^/]+\/decision$/,
  'a reviewer’s claim': /\/reviews\/next$/,
  'a reviewer’s verdict': /\/reviews\/[^/]+\/verdicts$/,
  'the checker’s decision': /\/reviews\/[^/]+\/decision$/,
} as const;
type CommandName = keyof typeof COMMANDS;

/** When one part is killed. */
export interface Point {
  readonly part: Part;
  /** So many commands must have been acknowledged since the run began. */
  readonly after: number;
  readonly when:
    | { readonly kind: 'TIME'; readonly waitMs: number }
    | { readonly kind: 'WITHHELD'; readonly command: CommandName };
}

/** How long after a command a plain kill comes, at most, ms: a command takes some 50 to 100. */
const LONGEST_WAIT_MS = 400;

/** Which parts are to be killed, each how often. */
export interface Wanted {
  readonly parts: readonly Part[];
  readonly times: number;
}

/**
 * Each part `times` times, in rounds of all of them in an order drawn for the round; half of the
 * points are plain moments, half lie between a command's acknowledgement and its answer.
 * @param between how many commands lie between two points on average
 */
export function pointsOf(seed: number, { parts, times }: Wanted, between: number): Point[] {
  const draw = seeded(seed, 'kills');
  const rounds = Array.from({ length: times }, (_, round) => round);
  const commands = drawnCommands(draw, times * parts.length);
  return rounds.flatMap((round) =>
    shuffled(parts, draw).map((part, n): Point => {
      const index = round * parts.length + n;
      const command = commands[index] ?? 'the submission';
      const waitMs = Math.round(draw() * LONGEST_WAIT_MS);
      // Over two rounds each part has one of each kind.
      const isPlain = (round + parts.indexOf(part)) % 2 === 0;
      const when = isPlain
        ? ({ kind: 'TIME', waitMs } as const)
        : ({ kind: 'WITHHELD', command } as const);
      return { part, after: Math.round(between * (index + draw())), when };
    }),
  );
}

export function isCommand(name: CommandName, route: string): boolean {
  return COMMANDS[name].test(route);
}

/** Every command once before any comes again. */
function drawnCommands(draw: () => number, count: number): CommandName[] {
  const names = Object.keys(COMMANDS) as CommandName[];
  const blocks = Array.from({ length: Math.ceil(count / names.length) }, () =>
    shuffled(names, draw),
  );
  return blocks.flat();
}
