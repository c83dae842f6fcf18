import {
  agent,
  asInput,
  callMoves,
  captureMoves,
  customer,
  move,
  profileStart,
  reviewer,
  reviewMoves,
} from '../../../test/support/journeys';
import { Profile } from '../../../test/support/profile-under-test';
import type { ProfileState } from './state';
import { deadlines } from './timers';

const inLine = (patch?: Partial<ProfileState>): Profile =>
  new Profile(patch).take(...captureMoves(profileStart().profileId).map(asInput));
const inCall = (): Profile => inLine().assign().video({ roomId: 'room-1' });

describe('a customer whom nobody had time for', () => {
  it('comes back to the place he had', () => {
    const one = inLine();
    const { ticket, line, profileId, captureSessionId } = one.state;
    const reply = { kind: 'waitExpired', ticket: { profileId, n: ticket } } as const;
    one.take({ name: 'deskReply', reply });
    one.at += 3_600_000;
    const again = { captureSessionId, language: 'en', skills: [] };
    one.take(asInput(move('submit', customer, again)));
    expect(one.state.line?.since).toBe(line?.since);
    expect(one.state.waitedSince).toBeUndefined();
  });
});

describe('a profile', () => {
  it('tells its main path in this order', () => {
    const p = inCall();
    p.take(...callMoves(p.state.profileId, 'a1').map(asInput));
    p.take(asInput(move('makerDecision', agent('a1'), { decision: 'APPROVED' })));
    p.take(...reviewMoves(p.state.profileId, 'r1').map(asInput));
    const told = p.rows.map((r) => `${r.profileStatus} ${r.eventType}`);
    expect(told.filter((t) => !/task|verdict|capture/.test(t))).toEqual([
      'CAPTURE_PENDING profile.created',
      'CAPTURE_IN_PROGRESS consent.given',
      'CAPTURE_IN_PROGRESS document.received',
      'CAPTURE_IN_PROGRESS profile.submitted',
      'QUEUED queue.entered',
      'QUEUED queue.left',
      'IN_CALL av.opened',
      'IN_CALL av.room-opened',
      'IN_CALL av.joined',
      'IN_CALL av.joined',
      'IN_CALL av.started',
      'DECISION_PENDING av.ended',
      'REVIEW_PENDING maker.decided',
      'IN_REVIEW review.claimed',
      'IN_REVIEW checker.decided',
      'APPROVED profile.finished',
    ]);
  });

  it('waits for the customer only from when his room is open', () => {
    const p = inLine().assign();
    p.at += 120_000; // the room took two minutes
    p.take({ name: 'timer', timer: 'customerJoin' });
    expect(p.state).toMatchObject({ status: 'IN_CALL', noShows: 0 });
    p.video({ roomId: 'room-1' });
    const join = deadlines(p.state).find((d) => d.timer === 'customerJoin');
    expect(join?.at).toBe(p.at + p.state.policy.timers.customerJoin);
  });

  it('at its command limit can still be brought to an end by those who may', () => {
    const p = inLine().assign().video({ roomId: 'room-1' });
    p.state = { ...p.state, commands: 1_500 };
    const image = {
      kind: 'CALL_CAPTURE',
      blobRef: 'b',
      sha256: 'c',
      bytes: 1,
      mediaType: 'd',
    } as const;
    expect(p.refusal(asInput(move('addImage', agent('a1'), image)))).toBe('COMMAND_LIMIT');
    const reject = { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remarkRef: 'r' } as const;
    p.take(asInput(move('makerDecision', agent('a1'), reject)));
    p.take(asInput(move('claimReview', reviewer('r1'), {})));
    p.take(asInput(move('checkerDecision', reviewer('r1'), reject)));
    expect(p.state.status).toBe('REJECTED');
  });
});

describe('the checker', () => {
  const decided = (): Profile => {
    const p = inCall();
    const reject = { decision: 'REJECTED', reason: 'BIZ_DOC_TAMPERED', remarkRef: 'r' } as const;
    return p.take(asInput(move('makerDecision', agent('a1'), reject)));
  };

  it('is not one of the agents', () => {
    expect(decided().refusal(asInput(move('claimReview', reviewer('a1'), {})))).toBe('SELF_REVIEW');
  });

  it('decides against the maker with a reason of his own kind', () => {
    const p = decided().take(asInput(move('claimReview', reviewer('r1'), {})));
    p.take(...reviewMoves(p.state.profileId, 'r1').slice(1, -1).map(asInput));
    const approve = move('checkerDecision', reviewer('r1'), { decision: 'APPROVED' });
    expect(p.refusal(asInput(approve))).toBe('OVERRIDE_REASON_REQUIRED');
    const input = { ...approve.input, overrideReason: 'MAKER_ERROR' };
    p.take(asInput({ ...approve, input }));
    expect(p.state).toMatchObject({ status: 'APPROVED', reason: '' });
    expect(p.rows.find((r) => r.eventType === 'checker.decided')?.details).toMatchObject({
      overridden: true,
      overrideReason: 'MAKER_ERROR',
    });
  });
});
