import { AvSessionsRepository } from '../../clickhouse/av-sessions.repository';
import { QualityRepository } from '../../clickhouse/quality.repository';
import { RoomsRepository } from '../../clickhouse/rooms.repository';
import type { AvSnapshot } from '../../src/domain/events';
import type { LogRow } from '../../src/domain/log-row';
import type { QualitySample } from '../../src/domain/video/quality';
import type { Side } from '../../src/domain/video/facts';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

const START = Date.UTC(2026, 0, 15, 9);
let log: TestLog;
let quality: QualityRepository;
beforeAll(async () => {
  log = await startLog();
  quality = new QualityRepository(log.client);
});
afterAll(() => log.stop());

const origin = (profileId: string, who: Side = 'CUSTOMER') => ({
  profileId,
  avSessionId: `${profileId}.1`,
  who,
});
const samples: QualitySample[] = [
  { at: START, kind: 'NETWORK', score: -1 },
  { at: START, kind: 'STATS', jitterMs: 0.5, packetLossPercent: 100, bitrateUpKbps: 512.25 },
  { at: START + 1, kind: 'ERROR', code: 1003, terminal: true },
  { at: START + 1, kind: 'ERROR', code: 3001, terminal: false },
  { at: START + 2, kind: 'RECONNECTING' },
  { at: START + 3, kind: 'RECONNECTED' },
];

describe('quality', () => {
  it('counts a repeated batch once and gives it back as it was', async () => {
    await log.client.command({ query: 'SYSTEM STOP MERGES' });
    for (const batch of [samples, samples, samples.slice(2)])
      await quality.store('bank', origin('p'), batch);
    await quality.store('bank', origin('p', 'AGENT'), samples.slice(0, 1));
    await quality.store('other', origin('p'), samples.slice(0, 3));
    expect(await quality.count('bank', origin('p'))).toBe(6);
    const both = { profileId: 'p', avSessionId: 'p.1' };
    const found = await quality.samples('bank', both, 99);
    expect(found).toHaveLength(7);
    const his = found.filter(({ who }) => who === 'CUSTOMER');
    expect(his.map(({ sample }) => sample)).toEqual(samples);
    expect(his[0]).toMatchObject({ recordedAt: expect.stringMatching(/Z$/) });
    expect(await quality.samples('bank', both, 4)).toHaveLength(4);
    expect(await quality.samples('bank', { ...both, avSessionId: 'p.2' }, 99)).toEqual([]);
    await log.client.command({ query: 'SYSTEM START MERGES' });
  });
});

/** Event `seq` of the first AV session of a profile. */
function avRow(
  ouid: string,
  profileId: string,
  seq: number,
  eventType: string,
  snapshot: Partial<AvSnapshot>,
  details: LogRow['details'] = {},
): LogRow {
  const av: AvSnapshot = {
    agentId: 'agent-1',
    openedAt: new Date(START).toISOString(),
    startedAt: '',
    endedAt: '',
    endWhy: '',
    endParty: '',
    room: 'OPEN',
    roomId: '',
    systemCause: '',
    recording: '',
    recordingDoubts: [],
    ...snapshot,
  };
  return profileRow({
    ouid,
    profileId,
    seq,
    eventType,
    avSessionId: `${profileId}.1`,
    details: { ...details, av },
  });
}

describe('rooms', () => {
  const OVER = { endedAt: '2026-01-15T09:00:30.000Z', endWhy: 'AGENT_ENDED' };
  const joined = (profileId: string, seq: number, who: Side) =>
    avRow('rooms', profileId, seq, 'av.joined', {}, { who });
  beforeAll(async () => {
    const opened = (second: number) => ({
      openedAt: new Date(START + second * 1_000).toISOString(),
    });
    const rows = [
      avRow('rooms', 'b-talking', 1, 'av.opened', {}),
      joined('b-talking', 2, 'AGENT'),
      joined('b-talking', 3, 'CUSTOMER'),
      avRow('rooms', 'b-talking', 4, 'av.left', {}, { who: 'CUSTOMER' }),
      joined('b-talking', 5, 'CUSTOMER'),
      avRow('rooms', 'b-talking', 6, 'av.left', {}, { who: 'AGENT' }),
      avRow('rooms', 'a-opening', 1, 'av.opened', { room: 'OPENING' }),
      joined('stuck', 1, 'CUSTOMER'),
      avRow('rooms', 'stuck', 2, 'av.room-lock-failed', { ...OVER, ...opened(-9), room: 'FAILED' }),
      avRow('rooms', 'never', 1, 'av.ended', { ...OVER, endWhy: 'ROOM_FAILED', room: 'FAILED' }),
      avRow('rooms', 'locked', 1, 'av.opened', {}),
      avRow('rooms', 'locked', 2, 'av.room-locked', { ...OVER, room: 'LOCKED' }),
      avRow('others', 'theirs', 1, 'av.opened', {}),
    ];
    await log.writer.write(rows);
    await log.writer.write(rows);
  });

  it('lists those that are not locked, the longest open first, and who is in them', async () => {
    const { items, asOf, nextCursor } = await new RoomsRepository(log.client).list('rooms', {
      limit: 50,
    });
    expect(items.map(({ profileId, inside }) => [profileId, inside])).toEqual([
      ['stuck', []],
      ['a-opening', []],
      ['b-talking', [{ who: 'CUSTOMER', since: new Date(START + 5_000).toISOString() }]],
    ]);
    expect(items[1]).toMatchObject({ room: 'OPENING', agentId: 'agent-1', endedAt: '' });
    expect([asOf, nextCursor]).toEqual([new Date(START + 6_000).toISOString(), undefined]);
  });

  it('goes on where the page before ended', async () => {
    const rooms = new RoomsRepository(log.client);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await rooms.list('rooms', { limit: 1, cursor });
      found.push(...page.items.map(({ profileId }) => profileId));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(found).toEqual(['stuck', 'a-opening', 'b-talking']);
    expect((await rooms.list('nobody', { limit: 9 })).asOf).toBe('');
  });

  it('finds one session, and what happened in it once', async () => {
    const sessions = new AvSessionsRepository(log.client);
    const id = ['b-talking', 'b-talking.1'] as const;
    expect(await sessions.find('rooms', ...id)).toMatchObject({ room: 'OPEN', startedAt: '' });
    expect(await sessions.find('others', ...id)).toBeUndefined();
    const events = await sessions.events('rooms', ...id, 99);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(await sessions.events('rooms', ...id, 2)).toHaveLength(2);
  });
});
