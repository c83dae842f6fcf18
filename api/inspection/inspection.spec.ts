import type {
  AvSessionRecord,
  AvSessionsRepository,
} from '../../clickhouse/av-sessions.repository';
import type { RecordedSample } from '../../clickhouse/quality-columns';
import type { QualityRepository } from '../../clickhouse/quality.repository';
import type { LoggedRow } from '../../clickhouse/log-columns';
import type { Side } from '../../src/domain/video/facts';
import type { QualitySample } from '../../src/domain/video/quality';
import { profileRow } from '../../test/engine/log-rows';
import { Inspection } from './inspection';
import { logSource } from './sources';

const profileId = '6f3b1c52-8d0e-4a57-9c1b-2e7f4d9a8b30';
const avSessionId = `${profileId}.1`;
const START = Date.UTC(2026, 0, 15, 9);
const row = (seq: number, fields: Partial<LoggedRow>): LoggedRow => ({
  ...profileRow({ ouid: 'bank', profileId, seq, avSessionId, ...fields }),
  eventId: `e${seq}`,
  recordedAt: '',
});
const seen = (who: Side, second: number, sample: object): RecordedSample => ({
  who,
  sample: { at: START + second * 1_000, ...sample } as QualitySample,
  recordedAt: '2026-01-15T10:00:00.000Z',
});

const session: AvSessionRecord = {
  profileId,
  avSessionId,
  agentId: 'agent-1',
  room: 'LOCKED',
  openedAt: '2026-01-15T09:00:01.000Z',
  startedAt: '2026-01-15T09:00:02.000Z',
  endedAt: '2026-01-15T09:01:00.000Z',
  endWhy: 'AGENT_ENDED',
  endParty: 'AGENT',
  systemCause: '',
  recording: '',
  recordingDoubts: [],
  asOf: '2026-01-15T09:01:00.000Z',
};
const utv = { decision: 'UTV', remarkRef: '', disposition: 'REQUEUE' };
const events = [
  row(1, { eventType: 'av.opened', agentId: 'agent-1' }),
  row(9, { eventType: 'maker.decided', reason: 'BIZ_FACE_NOT_VISIBLE', details: utv }),
];
const samples = [
  seen('CUSTOMER', 5, { kind: 'RECONNECTING' }),
  seen('AGENT', 5, { kind: 'NETWORK', score: 5 }),
];

function inspection(known: AvSessionRecord | undefined): Inspection {
  const sessions = {
    find: (ouid: string) => Promise.resolve(ouid === 'bank' ? known : undefined),
    events: () => Promise.resolve(events),
  } as unknown as AvSessionsRepository;
  const quality = { samples: () => Promise.resolve(samples) } as unknown as QualityRepository;
  return new Inspection(sessions, quality, [logSource(sessions)]);
}

it('puts the system’s cause beside what the agent said, and everything in order', async () => {
  const found = await inspection(session).of('bank', avSessionId);
  expect(found).toMatchObject({
    ...session,
    agentSaid: { decision: 'UTV', reason: 'BIZ_FACE_NOT_VISIBLE', at: '2026-01-15T09:00:09.000Z' },
    quality: {
      // It did not come back before the call ended.
      customer: { cause: 'TECH_POOR_NETWORK_CUSTOMER', reconnects: 1, secondsDisconnected: 55 },
      agent: { cause: '', samples: 1, averageScore: 5 },
    },
    truncated: false,
  });
  expect(found.entries.map(({ source, type }) => `${source} ${type}`)).toEqual([
    'LOG av.opened',
    'QUALITY RECONNECTING',
    'QUALITY NETWORK',
    'LOG maker.decided',
  ]);
  expect(found.entries.at(-1)).toEqual({
    at: '2026-01-15T09:00:09.000Z',
    source: 'LOG',
    type: 'maker.decided',
    actor: { type: 'SYSTEM', id: 'system' },
    details: { ...utv, profileStatus: 'CAPTURE_PENDING', reason: 'BIZ_FACE_NOT_VISIBLE', seq: 9 },
  });
  expect(found.entries[2]).toMatchObject({
    at: '2026-01-15T09:00:05.000Z',
    actor: { type: 'AGENT' },
    details: { score: 5, recordedAt: '2026-01-15T10:00:00.000Z' },
  });
});

it.each([
  ['what is no id', 'bank', 'x', session],
  ['what the log does not know', 'bank', avSessionId, undefined],
  ['another organization’s', 'bank-2', avSessionId, session],
])('knows nothing of %s', async (_, ouid, id, known) => {
  await expect(inspection(known).of(ouid, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});
