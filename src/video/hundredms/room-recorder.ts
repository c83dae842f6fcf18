import type { HundredMsSettings } from '../../config/hundredms';
import type { RoomRecorder } from '../../ports/room-recorder';
import { VideoError, type VideoToken } from '../../ports/video-provider';
import type { Tokens } from '../../tokens/tokens';
import { RECORDED_SIZE, RECORDER_ROLE } from '../template/declared-template';
import type { HundredMsClient } from './client';
import { failureOf } from './error';
import { fieldsOf } from './fields';
import { onRoom, own, usable } from './own-rooms';
import { HundredMsRooms, MAX_ROOM_SECONDS } from './rooms';
import { templateFor } from './templates';

/** The page joins within 10 s of being opened, or is opened anew; each time it asks for a new one. */
const TOKEN_SECONDS = 60;
/** A recorder that is on its way, or there; a pause does not show. */
const UNDER_WAY = ['starting', 'running'];
const LIMIT = '100';

/**
 * 100ms' recorder by its API, for templates without auto-start. What is under way is asked for before
 * each act and after one that failed, so that a repeat never makes a second recording.
 */
export class HundredMsRoomRecorder implements RoomRecorder {
  private readonly rooms: HundredMsRooms;

  /** `now` is the clock, epoch ms. */
  constructor(
    private readonly client: HundredMsClient,
    private readonly settings: Pick<HundredMsSettings, 'templates' | 'recorderUrl'>,
    private readonly tokens: Tokens,
    private readonly now: () => number,
  ) {
    this.rooms = new HundredMsRooms(client);
  }

  start(ouid: string, avSessionId: string): Promise<void> {
    return onRoom(ouid, avSessionId, async () => {
      const { recorderUrl } = this.settings;
      if (recorderUrl === '') {
        const why = 'HUNDREDMS_RECORDER_URL is not set, and 100ms has no page for our templates';
        throw new VideoError('NO_RECORDER_PAGE', avSessionId, { why });
      }
      const { id } = usable(await this.rooms.find(avSessionId), ouid, avSessionId);
      if (await this.isUnderWay(id)) return;
      await this.expectBucket(ouid, avSessionId);
      const code = await this.tokens.issue('recorder', {
        ouid,
        avSessionId,
        exp: this.lastSecond(),
      });
      const meeting_url = pageFor(recorderUrl, code);
      const body = { meeting_url, resolution: RECORDED_SIZE };
      const failed = await failureOf(this.client.post(`/recordings/room/${id}/start`, body));
      if (!failed || (await this.isUnderWay(id))) return;
      if (failed.status !== 400) throw failed;
      throw new VideoError('RECORDING_REFUSED', avSessionId, { why: `100ms: ${failed.message}` });
    });
  }

  stop(ouid: string, avSessionId: string): Promise<void> {
    return onRoom(ouid, avSessionId, async () => {
      const { id } = own(await this.rooms.find(avSessionId), ouid, avSessionId);
      if (!(await this.isUnderWay(id))) return;
      const failed = await failureOf(this.client.post(`/recordings/room/${id}/stop`, {}));
      if (failed && (await this.isUnderWay(id))) throw failed;
    });
  }

  joinToken(ouid: string, avSessionId: string): Promise<VideoToken> {
    return onRoom(ouid, avSessionId, async () => {
      const { id: roomId } = usable(await this.rooms.find(avSessionId), ouid, avSessionId);
      const now = Math.floor(this.now() / 1000);
      const exp = now + TOKEN_SECONDS;
      const pass = { roomId, role: RECORDER_ROLE, userId: RECORDER_ROLE, now, exp };
      const token = await this.client.roomToken(pass);
      return { token, expiresAt: exp * 1000, provider: 'hundredms' };
    });
  }

  private async isUnderWay(roomId: string): Promise<boolean> {
    const query = { room_id: roomId, limit: LIMIT };
    const { data } = fieldsOf(await this.client.get('/recordings', query));
    const all = Array.isArray(data) ? data.map(fieldsOf) : [];
    return all.some(({ status }) => UNDER_WAY.includes(String(status)));
  }

  /** Without one of ours the file would lie at 100ms, and be gone after 15 days. */
  private async expectBucket(ouid: string, avSessionId: string): Promise<void> {
    const templateId = templateFor(ouid, this.settings.templates);
    const { settings } = fieldsOf(await this.client.get(`/templates/${templateId}`));
    const { upload } = fieldsOf(fieldsOf(settings)['recording']);
    const { location } = fieldsOf(upload);
    if (typeof location === 'string' && location !== '') return;
    const why = `template ${templateId} names no bucket; npm run video:provision does`;
    throw new VideoError('NO_BUCKET', avSessionId, { why });
  }

  /** No room lasts longer; with the call the code ends too. */
  private lastSecond(): number {
    return Math.floor(this.now() / 1000) + MAX_ROOM_SECONDS;
  }
}

/** Behind the `#`, so that no server's log has it. 100ms shows the address to whoever may see the room. */
function pageFor(recorderUrl: string, code: string): string {
  const page = new URL(recorderUrl);
  page.hash = new URLSearchParams({ code }).toString();
  return page.href;
}
