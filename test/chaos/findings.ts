import type { KillRun } from './kill-run';
import { PARTS } from './product';
import type { Withheld } from './tap';

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

/** What must hold after a run in which parts were killed, and what speaks against it: one sentence each. */
export const FINDINGS: Readonly<
  Record<string, (run: KillRun, times: number) => readonly string[]>
> = {
  'kills each part as often as wanted, half of the times before an answer': (run, times) => {
    const counts = PARTS.flatMap((part) => {
      const killed = run.kills.filter(({ point }) => point.part === part);
      const unanswered = killed.filter(({ point }) => point.when.kind === 'WITHHELD').length;
      const isRight = killed.length === times && unanswered === times / 2;
      return isRight ? [] : [`${part}: ${killed.length} times, ${unanswered} before an answer`];
    });
    return [...counts, ...(run.withheld.length === times * 2 ? [] : ['answers that were kept'])];
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

  'leaves histories that every later replay repeats': (run) => run.unreplayable,
};

/** One line for people after the lines of the kills. */
export function totals({ verification, withheld }: KillRun): string {
  const { commands, profiles, events, differences } = verification;
  const found = differences.length === 0 ? 'no difference' : `${differences.length} differences`;
  return `${commands} acknowledged commands (${withheld.length} at their repetition), ${profiles} profiles, ${events} events: ${found}.`;
}
