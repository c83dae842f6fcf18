import type { Client } from '@temporalio/client';
import type { OpenCall } from '../../clickhouse/open-calls';
import { VideoError, type VideoProvider } from '../../src/ports/video-provider';
import type { VideoRecords } from '../../src/ports/video-records';
import { createVideoReconcileActivities } from './video-reconcile.activities';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.UTC(2026, 0, 15, 9);

let asked: [number, number][];
const client = {} as unknown as Client;
const video = {} as unknown as VideoProvider;
const records = {
  replayUndelivered: (from: number, to: number) => {
    asked.push([from - START, to - START]);
    return Promise.resolve('started');
  },
} as unknown as VideoRecords;
const noCalls = () => Promise.resolve([]);
const worker = () => createVideoReconcileActivities(client, noCalls, video, records);

beforeEach(() => {
  asked = [];
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

it('asks for each minute’s undelivered webhooks once, and for none that are still being tried', async () => {
  const { reconcileVideo } = worker();
  for (const minute of [0, 5, 10]) {
    jest.setSystemTime(START + minute * MINUTE);
    await reconcileVideo();
  }
  expect(asked).toEqual([
    [-HOUR, -MINUTE],
    [-MINUTE, 4 * MINUTE],
    [4 * MINUTE, 9 * MINUTE],
  ]);
});

it('asks for nothing when one round follows the other at once', async () => {
  const { reconcileVideo } = worker();
  jest.setSystemTime(START);
  const rounds = [await reconcileVideo(), await reconcileVideo()];
  expect(rounds.map(({ replay }) => replay)).toEqual(['started', 'none']);
  expect(asked).toHaveLength(1);
});

it('asks for a day at most after a long stand-still', async () => {
  const { reconcileVideo } = worker();
  for (const hour of [0, 100]) {
    jest.setSystemTime(START + hour * HOUR);
    await reconcileVideo();
  }
  expect(asked[1]).toEqual([76 * HOUR, 100 * HOUR - MINUTE]);
});

describe('a service that does not answer', () => {
  const call = (n: number): OpenCall => ({
    ouid: 'demo',
    avSessionId: `p.${n}`,
    profileId: 'p',
    roomId: `room-${n}`,
    ended: true,
    room: 'LOCKED',
  });
  const round = async (calls: number, answers: (roomId: string) => boolean) => {
    const looked: string[] = [];
    const lookAt = (roomId: string) => {
      looked.push(roomId);
      return answers(roomId)
        ? Promise.resolve([])
        : Promise.reject(new VideoError('UNAVAILABLE', roomId));
    };
    const all = Array.from({ length: calls }, (_, n) => call(n));
    const { reconcileVideo: reconcile } = createVideoReconcileActivities(
      client,
      () => Promise.resolve(all),
      video,
      { ...records, lookAt },
    );
    return { looked, result: await reconcile() };
  };

  it('for one call is asked about the others first, then about that one again', async () => {
    const { looked, result } = await round(3, (roomId) => roomId !== 'room-0');
    expect(looked).toEqual(['room-0', 'room-1', 'room-2', 'room-0', 'room-0']);
    expect(result).toMatchObject({ calls: 3, unanswered: 1 });
  });

  it('at once, but later, counts as answering', async () => {
    let failures = 2;
    const { result } = await round(9, (roomId) => roomId !== 'room-8' || failures-- <= 0);
    expect(result).toMatchObject({ calls: 9, unanswered: 0 });
  });

  it('about a good part of the calls is still asked about the rest', async () => {
    const { looked, result } = await round(60, (roomId) => Number(roomId.slice(5)) % 2 === 0);
    expect(new Set(looked).size).toBe(60);
    expect(result).toMatchObject({ calls: 60, unanswered: 30 });
  });

  it('for any is asked again later', async () => {
    await expect(round(30, () => false)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
