import { Backoff } from './backoff';

describe('Backoff', () => {
  it('doubles from half a second up to ten seconds', () => {
    const backoff = new Backoff();
    const delays = Array.from({ length: 7 }, () => backoff.next(1_000));
    expect(delays).toEqual([500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
  });

  it('begins anew after ten seconds of health', () => {
    const backoff = new Backoff();
    backoff.next(0);
    backoff.next(9_999);
    expect(backoff.next(10_000)).toBe(500);
  });
});
