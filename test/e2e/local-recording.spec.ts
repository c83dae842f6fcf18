import { createHash, randomBytes } from 'node:crypto';
import { AccessLog } from '../../clickhouse/access-log';
import { ProfileVault } from '../../src/blobs/profile-vault';
import { takeReview } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { codeOf, inCall, openBank, passTasks, stateOf, type StartedCase } from '../api/cases';
import { request } from '../api/http';
import { startStack, type Stack } from '../support/stack';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const PARTS = [
  Buffer.concat([Buffer.from('1a45dfa3', 'hex'), randomBytes(90_000)]),
  randomBytes(90_000),
  randomBytes(9_000),
].map((part) => new Uint8Array(part));
const WHOLE = Buffer.concat(PARTS);

const bank = () => openBank(stack, `bank-recording-${(banks += 1)}`);

/** A call that both have joined, and the path of what its agent records. */
async function recorded(client: ApiClient, agent: ApiClient, reference: string) {
  const it = await inCall(client, agent, reference);
  const session = `/v1/av-sessions/${it.avSessionId}`;
  await it.customer.post('/v1/capture/call/join');
  await agent.post(`${session}/join`);
  const start = () => agent.post<{ recordingId: string }>(`${session}/recordings`, {}, 'first');
  const { recordingId } = await start();
  expect(await start()).toEqual({ recordingId });
  return { ...it, session, recordings: `${session}/recordings/${recordingId}` };
}

const put = (by: ApiClient, recording: string, part: number, bytes = PARTS[part - 1]!) =>
  by.upload(`${recording}/parts/${part}`, bytes, 'video/webm');
const recordingOf = async ({ profileId }: StartedCase) =>
  (await stateOf(stack, profileId)).avSessions.at(-1)?.recording;

it('comes in parts, is checked, and is read by the reviewer through a link', async () => {
  const { client, agent, reviewer } = await bank();
  const it = await recorded(client, agent, 'parts');
  await put(agent, it.recordings, 3);
  await put(agent, it.recordings, 1);
  expect(await recordingOf(it)).toMatchObject({ state: 'RUNNING' });
  await passTasks(agent, it.avSessionId);
  await agent.post(`${it.session}/end`);
  const said = { parts: 3, durationMs: 9_000 };
  expect(await codeOf(agent.post(`${it.recordings}/finish`, said))).toBe('RECORDING_INCOMPLETE');
  await put(agent, it.recordings, 2);
  await put(agent, it.recordings, 2);
  const sha256 = createHash('sha256').update(WHOLE).digest('hex');
  const done = await agent.post(`${it.recordings}/finish`, said);
  expect(done).toMatchObject({ bytes: WHOLE.length, sha256 });
  expect(await agent.post(`${it.recordings}/finish`, said)).toEqual(done);
  expect(await recordingOf(it)).toEqual({
    state: 'RECORDED',
    files: [
      {
        kind: 'ROOM',
        path: 'vault:recordings/1-v1',
        bytes: WHOLE.length,
        durationMs: 9_000,
        sha256,
      },
    ],
    doubts: [],
  });
  await agent.post(`${it.session}/decision`, { decision: 'APPROVED' });
  await takeReview(reviewer);
  const kept = jest.spyOn(stack.app.get(AccessLog), 'recordAccess');
  const view = await reviewer.get<{ files: { url: string; expiresAt: string }[] }>(
    `/v1/profiles/${it.profileId}/av-sessions/${it.avSessionId}/recording`,
  );
  expect(kept).toHaveBeenCalledTimes(1);
  expect(view).toMatchObject({ state: 'RECORDED', files: [{ durationMs: 9_000 }] });
  const path = new URL(view.files[0]?.url ?? '').pathname;
  const whole = await fetch(stack.url + path);
  expect(Buffer.from(await whole.arrayBuffer()).equals(WHOLE)).toBe(true);
  const { status, headers } = whole;
  expect([status, headers.get('content-type')]).toEqual([200, 'video/webm']);
  expect([headers.get('cache-control'), headers.get('accept-ranges')]).toEqual([
    'no-store',
    'bytes',
  ]);
  const part = await fetch(stack.url + path, { headers: { range: 'bytes=90000-180010' } });
  expect(part.status).toBe(206);
  expect(part.headers.get('content-range')).toBe(`bytes 90000-180010/${WHOLE.length}`);
  expect(Buffer.from(await part.arrayBuffer()).equals(WHOLE.subarray(90_000, 180_011))).toBe(true);
  const other = await stack.tokens.issue('recording-link', {
    ouid: 'bank-elsewhere',
    recordingId: `${it.avSessionId}.v1`,
    exp: Math.floor(Date.now() / 1_000) + 60,
  });
  for (const wrong of [
    other,
    `${path.split('/').at(-1) ?? ''}x`,
    it.recordings.split('/').at(-1)!,
  ]) {
    const answer = await request(stack.url, 'GET', `/v1/local-video/recordings/${wrong}`);
    expect(answer.json['code']).toBe('NOT_FOUND');
  }
  // The person is erased, and the recording with him, whoever still has a link.
  await stack.app.get(ProfileVault).destroyKey(`bank-recording-${banks}`, it.profileId);
  expect((await request(stack.url, 'GET', path)).json['code']).toBe('DETAILS_ERASED');
}, 120_000);

it('fails by the page’s word, which the checker hears', async () => {
  const { client, agent } = await bank();
  const it = await recorded(client, agent, 'fails');
  await agent.post(`${it.recordings}/failure`, { why: 'RECORDER_FAILED' });
  await agent.post(`${it.recordings}/failure`, { why: 'RECORDER_FAILED' });
  expect(await recordingOf(it)).toEqual({ state: 'FAILED', files: [], doubts: ['NO_FILE'] });
  // What came of it may be kept all the same.
  await put(agent, it.recordings, 1);
  await agent.post(`${it.recordings}/finish`, { parts: 1, durationMs: 1_000 });
  expect(await recordingOf(it)).toMatchObject({ state: 'RECORDED' });
});

it('is the call’s own agent’s, of the right kind and size, and ends with the call', async () => {
  const { client, agent, other } = await bank();
  const it = await recorded(client, agent, 'refused');
  expect(await codeOf(put(other, it.recordings, 1))).toBe('NOT_ASSIGNED');
  const stranger = await bank();
  expect(await codeOf(put(stranger.agent, it.recordings, 1))).toBe('PROFILE_UNKNOWN');
  expect(await codeOf(put(agent, it.recordings.replace('.v1', '.v2'), 1))).toBe('NOT_FOUND');
  expect(await codeOf(put(agent, it.recordings, 1_201))).toBe('RECORDING_LIMIT');
  const large = new Uint8Array(2 * 1024 * 1024 + 1);
  expect(await codeOf(put(agent, it.recordings, 1, large))).toBe('BODY_TOO_LARGE');
  expect(await codeOf(put(agent, it.recordings, 1, new Uint8Array()))).toBe('UPLOAD_EMPTY');
  await put(agent, it.recordings, 1, new TextEncoder().encode('<html>'));
  expect(await codeOf(put(agent, it.recordings, 1))).toBe('RECORDING_CLOSED');
  const finish = agent.post(`${it.recordings}/finish`, { parts: 1, durationMs: 1 });
  expect(await codeOf(finish)).toBe('MEDIA_TYPE_NOT_ALLOWED');
  await agent.post(`${it.session}/end`);
  expect(await codeOf(agent.post(`${it.session}/recordings`))).toBe('CALL_NOT_OPEN');
});
