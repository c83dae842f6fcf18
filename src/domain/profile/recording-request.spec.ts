import { agent, asInput, move } from '../../../test/support/journeys';
import { bothJoin, inRoom, type Profile } from '../../../test/support/profile-under-test';
import type { VideoFact } from '../video/facts';
import { lastAv } from './state';

const onRequest = { records: true, recordsOnRequest: true };
const inCall = (): Profile => bothJoin(inRoom(onRequest));
const record = asInput(move('startRecording', agent('a1'), {}));
const end = asInput(move('endCall', agent('a1'), {}));
const sent = (p: Profile) => p.state.outbox.video.map(({ message }) => message.kind);
const recording = (p: Profile) => lastAv(p.state)?.recording;
const told = (p: Profile) =>
  p.rows.map((row) => row.eventType).filter((type) => type.startsWith('av.recording'));
const tell = (p: Profile, fact: VideoFact): Profile =>
  p.take({
    name: 'videoFacts',
    avSessionId: lastAv(p.state)?.avSessionId ?? '',
    facts: [fact],
  });

it('is begun when both are in, and ended before the room is closed', () => {
  const p = inRoom(onRequest).take(asInput(move('joinCall', agent('a1'), {})));
  expect(sent(p)).toEqual([]);
  bothJoin(p);
  expect(sent(p)).toEqual(['startRecording']);
  p.video().take(end);
  expect(sent(p)).toEqual(['stopRecording', 'closeRoom']);
  expect([recording(p)?.state, told(p)]).toEqual(['EXPECTED', ['av.recording-asked']]);
});

it('is not asked for where rooms record by themselves, nor by an agent', () => {
  const p = bothJoin(inRoom({ records: true }));
  expect(p.refusal(record)).toBe('RECORDING_NOT_ON_REQUEST');
  expect(sent(p.take(end))).toEqual(['closeRoom']);
});

it('that cannot be begun marks the call for the checker, and the call goes on', () => {
  const p = inCall().video({ error: 'NO_RECORDER_PAGE' });
  expect(p.state.status).toBe('IN_CALL');
  expect(recording(p)).toEqual({ state: 'FAILED', files: [], doubts: ['NO_FILE'] });
  expect(p.rows.at(-1)).toMatchObject({
    eventType: 'av.recording-failed',
    details: { error: 'NO_RECORDER_PAGE', av: { recordingDoubts: ['NO_FILE'] } },
  });
  expect(sent(p.take(end))).toEqual(['closeRoom']);
});

it('is begun after all when the agent asks for it, or the service saw somebody come in late', () => {
  const p = inCall().video({ error: 'UNAVAILABLE' }).take(record);
  expect([sent(p), recording(p)?.state, recording(p)?.doubts]).toEqual([
    ['startRecording'],
    'EXPECTED',
    [],
  ]);
  p.video({ error: 'UNAVAILABLE' });
  tell(p, { kind: 'PEER_JOINED', who: 'CUSTOMER', peerId: 'c', at: p.at });
  expect(sent(p)).toEqual(['startRecording']);
  tell(p, { kind: 'RECORDING_STARTED', at: p.at });
  expect(recording(p)?.state).toBe('RUNNING');
});

it('is asked for again when one comes back, and not twice at once', () => {
  const p = inCall();
  const left = move('leaveCall', agent('a1'), { cause: 'CONNECTION_LOST' });
  p.take(asInput(left), asInput(move('joinCall', agent('a1'), {})), record);
  expect(sent(p)).toEqual(['startRecording']);
  p.video().take(asInput(left), asInput(move('joinCall', agent('a1'), {})));
  expect(sent(p)).toEqual(['startRecording']);
  // The first request was taken: what became of the second says nothing about that one.
  p.video({ error: 'UNAVAILABLE' });
  expect(recording(p)?.state).toBe('EXPECTED');
});
