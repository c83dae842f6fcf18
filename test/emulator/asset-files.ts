import { type Body, part, textIn } from './refusal';
import { type Asset, newId, type Recording } from './state';
import { secondsBetween, timeText } from './times';
import type { Workspace } from './workspace';

/** A picture that shows nobody needs next to nothing. */
const BLANK_BYTES = 2_048;
const BYTES_PER_SECOND = 190_000;
const CHAT_BYTES = 74;

export interface FileOptions {
  readonly type?: Asset['type'];
  readonly isBlank?: boolean;
  readonly isFailed?: boolean;
  /** Which of several. */
  readonly file?: number;
}

/** What lies in the bucket, as the API tells it (100ms docs: Get asset). */
export function fileOf(
  workspace: Workspace,
  recording: Pick<
    Recording,
    'id' | 'roomId' | 'sessionId' | 'startedAt' | 'stoppedAt' | 'width' | 'height'
  >,
  { type = 'room-composite', isBlank = false, isFailed = false, file = 0 }: FileOptions,
): Asset {
  const { id, roomId, sessionId, width, height } = recording;
  const stoppedAt = recording.stoppedAt ?? timeText();
  const startedAt = recording.startedAt ?? stoppedAt;
  const seconds = Math.max(secondsBetween(startedAt, stoppedAt), 1);
  const isChat = type === 'chat';
  const bytes = isBlank ? BLANK_BYTES : seconds * BYTES_PER_SECOND;
  const name = { at: Date.parse(startedAt) + file, ending: isChat ? 'csv' : 'mp4' };
  return {
    id: newId(),
    jobId: id,
    roomId,
    sessionId,
    type,
    path: isFailed ? '' : pathOf(workspace, roomId, name),
    size: isFailed ? 0 : isChat ? CHAT_BYTES : bytes,
    duration: isFailed || isChat ? 0 : seconds,
    status: isFailed ? 'failed' : 'completed',
    createdAt: timeText(),
    metadata: metadataOf(type, width, height),
  };
}

export function keepAsset(workspace: Workspace, asset: Asset): Asset {
  workspace.assets.set(asset.id, asset);
  return asset;
}

/** Nothing answers there. */
export function presigned({ path, id }: Asset): string {
  return `https://storage.invalid/${path.replace(/^\w+:\/\//, '')}?signature=${id}`;
}

/** 100ms docs: Recordings overview: `<prefix>/beam/<room>/<day>/Rec-<room>-<epoch>`. */
function pathOf(
  workspace: Workspace,
  roomId: string,
  { at, ending }: { readonly at: number; readonly ending: string },
): string {
  const template = workspace.template(textIn(workspace.room(roomId).config['template_id']));
  const upload = part(part(part(template.body, 'settings'), 'recording'), 'upload');
  const { type = 's3', location = '100ms-storage', prefix = workspace.customerId } = upload;
  const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
  const file = `Rec-${roomId}-${at}.${ending}`;
  return [`${String(type)}:/`, location, prefix, 'beam', roomId, day, file].join('/');
}

function metadataOf(type: Asset['type'], width: number, height: number): Body {
  switch (type) {
    case 'room-composite':
      return { resolution: { width, height } };
    case 'room-vod':
      return { num_layers: '1', max_width: width, max_height: height };
    case 'chat':
      return {};
  }
}
