import { inventedCustomer } from '../../local/demo/actors';
import type { CancelReason } from '../../domain/words';
import type { Script } from '../scripts';
import type { GoodClient } from './good-client';
import { unlessOvertaken } from './pace';

interface Created {
  readonly profileId: string;
  /** Not of a case that has ended: its link may have expired before this was answered. */
  readonly captureLink?: { readonly token: string };
}

export interface ProfileView {
  readonly status: string;
  readonly seq: number;
  readonly reason: { readonly code: string } | null;
}

export interface TimelineEvent {
  readonly seq: number;
  readonly eventType: string;
  readonly occurredAt: string;
  readonly profileStatus: string;
  readonly statusSince: string;
  readonly reason: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The organization whose customers these are. */
export class ClientActor {
  constructor(private readonly api: GoodClient) {}

  /** Starts a case; the link is for its customer, '' when the case has ended by now. */
  async create(script: Script): Promise<{ profileId: string; link: string }> {
    const { profileId, captureLink } = await this.api.command<Created>({
      command: 'create',
      path: '/v1/profiles',
      profileId: '',
      json: { ...inventedCustomer(script.extReferenceId), language: script.language },
    });
    return { profileId, link: captureLink?.token ?? '' };
  }

  /** Another link for a customer whose first one is no longer good. */
  async newLink(profileId: string): Promise<string> {
    const { token } = await this.api.command<{ token: string }>({
      command: 'issueLink',
      path: `/v1/profiles/${profileId}/capture-links`,
      profileId,
    });
    return token;
  }

  /** Ends the case; one that has ended otherwise meanwhile is left so. */
  async cancel(profileId: string, cancelReason: CancelReason): Promise<void> {
    await unlessOvertaken(() =>
      this.api.command({
        command: 'cancel',
        path: `/v1/profiles/${profileId}/cancel`,
        profileId,
        json: { cancelReason },
      }),
    );
  }

  read(profileId: string): Promise<ProfileView> {
    return this.api.get<ProfileView>(`/v1/profiles/${profileId}`);
  }

  /** All of its events that are in the log, waited for up to `seq` for a moment. */
  async timeline(profileId: string, seq: number): Promise<readonly TimelineEvent[]> {
    const { events } = await this.api.get<{ events: readonly TimelineEvent[] }>(
      `/v1/profiles/${profileId}/timeline?limit=1000&seq=${seq}`,
    );
    return events;
  }
}
