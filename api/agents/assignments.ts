import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { Caller } from '../common/caller';
import { Problem } from '../common/problem';
import { DeskGateway } from '../temporal/desk-gateway';
import { ProfileReader } from '../temporal/profile-reader';

/** How long the profile's answer to an acceptance is waited for, ms. */
const ANSWER_MS = 3_000;
/** The first look; each next one a half later, for a busy machine has more to do than to be asked. */
const POLL_MS = 50;
const OFFER_ID = /^([0-9a-f-]{36})\.o\d{1,12}$/;

/** Whose offer it is. An id that is none of ours must not reach the desk, whose history is in clear. */
export function profileOfOffer(offerId: string): string {
  const [, profileId] = OFFER_ID.exec(offerId) ?? [];
  if (profileId === undefined) throw new Problem('OFFER_GONE', 'this offer is no longer open');
  return profileId;
}

/** An agent accepts; the profile has the last word (the desk only proposes). */
@Injectable()
export class Assignments {
  constructor(
    private readonly desk: DeskGateway,
    private readonly profiles: ProfileReader,
  ) {}

  async accept(
    caller: Caller,
    offerId: string,
  ): Promise<{
    state: 'CONFIRMED' | 'PENDING';
    offerId: string;
    profileId: string;
    avSessionId: string;
  }> {
    const profileId = profileOfOffer(offerId);
    const earlier = await this.sessionOf(caller, profileId, offerId);
    if (earlier !== undefined)
      return { state: 'CONFIRMED', offerId, profileId, avSessionId: earlier };
    await this.desk.command(caller.ouid, { name: 'accept', agentId: caller.actor.id, offerId });
    const end = Date.now() + ANSWER_MS;
    for (let wait = POLL_MS; Date.now() < end; wait *= 1.5) {
      const avSessionId = await this.sessionOf(caller, profileId, offerId);
      if (avSessionId !== undefined) return { state: 'CONFIRMED', offerId, profileId, avSessionId };
      const agent = (await this.desk.view(caller.ouid)).agents[caller.actor.id];
      const open = agent?.offer?.offerId === offerId || agent?.profileId === profileId;
      if (!open) throw new Problem('OFFER_GONE', 'the customer has left the line');
      await sleep(wait);
    }
    return { state: 'PENDING', offerId, profileId, avSessionId: '' };
  }

  /** The AV session that this offer became, if it did, and it is this agent's. */
  private async sessionOf(
    caller: Caller,
    profileId: string,
    offerId: string,
  ): Promise<string | undefined> {
    const state = await this.profiles.stateIfKnown(caller.ouid, profileId);
    const av = state?.avSessions.find(
      (a) => a.offerId === offerId && a.agentId === caller.actor.id,
    );
    return av?.avSessionId;
  }
}
