import { ApiProperty } from '@nestjs/swagger';
import { MOST_SIGNALS, type Signal } from '../../src/video/local/mailbox';
import { JOIN_FAILURES, type JoinFailure } from '../../src/video/local/presence';
import { ChoiceField, IdField, NumberField } from '../common/fields';
import { fieldProblem } from '../common/problem';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PEER = { max: 36, pattern: UUID } as const;
/** A browser's own is some 7,000. */
const MAX_SDP = 16_000;

export class PeerQueryDto {
  @IdField({
    ...PEER,
    optional: true,
    description: 'When a stream broke off: the `peerId` that it had.',
  })
  peer?: string;
}

export class PeerDto {
  @IdField({ ...PEER, description: 'Your connection: of the stream’s first event.' })
  peerId!: string;
}

const SIGNAL_KINDS = ['OFFER', 'ANSWER', 'CANDIDATE'] as const;

/** One message of WebRTC for the other side. */
export class SignalDto extends PeerDto {
  @IdField({ ...PEER, description: 'The other side’s connection: `other` of the stream.' })
  to!: string;

  @NumberField({
    min: 1,
    max: MOST_SIGNALS,
    description: '1, 2, 3 … from your connection to that one. Sent again it is the same message.',
  })
  n!: number;

  @ChoiceField({ of: SIGNAL_KINDS })
  kind!: (typeof SIGNAL_KINDS)[number];

  @IdField({
    max: MAX_SDP,
    pattern: /^v=0\r?\n(?:[a-z]=[ -~]*\r?\n)+$/,
    optional: true,
    description: 'With OFFER and ANSWER.',
  })
  sdp?: string;

  @IdField({
    max: 500,
    pattern: /^candidate:[ -~]+$/,
    optional: true,
    description: 'With CANDIDATE. The empty one at the end need not be sent.',
  })
  candidate?: string;

  @IdField({ max: 10, pattern: /^[\w-]+$/, optional: true, description: 'With CANDIDATE.' })
  sdpMid?: string;

  @NumberField({ min: 0, max: 31, optional: true, description: 'With CANDIDATE.' })
  sdpMLineIndex?: number;
}

/** @throws Problem that names the field that is missing, or too much */
export function signalOf(dto: SignalDto): Signal {
  const { kind, sdp, candidate, sdpMid, sdpMLineIndex } = dto;
  const foreign =
    kind === 'CANDIDATE' ? (['sdp'] as const) : (['candidate', 'sdpMid', 'sdpMLineIndex'] as const);
  const extra = foreign.find((name) => dto[name] !== undefined);
  if (extra !== undefined) throw fieldProblem(extra, `does not go with ${kind}`);
  if (kind !== 'CANDIDATE') {
    if (sdp === undefined) throw fieldProblem('sdp', `is needed with ${kind}`);
    return { kind, sdp };
  }
  if (candidate === undefined) throw fieldProblem('candidate', 'is needed with CANDIDATE');
  return {
    kind,
    candidate,
    ...(sdpMid !== undefined && { sdpMid }),
    ...(sdpMLineIndex !== undefined && { sdpMLineIndex }),
  };
}

export class JoinFailureDto {
  @IdField({ ...PEER, description: 'Any UUID of the page’s: one try is one failure.' })
  attemptId!: string;

  @ChoiceField({ of: JOIN_FAILURES })
  why!: JoinFailure;
}

/** What was asked for is done; so it is when it is asked for again. */
export class DoneDto {
  @ApiProperty({ enum: [true] })
  done!: true;
}
