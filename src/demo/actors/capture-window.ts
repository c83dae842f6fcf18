import type { RecordedCommand } from '../verify/expected-events';
import type { ClientActor } from './client';
import { Refused, type GoodClient } from './good-client';

/** The case as its customer sees it. */
export interface CaptureView {
  readonly status: string;
  /** '' when his login is closed. */
  readonly captureSessionId: string;
  /** The time he has booked, ISO 8601. */
  readonly slot: string | null;
  readonly call: { readonly avSessionId: string; readonly ready: boolean } | null;
}

/** A customer's way into his case: by the link, for which he asks again when it is no longer good. */
export class CaptureWindow {
  private api: GoodClient;

  constructor(
    private readonly client: ClientActor,
    private readonly profileId: string,
    anonymous: GoodClient,
    private link: string,
  ) {
    this.api = anonymous.as({ type: 'CUSTOMER', id: profileId, token: '' });
  }

  get signal(): AbortSignal {
    return this.api.surroundings.signal;
  }

  async logIn(): Promise<void> {
    const { token } = await this.openSession();
    this.api = this.api.as({ ...this.api.who, token });
  }

  /** Where the case stands; by a new login when the old one was replaced. */
  async look(): Promise<CaptureView> {
    try {
      return await this.api.get<CaptureView>('/v1/capture');
    } catch (error) {
      if (!(error instanceof Refused) || error.status !== 401) throw error;
      await this.logIn();
      return this.api.get<CaptureView>('/v1/capture');
    }
  }

  async send(command: RecordedCommand, route: string, json: object): Promise<void> {
    const path = `/v1/capture/${route}`;
    await this.api.command({ command, path, profileId: this.profileId, json });
  }

  async handIn(kind: string, file: Uint8Array<ArrayBuffer>): Promise<void> {
    const path = `/v1/capture/documents?kind=${kind}`;
    await this.api.command({ command: 'addDocument', path, profileId: this.profileId, file });
  }

  private async openSession(): Promise<{ token: string }> {
    const open = (): Promise<{ token: string }> =>
      this.api.as({ ...this.api.who, token: '' }).command({
        command: 'openCapture',
        path: '/v1/capture/sessions',
        profileId: this.profileId,
        json: { link: this.link },
      });
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof Refused) || error.code !== 'LINK_NOT_VALID') throw error;
      this.link = await this.client.newLink(this.profileId);
      return open();
    }
  }
}
