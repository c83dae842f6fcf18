import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type EmulatedRoom, emulatedRoom, until } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';
import type { HmsEvent } from './hms-event';
import type { Outcome } from './state';

// The emulator's events have the fields that 100ms docs: Webhook gives them, and no others.

const PUBLISHED = join(__dirname, '../../../shared/data/100ms/webhooks');
const SESSION = ['room_id', 'session_id', 'template_id', 'session_started_at'];
const PERSON = ['peer_id', 'user_id', 'user_name', 'user_data', 'role', 'type', 'joined_at'];
const BEAM = [...SESSION, 'beam_id', 'peer_id', 'metadata_id', 'metadata_timestamp'].concat([
  'max_width',
  'max_height',
  'meeting_url',
  'rtmp',
]);
const JOB = ['job_id', 'recording_enabled'];
const FILES = ['recording_path', 'recording_presigned_url', 'size', 'duration'].concat([
  'chat_recording_path',
  'chat_recording_presigned_url',
]);
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  'session.open.success': [...SESSION, 'room_name'],
  'session.close.success': [...SESSION, 'room_name', 'session_duration', 'session_stopped_at'],
  'peer.join.success': [...SESSION, 'room_name', ...PERSON],
  'peer.leave.success': [
    ...SESSION,
    'room_name',
    ...PERSON,
    'left_at',
    'duration',
    'reason',
    'message',
  ],
  'peer.join.failure': ['room_id', 'room_name', 'template_id', ...PERSON, 'error_message'],
  'room.end.success': [...SESSION, 'room_name', 'peer_id', 'user_id', 'user_name', 'role'].concat([
    'lock_room',
    'reason',
    'source',
  ]),
  'beam.started.success': [...BEAM, ...JOB, 'start_delay'],
  'beam.stopped.success': [...BEAM, ...JOB, 'duration', 'reason'],
  'beam.recording.success': [
    ...BEAM,
    ...FILES,
    'recording_id',
    'created_at',
    'started_at',
    'stopped_at',
  ],
  'beam.failure': [...BEAM, ...JOB, 'error_type', 'error_message', 'error_code', 'duration'],
  'recording.success': [...SESSION, 'room_name', ...FILES, 'session_stopped_at'],
  'recording.failed': [...SESSION, 'room_name', 'error', 'error_type', 'session_stopped_at'],
};

let emulator: Emulator;
let room: EmulatedRoom;

/** A call in which everything happens that the emulator tells of, with both kinds of recording. */
async function call(outcome: Outcome): Promise<void> {
  emulator.workspace.recordingOutcome(room.id, outcome);
  const begun = () => room.events.filter(({ type }) => type === 'beam.started.success').length;
  const before = begun();
  const agent = await room.join('agent');
  await room.join('customer');
  await room.join('guest').catch(() => undefined);
  await until(() => begun() > before);
  emulator.workspace.endRoom(room.id, { by: agent.id });
  await emulator.workspace.timers.wait(30);
}

let events: HmsEvent[];
beforeAll(async () => {
  emulator = await startEmulator();
  const composite = { browserComposite: { autoStart: true }, customComposite: { enabled: true } };
  room = await emulatedRoom(emulator, { composite });
  await call('SUCCESS');
  await call('FAILURE');
  events = [...room.events];
});
afterAll(() => emulator.close());

it.each(Object.entries(FIELDS))('%s has its fields', (type, fields) => {
  const own = events.filter((event) => event.type === type);
  expect(own.length).toBeGreaterThan(0);
  for (const { data } of own) expect(Object.keys(data).sort()).toEqual([...fields].sort());
});

it('tells of nothing else', () => {
  expect([...new Set(events.map(({ type }) => type))].sort()).toEqual(Object.keys(FIELDS).sort());
});

it('has the envelope and every field of the published bodies, where those are at hand', () => {
  const missing = Object.keys(FIELDS).flatMap((type) => {
    const file = join(PUBLISHED, `${type}.json`);
    if (!existsSync(file)) return [];
    const body = JSON.parse(readFileSync(file, 'utf8')) as HmsEvent;
    const own = events.find((event) => event.type === type);
    const names = (event?: HmsEvent): string[] => [
      ...Object.keys(event ?? {}),
      ...Object.keys(event?.data ?? {}).map((name) => `data.${name}`),
      `version ${event?.version}`,
    ];
    return names(body).filter((name) => !names(own).includes(name));
  });
  expect(missing).toEqual([]);
});

it('says who ended it, and nobody where the API did', async () => {
  const ended = () => room.events.filter(({ type }) => type === 'room.end.success').at(-1)?.data;
  expect(ended()).toMatchObject({ user_id: 'u-agent', role: 'agent', source: 'peer' });
  await room.join('agent');
  await room.client.post(`/active-rooms/${room.id}/end-room`, {});
  await until(() => emulator.workspace.sessions.size === 0);
  expect(ended()).toMatchObject({ user_id: '', role: '', source: 'server' });
});

it('writes times with up to nine digits, and an envelope’s to the second', () => {
  const texts = events.flatMap(({ data }) => [data['session_started_at'], data['left_at']]);
  for (const text of texts.filter((each) => typeof each === 'string')) {
    expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,8}[1-9])?Z$/);
    expect(Math.abs(Date.parse(text) - Date.now())).toBeLessThan(60_000);
  }
  for (const { timestamp } of events) expect(timestamp).toMatch(/^[^.]+:\d\dZ$/);
});
