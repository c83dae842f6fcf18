import { ApplicationFailure } from '@temporalio/common';
import type { VideoFacts } from '../../src/domain/video/facts';
import { VIDEO_FACTS_SIGNAL } from '../../workflows/contracts';
import { Case } from '../support/case';
import { agent, client, move } from '../support/journeys';
import { startTimeSkipping, type WorkflowWorld } from '../support/workflow-env';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

let world: WorkflowWorld;
let number = 1;
beforeAll(async () => {
  world = await startTimeSkipping();
}, 180_000);
afterAll(() => world.stop());

describe('a recording', () => {
  const ended = async (): Promise<Case> => {
    world.activities.records = true;
    const one = await (await new Case(world, number++).begin()).toLine();
    await (await one.toCall()).talk();
    world.activities.records = false;
    await one.command(move('endCall', agent('a1'), {}));
    return one;
  };

  it('that nobody told of in 15 minutes is marked as missing', async () => {
    const one = await ended();
    expect((await one.state()).avSessions[0]?.recording?.state).toBe('EXPECTED');
    await world.skip(15 * MINUTE + SECOND);
    const after = await one.until(
      'the mark',
      (s) => s.avSessions[0]?.recording?.state === 'MISSING',
    );
    expect(after.avSessions[0]?.recording?.doubts).toEqual(['NO_FILE']);
    await one.until('the log', () => one.types.includes('av.recording-missing'));
  });

  it('told of just before is found, and keeps a case that has ended from closing until then', async () => {
    const one = await ended();
    await one.command(move('cancel', client, { cancelReason: 'CLIENT_REQUEST' }));
    await world.skip(14 * MINUTE);
    expect(one.types).not.toContain('profile.closed');
    const file = {
      kind: 'ROOM',
      path: 's3://b/1.mp4',
      bytes: 9_000_000,
      durationMs: 60_000,
    } as const;
    const facts: VideoFacts = {
      avSessionId: `${one.id}.1`,
      facts: [{ kind: 'RECORDED', file, at: await world.now() }],
    };
    await one.handle.signal(VIDEO_FACTS_SIGNAL, facts);
    await one.result();
    expect(one.types).toContain('av.recorded');
    expect(one.types).not.toContain('av.recording-missing');
  });
});

describe('a recording on request', () => {
  const talking = async (fails?: ApplicationFailure): Promise<Case> => {
    const { activities } = world;
    Object.assign(activities, { records: true, recordsOnRequest: true, startFails: () => fails });
    const one = await (await new Case(world, number++).begin()).toLine();
    await (await one.toCall()).talk();
    await one.until('the request', (s) => s.outbox.video.length === 0);
    Object.assign(activities, { records: false, recordsOnRequest: false });
    return one;
  };
  const acts = ({ id }: Case): string[] =>
    world.activities.calls
      .filter((call) => call.includes(`${id}.1`))
      .map((call) => call.split(' ')[0] ?? '');

  it('is begun when both are in, and ended before the room is closed', async () => {
    const one = await talking();
    await one.command(move('endCall', agent('a1'), {}));
    await one.until('the lock', (s) => s.avSessions[0]?.room === 'LOCKED');
    expect(acts(one)).toEqual(['openRoom', 'startRecording', 'stopRecording', 'closeRoom']);
  });

  it('that cannot be begun is marked for the checker, and the call goes on', async () => {
    const why = 'no page to look at';
    const one = await talking(ApplicationFailure.nonRetryable(why, 'NO_RECORDER_PAGE'));
    const state = await one.state();
    expect([state.status, state.avSessions[0]?.recording]).toEqual([
      'IN_CALL',
      { state: 'FAILED', files: [], doubts: ['NO_FILE'] },
    ]);
    await one.until('the log', () => one.types.includes('av.recording-failed'));
    await one.command(move('endCall', agent('a1'), {}));
    await one.until('the lock', (s) => s.avSessions[0]?.room === 'LOCKED');
    expect(acts(one)).toEqual(['openRoom', 'startRecording', 'closeRoom']);
  });

  it('that does not come about in half a minute is given up', async () => {
    const one = await talking(ApplicationFailure.retryable('room is not active', 'UNAVAILABLE'));
    expect((await one.state()).avSessions[0]?.recording?.state).toBe('FAILED');
    expect(acts(one).filter((act) => act === 'startRecording').length).toBeGreaterThan(3);
  });
});
