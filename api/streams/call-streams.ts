import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { ProfileState } from '../../src/domain/profile/state';
import { apiLog } from '../common/api-log';
import { Problem } from '../common/problem';
import { ProfileReader } from '../temporal/profile-reader';
import { callView } from './call-view';
import { CallWatch, type CallListener } from './call-watch';
import { streamOf } from './state-stream';

/** Who listens to which call, and what he was told last by an earlier connection. */
interface Listening {
  readonly avSessionId: string;
  /** Whether the call is still his to listen to. */
  readonly may: (state: ProfileState) => boolean;
  readonly lastEventId: string;
}

/** All streams of calls that this process holds. */
@Injectable()
export class CallStreams implements OnModuleDestroy {
  private readonly watches = new Map<string, CallWatch>();

  constructor(private readonly reader: ProfileReader) {}

  /** @param state as the caller's access was checked by */
  of(state: ProfileState, { avSessionId, may, lastEventId }: Listening): Observable<MessageEvent> {
    const view: CallListener['view'] = (s) => (may(s) ? callView(s, avSessionId) : undefined);
    const { ouid, profileId } = state;
    return streamOf(
      'call',
      lastEventId,
      (stream) => {
        this.watchOf(ouid, profileId).add({ stream, view }, state);
      },
      (stream) => {
        this.watches.get(keyOf(ouid, profileId))?.remove(stream);
      },
    );
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.watches.values()].map((watch) => watch.end()));
  }

  private watchOf(ouid: string, profileId: string): CallWatch {
    const key = keyOf(ouid, profileId);
    const known = this.watches.get(key);
    if (known) return known;
    const watch = new CallWatch({
      ask: () => this.reader.state(ouid, profileId),
      failed: (error) => {
        apiLog.warn({ ouid, profileId, err: error }, 'a profile in a call does not answer');
        return !(error instanceof Problem && error.code === 'PROFILE_UNKNOWN');
      },
      idle: () => this.watches.delete(key),
    });
    this.watches.set(key, watch);
    return watch;
  }
}

function keyOf(ouid: string, profileId: string): string {
  return `${ouid}/${profileId}`;
}
