import { COLUMNS, parseTrace } from './call';
import { dayOf } from './day';
import { generateTrace } from './generate';

const header = COLUMNS.join(',');
const call = (columns: string): string => `${header}\n${columns}\n`;
const DAY = { seed: 1, run: '0', speed: 60 };

describe('a trace', () => {
  it('is read whatever its line ends, in the order of arrival', () => {
    const text = [
      header,
      'AA1,7,PE,9:00:10,9:00:20,10,9:00:20,9:01:20,60,AGENT,9:01:20,9:03:20,120,AGT_04',
      'AA2,8,PS,0:10:10,0:10:27,17,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NO_SERVER',
    ].join('\r\n');
    expect(parseTrace(text)).toEqual([
      expect.objectContaining({ type: 'PS', entry: 610, menu: 17, queued: false, server: '' }),
      expect.objectContaining({ entry: 32_410, queue: 60, service: 120, server: 'AGT_04' }),
    ]);
  });

  it('takes a negative time for none', () => {
    const row = 'A,1,PS,9:00:10,8:59:00,-70,8:59:00,9:01:00,120,HANG,0:00:00,0:00:00,0,NO_SERVER';
    expect(parseTrace(call(row))).toEqual([expect.objectContaining({ menu: 0, queue: 120 })]);
  });

  it.each([
    ['other columns', 'a,b,c\n1,2,3\n', /first line/],
    ['a cell too few', call('AA1,7,PE'), /line 2 of the trace: 3 columns/],
    [
      'an unknown outcome',
      call('A,1,PS,9:00:10,9:00:20,10,0:00:00,0:00:00,0,GONE,0:00:00,0:00:00,0,NO_SERVER'),
      /line 2 of the trace: unknown outcome/,
    ],
    [
      'no time',
      call('A,1,PS,nine,9:00:20,10,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NO_SERVER'),
      /vru_entry is no time/,
    ],
  ])('with %s is refused in words', (_, text, sentence) => {
    expect(() => parseTrace(text)).toThrow(sentence);
  });

  it('that is generated has all the columns, and is the same for the same seed', () => {
    const text = generateTrace(4, 500);
    expect(text).toBe(generateTrace(4, 500));
    expect(text).not.toBe(generateTrace(5, 500));
    const calls = parseTrace(text);
    expect(calls).toHaveLength(500);
    expect(new Set(calls.map(({ outcome }) => outcome))).toEqual(
      new Set(['AGENT', 'HANG', 'PHANTOM']),
    );
  });
});

describe('a day', () => {
  it('has one journey for each row, everything faster by the same factor', () => {
    const calls = parseTrace(
      [
        header,
        'A,1,PE,8:00:00,8:01:00,60,8:01:00,8:02:00,60,AGENT,8:02:00,8:04:00,120,AGT_04',
        'A,2,NE,9:00:00,9:00:30,30,9:00:30,9:05:30,300,HANG,0:00:00,0:00:00,0,NO_SERVER',
        'A,3,IN,9:30:00,9:30:10,10,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NO_SERVER',
        'A,4,PS,9:40:00,9:40:10,10,9:40:10,9:41:10,60,PHANTOM,9:41:10,9:41:15,5,NO_SERVER',
      ].join('\n'),
    );
    const { arrivals, agents } = dayOf(calls, DAY);
    expect(agents).toBe(1);
    expect(arrivals.map(({ atMs }) => atMs)).toEqual([0, 60_000, 90_000, 100_000]);
    const [served, inLine, before, phantom] = arrivals.map(({ script }) => script);
    expect(served).toMatchObject({
      language: 'en',
      skills: ['savings'],
      captureMs: 1_000,
      serviceMs: 5_000,
    });
    expect(served?.outcome.name).toMatch(/^AGENT, /);
    // Served after all he takes as long as somebody who was.
    const hungUp = { language: 'hi', skills: ['stock'], patienceMs: 5_000, serviceMs: 5_000 };
    expect(inLine).toMatchObject(hungUp);
    expect(inLine?.outcome.name).toBe('HANG in line');
    expect(before?.outcome.capture).toBe('WALKS_AWAY');
    expect(phantom?.outcome.calls).toEqual([{ customer: 'STAYS_AWAY' }]);
  });
});
