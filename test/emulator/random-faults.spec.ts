import { HundredMsClient } from '../../src/video/hundredms/client';
import { HundredMsError } from '../../src/video/hundredms/error';
import { type Emulator, startEmulator } from './emulator';

let emulator: Emulator;
afterEach(() => emulator.close());

/** What becomes of so many calls: a status, or why there is none. */
async function outcomes(seed: string, percent: number, calls: number): Promise<string[]> {
  emulator = await startEmulator({ seed });
  emulator.faults.random.percent = percent;
  emulator.faults.random.mostLateMs = 200;
  const { accessKey, appSecret } = emulator.workspace.keys;
  const keys = { apiUrl: emulator.url, accessKey, appSecret: Buffer.from(appSecret) };
  const client = new HundredMsClient(keys, { timeoutMs: 1_200 });
  const one = async (i: number): Promise<string> => {
    try {
      await client.post('/rooms', { name: `r-${i}` });
      return '200';
    } catch (error) {
      if (error instanceof HundredMsError) return String(error.status ?? 'silence');
      throw error;
    }
  };
  const all: string[] = [];
  for (let i = 0; i < calls; i += 1) all.push(await one(i));
  return all;
}

it('makes calls fail in every way, some of them after the work was done', async () => {
  const all = await outcomes('a', 60, 30);
  expect(new Set(all)).toEqual(new Set(['200', '401', '403', '429', '500', '503', 'silence']));
  const done = all.filter((outcome) => ['200', 'silence'].includes(outcome));
  expect(emulator.workspace.rooms.size).toBe(done.length);
});

it('makes the same calls fail for the same seed, and none at 0 percent', async () => {
  const first = await outcomes('b', 30, 12);
  await emulator.close();
  expect(await outcomes('b', 30, 12)).toEqual(first);
  await emulator.close();
  expect(new Set(await outcomes('c', 0, 20))).toEqual(new Set(['200']));
});
