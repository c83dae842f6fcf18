import { dropConnection, endCall, type EndOfCall, join, leave } from './call';
import { autoStart, recorderIsAlone, sessionIsOver, stopsWithRoom } from './recorder';
import { recordBySfu } from './sfu';
import type { Peer } from './state';
import type { AppKeys } from './tokens';
import { Workspace } from './workspace';

/** The workspace with those who record its calls, and with what people do in them. */
export class LiveWorkspace extends Workspace {
  constructor(keys: AppKeys) {
    super(keys);
    this.onCall('BEGUN', (session) => {
      autoStart(this, session);
    });
    this.onCall('ONLY_RECORDER_LEFT', (session) => {
      recorderIsAlone(this, session);
    });
    this.onCall('ENDING', (session) => {
      stopsWithRoom(this, session);
    });
    this.onCall('OVER', (session) => {
      sessionIsOver(this, session);
    });
    this.onCall('CLOSED', (session) => {
      recordBySfu(this, session);
    });
  }

  /** What a browser does with a join token; the media are not emulated. @throws Refusal */
  join(token: string, name = ''): Peer {
    return join(this, token, name);
  }

  /** He hangs up. @throws Refusal 404 */
  leave(peerId: string): void {
    leave(this, peerId);
  }

  /** His line breaks: he counts as inside until the service notices. @throws Refusal 404 */
  dropConnection(peerId: string): void {
    dropConnection(this, peerId);
  }

  /** Ends the call now, as its `by` does with a button of the SDK. @throws Refusal 404 */
  endRoom(roomId: string, end: Partial<EndOfCall> = {}): void {
    endCall(this, roomId, { reason: '', lock: false, ...end });
  }
}
