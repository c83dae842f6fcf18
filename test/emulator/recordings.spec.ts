import { type EmulatedRoom, emulatedRoom, until } from './emulated-room';
import { type Emulator, startEmulator } from './emulator';
import type { Outcome } from './state';

const MEETING_URL = 'https://kyc.example/recorder';

let emulator: Emulator;
let room: EmulatedRoom;

const events = (type: string) => room.events.filter((event) => event.type === type);
const types = () =>
  room.events.map(({ type }) => type).filter((type) => /^(beam|recording)/.test(type));
const start = (body: object) => room.client.post(`/recordings/room/${room.id}/start`, body);
const stop = () => room.client.post(`/recordings/room/${room.id}/stop`, {});
const recording = () => [...emulator.workspace.recordings.values()][0];
const isRunning = () => recording()?.status === 'running';

async function files(): Promise<{ type: string; size: number; status: string; id: string }[]> {
  const { data } = (await room.client.get('/recording-assets', { room_id: room.id })) as {
    data: { type: string; size: number; status: string; id: string }[] | null;
  };
  return (data ?? []).filter(({ type }) => type !== 'chat');
}

async function inRoom(composite: Record<string, unknown>): Promise<void> {
  room = await emulatedRoom(emulator, { composite });
}

beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe('with auto-start', () => {
  beforeEach(() => inRoom({ browserComposite: { autoStart: true, autoStopTimeout: 30 } }));

  it('a recorder joins after the first peer, and is one itself', async () => {
    const customer = await room.join('customer');
    await until(isRunning);
    const { peers } = (await room.client.get(`/active-rooms/${room.id}/peers`)) as {
      peers: object;
    };
    expect(Object.values(peers).map(({ role }: { role: string }) => role)).toEqual([
      'customer',
      'recorder',
    ]);
    await expect(start({ meeting_url: MEETING_URL })).rejects.toMatchObject({ status: 400 });
    // It holds the session open until it has waited for somebody to come back.
    emulator.workspace.leave(customer.id);
    expect(emulator.workspace.sessions.size).toBe(1);
    await until(() => emulator.workspace.sessions.size === 0);
    expect(events('beam.stopped.success')[0]?.data['reason']).toBe('last peer left');
  });

  it('a recorder stays when somebody comes back', async () => {
    const { id } = await room.join('customer');
    await until(isRunning);
    const token = await room.token('customer');
    emulator.workspace.leave(id);
    emulator.workspace.join(token);
    await emulator.workspace.timers.wait(40);
    expect(isRunning()).toBe(true);
  });

  it.each<[Outcome, string[], number]>([
    ['SUCCESS', ['beam.recording.success'], 1],
    ['BLANK', ['beam.recording.success'], 1],
    ['TWO_FILES', ['beam.recording.success', 'beam.recording.success'], 2],
    ['FAILURE', ['beam.failure'], 0],
    ['NONE', [], 0],
  ])('ends as it is told to: %s', async (outcome, last, count) => {
    emulator.workspace.recordingOutcome(room.id, outcome);
    await room.join('agent');
    await until(isRunning);
    emulator.workspace.endRoom(room.id);
    expect(emulator.workspace.sessions.size).toBe(0);
    await emulator.workspace.timers.wait(30);
    expect(types()).toEqual(['beam.started.success', 'beam.stopped.success', ...last]);
    const good = (await files()).filter(({ status }) => status === 'completed');
    expect(good).toHaveLength(count);
    for (const { size } of good) expect(size < 10_000).toBe(outcome === 'BLANK');
    const status = { FAILURE: 'failed', NONE: 'post_processing' }[outcome as string] ?? 'completed';
    expect(await room.client.get('/recordings')).toMatchObject({ data: [{ status }] });
  });

  it('tells at the end of a recorder that broke down', async () => {
    const { id } = await room.join('agent');
    await until(isRunning);
    emulator.workspace.leave(recording()?.peerId ?? '');
    emulator.workspace.leave(id);
    expect(emulator.workspace.sessions.size).toBe(0);
    const [stopped, ...more] = events('beam.stopped.success');
    expect([stopped?.data['reason'], more]).toEqual(['failure: INTERNAL_ERROR', []]);
  });

  it('nothing at all comes where no recorder starts', async () => {
    emulator.workspace.recordingOutcome(room.id, 'NO_RECORDER');
    const { id } = await room.join('agent');
    emulator.workspace.leave(id);
    await emulator.workspace.timers.wait(20);
    expect([types(), emulator.workspace.recordings.size]).toEqual([[], 0]);
  });

  it('fails when everybody is gone before it began', async () => {
    emulator.workspace.delays.recorderJoinsMs = 40;
    const { id } = await room.join('agent');
    emulator.workspace.leave(id);
    expect(events('beam.failure')).toMatchObject([{ data: { error_type: 'BEAM_STOPPED' } }]);
    expect(emulator.workspace.sessions.size).toBe(0);
  });
});

describe('by API', () => {
  beforeEach(() => inRoom({ browserComposite: { autoStart: false } }));

  it('starts with an address to look at, stops, and has a file with a link for a while', async () => {
    await room.join('agent');
    await expect(start({})).rejects.toMatchObject({ status: 400 });
    const answer = { status: 'starting', started_by: '', recording_assets: null };
    expect(await start({ meeting_url: MEETING_URL })).toMatchObject(answer);
    await until(isRunning);
    expect(await stop()).toMatchObject({ limit: 1, data: [{ status: 'stopping' }] });
    await until(() => recording()?.status === 'completed');
    expect(events('beam.stopped.success')[0]?.data['reason']).toBe('client request');
    const [file] = await files();
    const link = `/recording-assets/${file?.id}/presigned-url`;
    expect(await room.client.get(link)).toMatchObject({ id: file?.id, expiry: 259_200 });
    expect(await room.client.get(link, { presign_duration: '60' })).toMatchObject({ expiry: 60 });
    expect(emulator.workspace.sessions.size).toBe(1);
  });

  it('needs no address where the dashboard made the template', async () => {
    for (const template of emulator.workspace.templates.values()) template.subdomain = 'kyc';
    await room.join('agent');
    expect(await start({})).toMatchObject({ status: 'starting' });
  });

  it('does not let anybody take a webhook’s id for the API’s', async () => {
    await room.join('agent');
    const { id } = (await start({ meeting_url: MEETING_URL })) as { id: string };
    await until(isRunning);
    const { beam_id, job_id } = events('beam.started.success')[0]?.data ?? {};
    expect(new Set([id, beam_id, job_id]).size).toBe(3);
    expect(events('beam.started.success')[0]?.data).not.toHaveProperty('room_name');
  });
});

describe('by the media server', () => {
  beforeEach(() => inRoom({ customComposite: { enabled: true } }));

  it.each<[Outcome, string[]]>([
    ['SUCCESS', ['recording.success']],
    ['TWO_FILES', ['recording.success', 'recording.success']],
    ['FAILURE', ['recording.failed']],
    ['NONE', []],
  ])('tells after the session: %s', async (outcome, told) => {
    emulator.workspace.recordingOutcome(room.id, outcome);
    const { id } = await room.join('agent');
    emulator.workspace.leave(id);
    await emulator.workspace.timers.wait(20);
    expect(types()).toEqual(told);
    expect(events(told[0] ?? '').every(({ version }) => version === '1.0')).toBe(true);
    const kinds = told.map(() => 'room-vod');
    expect((await files()).map(({ type }) => type)).toEqual(kinds);
  });
});
