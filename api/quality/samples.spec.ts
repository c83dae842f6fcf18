import { MARK, wrongBodies } from '../../test/api/mutations';
import { Problem } from '../common/problem';
import { createValidationPipe } from '../common/validation';
import { QualityBatchDto } from './quality.dto';
import { samplesOf } from './samples';

const NOW = Date.UTC(2026, 0, 15, 9);
const at = new Date(NOW).toISOString();
const after = (ms: number): string => new Date(NOW + ms).toISOString();

/** As the API takes it: the pipe first, then what belongs together. */
async function taken(samples: unknown): Promise<unknown> {
  const body = (await createValidationPipe().transform(
    { samples },
    { type: 'body', metatype: QualityBatchDto },
  )) as QualityBatchDto;
  return samplesOf(body.samples, NOW);
}

async function wrongFields(samples: unknown): Promise<string[]> {
  try {
    await taken(samples);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return (error.extras.errors ?? []).map(({ field }) => field);
  }
}

it.each([
  [{ kind: 'NETWORK', score: -1 }],
  [{ kind: 'NETWORK', score: 5 }],
  [{ kind: 'STATS', jitterMs: 0.5 }],
  [
    {
      kind: 'STATS',
      jitterMs: 1,
      roundTripMs: 60_000,
      packetLossPercent: 100,
      frameDropPercent: 0,
      bitrateUpKbps: 1.25,
      bitrateDownKbps: 100_000,
    },
  ],
  [{ kind: 'RECONNECTING' }],
  [{ kind: 'RECONNECTED' }],
  [{ kind: 'ERROR', code: 9_999, terminal: false }],
  [{ kind: 'ERROR', code: 400, terminal: true }],
])('takes %j', async (sample) => {
  await expect(taken([{ at, ...sample }])).resolves.toEqual([{ ...sample, at: NOW }]);
});

it.each([
  [{ kind: 'NETWORK' }, 'score'],
  [{ kind: 'NETWORK', score: 6 }, 'score'],
  [{ kind: 'NETWORK', score: 1.5 }, 'score'],
  [{ kind: 'NETWORK', score: 4, jitterMs: 1 }, 'jitterMs'],
  [{ kind: 'STATS' }, 'jitterMs'],
  [{ kind: 'STATS', score: 4, roundTripMs: 1 }, 'score'],
  [{ kind: 'STATS', packetLossPercent: 100.1 }, 'packetLossPercent'],
  [{ kind: 'STATS', roundTripMs: -1 }, 'roundTripMs'],
  [{ kind: 'STATS', bitrateUpKbps: '9' }, 'bitrateUpKbps'],
  [{ kind: 'STATS', bitrateDownKbps: null }, 'bitrateDownKbps'],
  [{ kind: 'RECONNECTING', code: 1003 }, 'code'],
  [{ kind: 'ERROR', code: 1003 }, 'terminal'],
  [{ kind: 'ERROR', code: 399, terminal: true }, 'code'],
  [{ kind: 'ERROR', code: 3001, terminal: true, message: MARK }, 'message'],
  [{ kind: 'OTHER' }, 'kind'],
  [{}, 'kind'],
])('refuses %j and names its field', async (sample, field) => {
  await expect(
    wrongFields([
      { at, kind: 'RECONNECTED' },
      { at, ...sample },
    ]),
  ).resolves.toEqual([`samples.1.${field}`]);
});

it.each([
  [after(120_000), true],
  [after(120_001), false],
  [after(-86_400_000), true],
  [after(-86_400_001), false],
  ['2026-01-15T14:30:00+05:30', true],
  ['2026-01-15T09:00:00', false],
  ['2026-01-15', false],
  ['2026-01-15T99:00:00Z', false],
])('at %s: taken %p', async (time, good) => {
  const fields = await wrongFields([{ at: time, kind: 'RECONNECTED' }]);
  expect(fields).toEqual(good ? [] : ['samples.0.at']);
});

it('takes 1 to 100 samples', async () => {
  const one = { at, kind: 'RECONNECTED' };
  const many = (count: number): unknown => Array.from({ length: count }, () => one);
  await expect(wrongFields(many(100))).resolves.toEqual([]);
  for (const wrong of [many(101), many(0), {}, 'x', [null], [[one]], ['x'], undefined])
    await expect(wrongFields(wrong)).resolves.not.toEqual([]);
});

it('takes no sample that differs from a right one in one wrong thing', async () => {
  const text = (maxLength: number): object => ({ type: 'string', pattern: '.', maxLength });
  const schema = {
    required: ['at', 'kind', 'code', 'terminal'],
    properties: {
      at: text(30),
      kind: text(20),
      code: { type: 'integer', minimum: 400, maximum: 9_999 },
      terminal: { type: 'boolean' },
    },
  };
  const right = { at, kind: 'ERROR', code: 1003, terminal: true };
  await expect(wrongFields([right])).resolves.toEqual([]);
  const nothing = { openapi: '', paths: {}, components: { schemas: {} } };
  // A reserved name is bodyShape's to refuse, before.
  const wrong = wrongBodies(nothing, schema, right).filter(
    (sample) => !Object.hasOwn(sample as object, 'constructor'),
  );
  expect(wrong.length).toBeGreaterThan(40);
  const passed: unknown[] = [];
  for (const sample of wrong) if ((await wrongFields([sample])).length === 0) passed.push(sample);
  expect(passed).toEqual([]);
});
