import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { webhookEvent } from './webhook-event';
import { factsOf } from './webhook-facts';

const ROOM = '0123456789abcdef01234567';
const NOW = '2026-03-01T12:00:10.000Z';
const PEER = { peer_id: '83b869e1-9a4b-4037-84b2-913cf76e4392', role: 'customer', user_id: 'u1' };
const AT = Date.parse('2026-03-01T12:00:01.500Z');

function event(type: string, data: object, envelope: object = {}) {
  const body = {
    version: '2.0',
    id: '6c75de35-b778-4fb0-88ae-114c28dc285f',
    timestamp: '2026-03-01T12:00:05Z',
    type,
  };
  return webhookEvent(
    { ...body, ...envelope, data: { room_id: ROOM, session_id: 's1', ...data } },
    NOW,
  );
}

function facts(type: string, data: object) {
  const one = event(type, data);
  return one ? factsOf([one]) : undefined;
}

describe('a webhook of 100ms', () => {
  it('is kept with ids, codes, times and numbers; of the rest only the names', () => {
    const kept = event('peer.join.success', {
      ...PEER,
      user_name: 'Asha Rao',
      user_data: '{"pan":"ABCDE1234F"}',
      recording_presigned_url: 'https://bucket/file?signature=x',
      reason: 'https://a.example/?token=x',
      rtmp: [{ url: 'rtmp://x' }],
      joined_at: '2026-03-01T12:00:01.500432704Z',
      brand_new: 'Asha',
    });
    expect(kept).toMatchObject({
      eventId: '6c75de35-b778-4fb0-88ae-114c28dc285f',
      type: 'peer.join.success',
      roomId: ROOM,
      sessionId: 's1',
      occurredAt: '2026-03-01T12:00:05.000Z',
      withheld: [
        'brand_new',
        'reason',
        'recording_presigned_url',
        'rtmp',
        'user_data',
        'user_name',
      ],
    });
    expect(JSON.stringify(kept)).not.toMatch(/Asha|ABCDE|signature|https|rtmp:/);
  });

  it('of an unknown type is kept', () => {
    expect(event('poll.ended.success', {})?.type).toBe('poll.ended.success');
    expect(facts('poll.ended.success', {})).toEqual([]);
  });

  it.each([
    [
      'filler of the test button',
      {
        id: 'x',
        timestamp: '20XX-0X-0XT10:XX:XXZ',
        type: 'session.open.success',
        data: { room_name: 'Sample Room Name' },
      },
    ],
    ['no object', null],
    ['a list', []],
    ['data that are none', { type: 'peer.join.success', data: 'x' }],
    ['an address as a room', { type: 'peer.join.success', data: { room_id: '../rooms' } }],
  ])('is none: %s', (_, body) => {
    expect(webhookEvent(body, NOW)).toBeUndefined();
  });

  it('has an id of its body when its own cannot be used, and a time that can be read or none', () => {
    const one = event('session.open.success', {}, { id: '****', timestamp: '20XX-0X-0X' });
    const again = event('session.open.success', {}, { id: '****', timestamp: '20XX-0X-0X' });
    expect(one?.eventId).toMatch(/^[0-9a-f]{32}$/);
    expect([one?.eventId, one?.occurredAt]).toEqual([again?.eventId, '']);
    const timestamp = '+275760-09-13T00:00:00.000Z';
    expect(event('session.open.success', {}, { timestamp })?.occurredAt).toBe('');
  });
});

