import { presigned } from './asset-files';
import { badQuery, filtered, pageOf, requireOneOf } from './pages';
import { type Body, Refusal } from './refusal';
import type { Asset } from './state';
import { msText } from './times';
import type { Workspace } from './workspace';

/** 100ms docs: Get presigned URL: three days for S3 and GCS. */
const PRESIGN_SECONDS = 259_200;

/** 100ms docs: List all assets. */
export function listAssets(workspace: Workspace, query: URLSearchParams): object {
  requireOneOf(query, 'status', ['completed', 'failed']);
  const fit = filtered([...workspace.assets.values()], query, {
    room_id: ({ roomId }) => roomId,
    session_id: ({ sessionId }) => sessionId,
    status: ({ status }) => status,
  });
  return pageOf(fit, query, assetAnswer);
}

/** 100ms docs: Get asset. */
export function assetAnswer(asset: Asset): object {
  const { jobId, roomId, sessionId } = asset;
  return { ...assetFields(asset), job_id: jobId, room_id: roomId, session_id: sessionId };
}

/** As a recording lists it: without what is its own (100ms docs: Get recording). */
export function assetFields({ createdAt, ...asset }: Asset): Body {
  const { id, metadata, duration, path, status, type, size } = asset;
  const at = msText(createdAt);
  return { id, thumbnails: null, metadata, duration, path, status, created_at: at, type, size };
}

/** 100ms docs: Get presigned URL. */
export function presignedUrl(workspace: Workspace, id: string, query: URLSearchParams): object {
  const asset = workspace.asset(id);
  const expiry = Number(query.get('presign_duration') ?? PRESIGN_SECONDS);
  if (!Number.isInteger(expiry) || expiry < 1) throw badQuery('presign_duration');
  if (asset.status === 'failed') throw new Refusal(400, 'asset has no file');
  return { id, path: asset.path, url: presigned(asset), expiry };
}
