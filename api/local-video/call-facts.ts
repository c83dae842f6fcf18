import { Injectable } from '@nestjs/common';
import { Client } from '@temporalio/client';
import type { RoomPlace } from '../../src/domain/video/event';
import type { VideoFact } from '../../src/domain/video/facts';
import { tellProfile } from '../../src/video/tell-profile';
import { apiLog } from '../common/api-log';

/** A page waits for the answer, and asks again if it does not come. */
const SIGNAL_MS = 5_000;

/** Tells profiles what became of their calls: one durable Temporal call for what is said at once. */
@Injectable()
export class CallFacts {
  constructor(private readonly client: Client) {}

  /** Resolves when it is in the profile's history, or the profile needs it no more. */
  async tell({ avSessionId }: RoomPlace, facts: readonly VideoFact[]): Promise<void> {
    if (facts.length === 0) return;
    await this.client.withDeadline(Date.now() + SIGNAL_MS, () =>
      tellProfile(this.client, avSessionId, facts),
    );
  }

  /** The same where nobody waits for it: what is lost here the reconciler finds in the room's journal. */
  async tellInTime(place: RoomPlace, facts: readonly VideoFact[]): Promise<void> {
    try {
      await this.tell(place, facts);
    } catch (error) {
      apiLog.warn({ avSessionId: place.avSessionId, err: error }, 'a profile was not told');
    }
  }
}
