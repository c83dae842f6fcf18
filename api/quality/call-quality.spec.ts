import type { QualityRepository } from '../../clickhouse/quality.repository';
import type { AvSession, ProfileState } from '../../src/domain/profile/state';
import type { QualitySample } from '../../src/domain/video/quality';
import { CallQuality } from './call-quality';

const ENDED = Date.UTC(2026, 0, 15, 9);
const state = { ouid: 'bank', profileId: 'p' } as ProfileState;
const open = { avSessionId: 'p.2', openedAt: 1 } as AvSession;
const over: AvSession = { ...open, endedAt: ENDED };
const sample = (at: number): QualitySample => ({ at, kind: 'RECONNECTED' });

function fake(count = 0) {
  const store = jest.fn(() => Promise.resolve());
  const repository = { count: () => Promise.resolve(count), store };
  return { store, quality: new CallQuality(repository as unknown as QualityRepository) };
}

it('keeps a batch under the call and side it is of', async () => {
  const { store, quality } = fake(19_999);
  await expect(quality.take(state, open, 'AGENT', [sample(1), sample(2)])).resolves.toEqual({
    avSessionId: 'p.2',
    samples: 2,
  });
  const origin = { profileId: 'p', avSessionId: 'p.2', who: 'AGENT' };
  expect(store).toHaveBeenCalledWith('bank', origin, [sample(1), sample(2)]);
});

it('takes nothing of after the call but what a clock may be ahead', async () => {
  const { store, quality } = fake();
  await quality.take(state, over, 'CUSTOMER', [sample(ENDED + 120_000)]);
  const late = [sample(ENDED), sample(ENDED + 120_001)];
  await expect(quality.take(state, over, 'CUSTOMER', late)).rejects.toMatchObject({
    code: 'FIELD_INVALID',
    extras: { errors: [{ field: 'samples.1.at', message: 'is after the end of the call' }] },
  });
  expect(store).toHaveBeenCalledTimes(1);
});

it('refuses a whole batch for a sample of before the call', async () => {
  const { store, quality } = fake();
  const call = { ...open, openedAt: ENDED };
  const early = [sample(ENDED - 120_000), sample(ENDED - 120_001)];
  await expect(quality.take(state, call, 'CUSTOMER', early)).rejects.toMatchObject({
    code: 'FIELD_INVALID',
    extras: { errors: [{ field: 'samples.1.at', message: 'is before the call' }] },
  });
  expect(store).not.toHaveBeenCalled();
});

it('takes no more than a call can have', async () => {
  const { store, quality } = fake(20_000);
  await expect(quality.take(state, open, 'CUSTOMER', [sample(1)])).rejects.toMatchObject({
    code: 'QUALITY_LIMIT',
    status: 409,
  });
  expect(store).not.toHaveBeenCalled();
});
