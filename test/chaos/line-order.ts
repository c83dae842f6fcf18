import { ticketName, type DeskLog, type Offer, type Wait } from './desk-log';
import { grouped } from './grouped';

/**
 * Whenever somebody is offered for the first time with his ticket, nobody of the same needs who is
 * in line and has not been offered yet may have waited longer. It is compared at that moment, not
 * between all pairs: who has left the line by then (held, cancelled), or comes back to his old place
 * after it, was not passed over. Nor was he of whom the desk had not heard yet: it can only order
 * those whom it knows. Nothing else excuses it. The desk chooses first the customer and then the
 * agent, so a preferred agent lets nobody overtake; and an agent who declined or missed somebody is
 * kept from that one alone, after a first offer.
 */
export function firstOffersInTurn({ waits, offers }: DeskLog): string[] {
  // The last one set stays: the first that was made.
  const firsts = new Map(offers.toReversed().map((offer) => [ticketName(offer), offer]));
  const alike = grouped(waits, ({ needs }) => needs);
  let compared = 0;
  const passedOver = waits.flatMap((wait) => {
    const first = firsts.get(ticketName(wait));
    if (!first) return [];
    const line = (alike.get(wait.needs) ?? []).filter(
      (other) => other !== wait && isInLine(other, firsts.get(ticketName(other)), first),
    );
    compared += line.length;
    return line
      .filter(({ since }) => since < wait.since)
      .map((other) => `${ticketName(wait)} was offered before ${ticketName(other)}`);
  });
  // A line in which nobody stands has no order that could be wrong.
  if (compared >= waits.length) return passedOver;
  return [...passedOver, `${waits.length} times in line let only ${compared} turns be compared`];
}

const ENDED_BY_DESK: readonly string[] = ['EXPIRED', 'FULL', 'CLOSED', 'AWAY'];

/** Known to the desk before the step that made `first`, still waiting then, and not offered before. */
function isInLine(
  { heardAt, leftAt, why }: Wait,
  own: Offer | undefined,
  { made, madeAt }: Offer,
): boolean {
  const known = heardAt !== null && heardAt < madeAt;
  // Whose wait the desk itself ended was gone from it before he left.
  const left = ENDED_BY_DESK.includes(why) || (leftAt !== null && leftAt <= madeAt);
  return known && !left && (own === undefined || own.made > made);
}
