/** The two people of a call. The recorder is no participant. */
export type Side = 'CUSTOMER' | 'AGENT';

/** How a connection to the call ended, as the provider saw it. */
export type PeerLeaveCause = 'CLIENT_REQUEST' | 'REMOVED' | 'CONNECTION_LOST';

/** A file of a call. `ROOM` shows the whole call; of the others there are several. */
export interface RecordingFile {
  readonly kind: 'ROOM' | 'TRACK' | 'STREAM';
  /** Where it lies, e.g. `s3://bucket/prefix/file.mp4`; never a signed address. */
  readonly path: string;
  readonly bytes: number;
  readonly durationMs: number;
  /** Hex, of its bytes, where we have seen them. */
  readonly sha256?: string;
}

/**
 * What the video provider saw of an AV session, in the product's words: told by a webhook or found by
 * asking. Facts may come late, twice and in any order; `at` is the provider's time (epoch ms), never
 * the time of arrival. A connection (peer) is new with each join of the same person.
 */
export type VideoFact =
  | {
      readonly kind: 'PEER_JOINED';
      readonly who: Side;
      readonly peerId: string;
      readonly at: number;
    }
  | {
      readonly kind: 'PEER_LEFT';
      readonly who: Side;
      readonly peerId: string;
      readonly joinedAt: number;
      readonly at: number;
      readonly cause: PeerLeaveCause;
    }
  /** Nobody is connected any more. */
  | { readonly kind: 'ROOM_EMPTY'; readonly at: number }
  /** Somebody in it, or the provider, ended the call for all. */
  | { readonly kind: 'ROOM_ENDED'; readonly by: Side | 'PLATFORM'; readonly at: number }
  | {
      readonly kind: 'JOIN_FAILED';
      readonly who: Side;
      readonly peerId: string;
      readonly why: string;
      readonly at: number;
    }
  | { readonly kind: 'RECORDING_STARTED'; readonly at: number }
  | { readonly kind: 'RECORDED'; readonly file: RecordingFile; readonly at: number }
  | { readonly kind: 'RECORDING_FAILED'; readonly error: string; readonly at: number };

/** Of one AV session; the argument of the profile's signal. */
export interface VideoFacts {
  readonly avSessionId: string;
  readonly facts: readonly VideoFact[];
}