describe('what it means', () => {
  it.each([
    ['client request', 'CLIENT_REQUEST'],
    ['peer kicked', 'REMOVED'],
    ['websocket closed', 'CONNECTION_LOST'],
    ['something new', 'CONNECTION_LOST'],
  ])('a peer leaves: %s', (reason, cause) => {
    const times = { joined_at: '2026-03-01T12:00:01.5Z', left_at: '2026-03-01T12:00:04.25Z' };
    expect(facts('peer.leave.success', { ...PEER, ...times, reason })).toEqual([
      {
        kind: 'PEER_LEFT',
        who: 'CUSTOMER',
        peerId: PEER.peer_id,
        joinedAt: AT,
        at: AT + 2_750,
        cause,
      },
    ]);
  });

  it('a peer joins; the recorder is no participant', () => {
    const joined = { ...PEER, role: 'agent', joined_at: '2026-03-01T12:00:01.5Z' };
    expect(facts('peer.join.success', joined)).toEqual([
      { kind: 'PEER_JOINED', who: 'AGENT', peerId: PEER.peer_id, at: AT },
    ]);
    expect(facts('peer.join.success', { ...joined, role: 'recorder' })).toEqual([]);
  });

  it('joining fails; the zero time is no time', () => {
    const failed = {
      ...PEER,
      joined_at: '0001-01-01T00:00:00Z',
      error_message: 'role not allowed',
    };
    expect(facts('peer.join.failure', failed)).toEqual([
      {
        kind: 'JOIN_FAILED',
        who: 'CUSTOMER',
        peerId: PEER.peer_id,
        why: 'ROLE_NOT_ALLOWED',
        at: Date.parse('2026-03-01T12:00:05Z'),
      },
    ]);
  });

  it('a recording is in the bucket, failed, or has no place that could be kept', () => {
    const at = Date.parse('2026-03-01T12:00:05Z');
    const file = { recording_path: 's3://bucket/p/beam/Rec-1.mp4', size: 1_000_000, duration: 79 };
    expect(facts('beam.recording.success', file)).toEqual([
      {
        kind: 'RECORDED',
        file: {
          kind: 'ROOM',
          path: 's3://bucket/p/beam/Rec-1.mp4',
          bytes: 1_000_000,
          durationMs: 79_000,
        },
        at,
      },
    ]);
    const signed = { ...file, recording_path: 'https://bucket/x?signature=1' };
    expect(facts('beam.recording.success', signed)).toEqual([
      { kind: 'RECORDING_FAILED', error: 'NO_PATH', at },
    ]);
    expect(facts('beam.failure', { error_type: 'UPLOAD_ERROR' })).toEqual([
      { kind: 'RECORDING_FAILED', error: 'UPLOAD_ERROR', at },
    ]);
    expect(facts('recording.failed', { error_type: 'see https://x' })).toEqual([
      { kind: 'RECORDING_FAILED', error: 'OTHER', at },
    ]);
  });

  it('the room is empty, or ended from within', () => {
    const at = Date.parse('2026-03-01T12:00:05Z');
    expect(
      facts('session.close.success', { session_stopped_at: '2026-03-01T12:00:01.5Z' }),
    ).toEqual([{ kind: 'ROOM_EMPTY', at: AT }]);
    expect(facts('room.end.success', { role: 'agent' })).toEqual([
      { kind: 'ROOM_ENDED', by: 'AGENT', at },
    ]);
    expect(facts('room.end.success', {})).toEqual([{ kind: 'ROOM_ENDED', by: 'PLATFORM', at }]);
  });
});

const published = resolve('../shared/data/100ms/webhooks');
const samples = existsSync(published) ? readdirSync(published) : [];
const whereThere = samples.length > 0 ? describe : describe.skip;
whereThere('as 100ms publishes it', () => {
  it.each(samples.length > 0 ? samples : ['no sample'])('%s', (file) => {
    const body = JSON.parse(readFileSync(join(published, file), 'utf8')) as { data: object };
    // Masked with stars there.
    const kept = webhookEvent({ ...body, data: { ...body.data, room_id: ROOM } }, NOW);
    expect(kept?.type).toMatch(/^[a-z]+\./);
    expect(JSON.stringify(kept)).not.toMatch(/https?:/);
    expect(() => (kept ? factsOf([kept]) : [])).not.toThrow();
  });
});
