import { DESK_CHECKS } from './desk-checks';
import type { DeskLog } from './desk-log';
import type { KillRun } from './kill-run';
import type { Withheld } from './tap';

export type Findings<T> = Readonly<Record<string, (run: KillRun<T>) => readonly string[]>>;

/** What of an answer must be the same when it is given again; tokens and times may be new. */
const LASTING = ['profileId', 'captureSessionId', 'offerId', 'seq', 'status', 'id'] as const;

/**
 * An agent's acceptance is provisional until the profile answers (DESIGN §5): who was told PENDING may
 * be told that the customer has gone.
 */
function wasProvisional({ first, repeat }: Withheld): boolean {
  return first.includes('"state":"PENDING"') && repeat?.body.includes('"OFFER_GONE"') === true;
}

function lasting(body: string): string {
  const answer = JSON.parse(body || '{}') as Readonly<Record<string, unknown>>;
  return LASTING.filter((name) => name in answer)
    .map((name) => `${name} ${String(answer[name])}`)
    .join(', ');
}

/** What must hold after any run in which parts were killed, and what speaks against it: one sentence each. */
const FINDINGS: Findings<unknown> = {
  'kills each part as often as wanted, half of the times before an answer': (run) => {
    const { parts, times } = run.wanted;
    const counts = parts.flatMap((part) => {
      const killed = run.kills.filter(({ point }) => point.part === part);
      const unanswered = killed.filter(({ point }) => point.when.kind === 'WITHHELD').length;
      const isRight = killed.length === times && unanswered === times / 2;
      return isRight ? [] : [`${part}: ${killed.length} times, ${unanswered} before an answer`];
    });
    const kept = run.withheld.length;
    return [...counts, ...(kept === (times * parts.length) / 2 ? [] : [`${kept} answers kept`])];
  },

  'gives the first answer to who repeats a command that was never answered': ({ withheld }) =>
    withheld.flatMap((kept) => {
      const { route, first, repeat } = kept;
      if (wasProvisional(kept)) return [];
      if (!repeat) return [`${route} was not repeated`];
      if (repeat.status < 300 && lasting(repeat.body) === lasting(first)) return [];
      return [`${route} answered ${lasting(first)}, then ${repeat.status} ${repeat.body}`];
    }),

  'leaves no command without an answer': ({ record }) =>
    record.commands
      .filter(({ kind }) => kind === 'unknown')
      .map(({ actorId, route }) => `${actorId} never learned what became of ${route}`),

  'ends every journey as its script says': ({ result }) =>
    result.played
      .filter(({ wrong }) => wrong !== '')
      .map(({ profileId, script, wrong }) => `${profileId} (${script.outcome.name}): ${wrong}`),

  'leaves no difference between what actors were told, the log, its tables and Temporal': ({
    verification,
    result,
  }) => [
    ...verification.differences,
    ...(verification.profiles === result.played.length ? [] : ['not every profile was compared']),
  ],
};

/** Of a run that looked for histories which no replay repeats. */
export const KILLS_FINDINGS: Findings<readonly string[]> = {
  ...FINDINGS,
  'leaves histories that every later replay repeats': ({ seen }) => seen,
};

/** Of a run that read what the log has of the line and the desk. */
export const DESK_FINDINGS: Findings<DeskLog> = {
  ...FINDINGS,
  ...Object.fromEntries(
    Object.entries(DESK_CHECKS).map(([name, check]) => [
      name,
      ({ seen }: KillRun<DeskLog>) => check(seen),
    ]),
  ),
};

/** The same findings of a run that has seen more. */
export function through<T, U>(findings: Findings<U>, part: (seen: T) => U): Findings<T> {
  return Object.fromEntries(
    Object.entries(findings).map(([name, find]) => [
      name,
      (run: KillRun<T>) => find({ ...run, seen: part(run.seen) }),
    ]),
  );
}

/** One line for people after the lines of the kills. */
export function totals({ verification, withheld }: KillRun<unknown>): string {
  const { commands, profiles, events, differences } = verification;
  const found = differences.length === 0 ? 'no difference' : `${differences.length} differences`;
  return `${commands} acknowledged commands (${withheld.length} at their repetition), ${profiles} profiles, ${events} events: ${found}.`;
}
