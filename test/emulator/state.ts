import { randomBytes } from 'node:crypto';
import type { Body } from './refusal';

export interface Room {
  id: string;
  name: string;
  enabled: boolean;
  /** The last body that created or updated it: an upsert overwrites. */
  config: Body;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Template {
  readonly id: string;
  body: Body;
  recordings: Body[];
  /** Only one made in the dashboard has a subdomain (100ms docs: Start recording for room). */
  subdomain?: string;
  readonly createdAt: string;
  updatedAt: string;
}

export interface Peer {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly role: string;
  readonly joinedAt: string;
  leftAt?: string;
  /** The browser that records is a peer as any other, and none of the people. */
  readonly isRecorder: boolean;
}

export interface Session {
  readonly id: string;
  readonly roomId: string;
  readonly createdAt: string;
  updatedAt: string;
  /** Who is inside. */
  readonly peers: Map<string, Peer>;
  /** Who was. */
  readonly gone: Peer[];
  closedAt?: string;
}

/** A composite recording: a browser that joins, looks and is stopped. */
export interface Recording {
  readonly id: string;
  readonly roomId: string;
  readonly sessionId: string;
  status: 'starting' | 'running' | 'stopping' | 'post_processing' | 'completed' | 'failed';
  readonly createdAt: string;
  startedAt?: string;
  stoppedAt?: string;
  updatedAt: string;
  readonly meetingUrl: string;
  readonly destination: string;
  readonly width: number;
  readonly height: number;
  /** Of its webhooks. How they map to `id` is not documented, so none of them is it. */
  readonly beamId: string;
  readonly jobId: string;
  readonly peerId: string;
}

export interface Asset {
  readonly id: string;
  /** The recording's id. */
  readonly jobId: string;
  readonly roomId: string;
  readonly sessionId: string;
  readonly type: 'room-composite' | 'room-vod' | 'chat';
  readonly path: string;
  readonly size: number;
  readonly duration: number;
  readonly status: 'completed' | 'failed';
  readonly createdAt: string;
  readonly metadata: Body;
}

/** What becomes of a room's recordings. */
export type Outcome =
  | 'SUCCESS'
  /** Ends in an UPLOAD_ERROR. */
  | 'FAILURE'
  /** A success with next to nothing in it. */
  | 'BLANK'
  | 'TWO_FILES'
  /** Recorded and stopped, and then neither a file nor a word. */
  | 'NONE'
  /** Auto-start does not start. */
  | 'NO_RECORDER';

export const newId = (): string => randomBytes(12).toString('hex');
export const nowText = (): string => new Date().toISOString();
