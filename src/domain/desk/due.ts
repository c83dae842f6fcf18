import type { Due } from './agenda';
import { nextRelaxation } from './needs';
import type { DeskAgent, Waiting, Whereabouts } from './state';

/** How long somebody whom nothing reaches is waited for, ms (DESIGN: disconnect grace). */
export const GRACE_MS = 60_000;
/** How long somebody who went keeps his place (DESIGN: some minutes), ms. */
const AWAY_MS = 5 * 60_000;
/** How long somebody who was called has to come back, ms. */
export const CALLED_MS = 5 * 60_000;

/**
 * When something happens to a customer by itself, of what is still to come at `at`. An open offer
 * is answered first: his wait ends afterwards, he may be seconds away from his agent.
 */
export function customerDue(entry: Omit<Waiting, 'due'>, at: number): number | undefined {
  const { needs, since, until, skip, offerId, where } = entry;
  const skips = Object.values(skip).filter((t) => t > at);
  if (offerId !== '') return earliest(skips);
  const relaxed = nextRelaxation(needs, since, at);
  return earliest([until, relaxed, whereaboutsEnd(where), ...skips]);
}

/** When it is over by itself, epoch ms; undefined: it is not. */
export function whereaboutsEnd(where: Whereabouts): number | undefined {
  switch (where.kind) {
    case 'LOST':
      return where.since + GRACE_MS;
    case 'AWAY':
      return where.since + AWAY_MS;
    case 'CALLED':
      return where.since + CALLED_MS;
    default:
      return undefined;
  }
}

export function agentDue(agent: DeskAgent): Due | undefined {
  const { offer, lostAt, state, stateSince, wrapUpMs, askAt } = agent;
  // Who is in a call is looked for when it is over.
  const isLooked = state === 'FREE' || state === 'WRAP_UP';
  const at = earliest([
    offer && !offer.accepted ? offer.expiresAt : undefined,
    state === 'WRAP_UP' ? stateSince + wrapUpMs : undefined,
    lostAt !== undefined && isLooked ? lostAt + GRACE_MS : undefined,
    askAt,
  ]);
  return at === undefined ? undefined : { at, id: `a:${agent.agentId}` };
}

function earliest(times: readonly (number | undefined)[]): number | undefined {
  const given = times.filter((time) => time !== undefined);
  return given.length === 0 ? undefined : Math.min(...given);
}
