import { Desk, enqueue, inCall, SECOND, tell, ticket } from '../../../test/support/desk-in-time';
import { asCommand, NOON, online } from '../../../test/support/journeys';
import { afterCall, afterWait, estimatedWait } from './service';
import { emptyDesk, type DeskState } from './state';
import { deskView } from './view';

const MINUTE = 60_000;
const empty = emptyDesk('bank');
const place = (n: number, waitedMs = 0) => ({ place: n, waitedMs });
const after = (state: DeskState, ...calls: number[]): DeskState =>
  calls.reduce((desk, ms) => ({ ...desk, service: afterCall(desk, 'q', ms) }), state);

describe('the estimated wait', () => {
  it.each([
    ['somebody is free for him', 1, { able: 2, free: 1 }, 0],
    ['the free one is for who comes before', 2, { able: 2, free: 1 }, 3 * MINUTE],
    ['one of two comes free every half call', 4, { able: 2, free: 0 }, 12 * MINUTE],
    ['nobody at work can serve him', 1, { able: 0, free: 0 }, undefined],
  ])('when %s', (_, n, staffed, wait) => {
    expect(estimatedWait(empty, 'q', place(n), staffed)).toBe(wait);
  });

  it('goes by the queue’s recent calls: the mean of the first, then of some fifty', () => {
    const one = { able: 1, free: 0 };
    const mean = (state: DeskState): number | undefined => estimatedWait(state, 'q', place(1), one);
    expect(mean(after(empty, 2 * MINUTE))).toBe(2 * MINUTE);
    expect(mean(after(empty, 2 * MINUTE, 6 * MINUTE))).toBe(4 * MINUTE);
    const long = Array.from({ length: 100 }, () => 2 * MINUTE);
    expect(mean(after(empty, ...long, 52 * MINUTE))).toBe(3 * MINUTE);
  });

  it('is the middle between that and what the last one waited', () => {
    const desk = { ...empty, service: afterWait(after(empty, 4 * MINUTE), 'q', 2 * MINUTE) };
    const one = { able: 1, free: 0 };
    expect(estimatedWait(desk, 'q', place(1), one)).toBe(3 * MINUTE);
    expect(estimatedWait(desk, 'q', place(1, MINUTE), one)).toBe(2.5 * MINUTE);
    expect(estimatedWait(desk, 'q', place(1, 9 * MINUTE), one)).toBe(2 * MINUTE);
  });
});

describe('at the desk', () => {
  it('counts everybody whom the same agents serve first, in whatever queue', () => {
    const desk = inCall(online('a1'));
    const other = tell({
      kind: 'enqueue',
      ticket: { profileId: 'p2', n: 1 },
      needs: { queueId: 'other', queueName: 'other', language: 'en', skills: [], priority: 9 },
      since: NOON + 2 * SECOND,
      until: NOON + 900 * SECOND,
      offerTimeout: 15 * SECOND,
    });
    desk.at(
      60,
      tell({ kind: 'release', ticket }),
      asCommand({ name: 'pause', agentId: 'a1', reason: 'BREAK' }),
    );
    desk.at(61, enqueue(2, 1), other);
    expect(deskView(desk.state, NOON).estimates).toEqual({});
    const busy = new Desk();
    busy.state = desk.state;
    busy.at(62, asCommand(online('a2')));
    const { positions, estimates } = deskView(busy.state, NOON + 62 * SECOND);
    expect(positions).toEqual({ p1: 1, p2: 1 });
    expect(estimates['p2']).toBe(0);
    // The one agent is taken by the other; a call took 58 s, and the last one had waited 2 s.
    expect(estimates['p1']).toBe(29 * SECOND);
  });
});
