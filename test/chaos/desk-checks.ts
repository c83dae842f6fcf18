import { ticketName, type Call, type DeskLog, type Offer } from './desk-log';
import { betweenNeighbours, grouped } from './grouped';
import { firstOffersInTurn } from './line-order';

/** What must hold in the log of any desk, and what speaks against it: one sentence each. */
export const DESK_CHECKS = {
  'serves everybody who waited until he was served exactly once': servedOnce,
  'offers nobody to two agents at once': offeredOnce,
  'gives no agent a second customer at once': oneCustomerEach,
  'leaves nobody waiting': nobodyLeft,
  'makes first offers in the order of the line': firstOffersInTurn,
} as const satisfies Readonly<Record<string, (log: DeskLog) => readonly string[]>>;

/** Whose wait ended with an agent has one confirmed offer and one call by it; nobody else has any. */
function servedOnce({ waits, offers, calls }: DeskLog): string[] {
  const opened = grouped(calls, ({ offerId }) => offerId);
  const offered = grouped(offers, ticketName);
  const unequal = waits.flatMap((wait) => {
    const mine = offered.get(ticketName(wait)) ?? [];
    const expected = wait.why === 'ASSIGNED' ? 1 : 0;
    const confirmed = mine.reduce((sum, { confirmations }) => sum + confirmations, 0);
    const called = mine.flatMap(({ offerId }) => opened.get(offerId) ?? []).length;
    if (confirmed === expected && called === expected) return [];
    const left = wait.why === '' ? 'still waits' : `left the line ${wait.why}`;
    return [`${ticketName(wait)} ${left}: ${confirmed} confirmed offers, ${called} calls`];
  });
  const waited = new Set(waits.map(ticketName));
  const strangers = [...offered.keys()].filter((ticket) => !waited.has(ticket));
  return [...unequal, ...strangers.map((ticket) => `${ticket} was offered and never in line`)];
}

/**
 * An offer is open until it is answered; with the same ticket nobody else may be offered him while
 * an acceptance waits for the profile's word either.
 */
function offeredOnce({ offers }: DeskLog): string[] {
  return betweenNeighbours(
    offers,
    ({ profileId }) => profileId,
    (one, next) => {
      const until = next.ticket === one.ticket ? one.ended : one.answered;
      if (until !== null && next.made > until) return [];
      return [`${ticketName(next)} was offered by ${next.offerId} while ${one.offerId} was open`];
    },
  );
}

/** By the desk's numbers from an offer until he is free again, and by the clock for the calls. */
function oneCustomerEach({ offers, calls, freed }: DeskLog): string[] {
  const byAgent = ({ agentId }: Pick<Offer, 'agentId'>): string => agentId;
  const freedom = grouped(freed, byAgent);
  const takenUntil = ({ agentId, ended, confirmations }: Offer): number => {
    if (ended === null) return Infinity;
    if (confirmations === 0) return ended;
    return freedom.get(agentId)?.find(({ seq }) => seq > ended)?.seq ?? Infinity;
  };
  const offer = (one: Offer, next: Offer): string[] =>
    next.made > takenUntil(one)
      ? []
      : [`${next.agentId} was offered ${next.offerId} and still had ${one.offerId}`];
  const call = (one: Call, next: Call): string[] =>
    one.endedAt !== null && next.openedAt >= one.endedAt
      ? []
      : [`${next.agentId} was in ${next.avSessionId} and still in ${one.avSessionId}`];
  return [...betweenNeighbours(offers, byAgent, offer), ...betweenNeighbours(calls, byAgent, call)];
}

function nobodyLeft({ waits, offers }: DeskLog): string[] {
  return [
    ...waits.filter((w) => w.leftAt === null).map((w) => `${ticketName(w)} still waits`),
    ...waits.filter((w) => w.heardAt === null).map((w) => `${ticketName(w)} is news to the desk`),
    ...offers.filter((o) => o.ended === null).map(({ offerId }) => `${offerId} is still open`),
  ];
}
