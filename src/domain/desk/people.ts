import type { Ticket } from '../messages';
import { allOf } from './buckets';
import type { DeskAgent, DeskState } from './state';

type InCall = DeskAgent & { readonly busyWith: Ticket };

export function inCallWith(desk: DeskState, profileId: string): InCall | undefined {
  return allOf(desk.agents).find(
    (agent): agent is InCall => agent.busyWith?.profileId === profileId,
  );
}

/** Who was offered this ticket, by this offer if one is named. */
export function offeredTo(
  desk: DeskState,
  ticket: Ticket,
  offerId?: string,
): DeskAgent | undefined {
  return allOf(desk.agents).find(
    ({ offer }) =>
      offer?.ticket.profileId === ticket.profileId &&
      offer.ticket.n === ticket.n &&
      (offerId === undefined || offer.offerId === offerId),
  );
}
