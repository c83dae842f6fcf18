import { ApplicationFailure } from '@temporalio/common';
import type { RoomRecorder } from '../../src/ports/room-recorder';
import { VideoError, type VideoProvider } from '../../src/ports/video-provider';
import { createVideoActivities } from './video.activities';

async function failureOf(error: Error): Promise<unknown> {
  const fails = (): Promise<never> => Promise.reject(error);
  const video: VideoProvider = { openRoom: fails, closeRoom: fails, joinToken: fails };
  const thrown: unknown = await createVideoActivities(video)
    .openRoom('demo', 'av')
    .catch((e: unknown) => e);
  return thrown;
}

it('is repeated when the service asked for it, with what it said', async () => {
  const error = new VideoError('UNAVAILABLE', 'av', { why: '429 busy', retryAfterMs: 3000 });
  const failure = await failureOf(error);
  expect(failure).toBeInstanceOf(ApplicationFailure);
  expect(failure).toMatchObject({
    type: 'UNAVAILABLE',
    message: 'UNAVAILABLE: av: 429 busy',
    nonRetryable: false,
    nextRetryDelay: 3000,
  });
});

it('is repeated at Temporal’s pace when the service said nothing about it', async () => {
  const failure = await failureOf(new VideoError('UNAVAILABLE', 'av'));
  expect(failure).toMatchObject({ nonRetryable: false, nextRetryDelay: undefined });
});

it('is final when the room is locked', async () => {
  expect(await failureOf(new VideoError('ROOM_LOCKED', 'av'))).toMatchObject({
    type: 'ROOM_LOCKED',
    nonRetryable: true,
  });
});

describe('where calls are recorded on request', () => {
  const opened = { roomId: 'room-1', records: true };
  const video: VideoProvider = {
    openRoom: () => Promise.resolve(opened),
    closeRoom: () => Promise.resolve(),
    joinToken: () => Promise.reject(new Error('not here')),
  };
  const why = 'no page';
  const recorder: RoomRecorder = {
    start: () => Promise.reject(new VideoError('NO_RECORDER_PAGE', 'av', { why })),
    stop: () => Promise.resolve(),
    joinToken: () => Promise.reject(new Error('not here')),
  };

  it('an opened room says so', async () => {
    expect(await createVideoActivities(video, recorder).openRoom('demo', 'av')).toEqual({
      ...opened,
      recordsOnRequest: true,
    });
    expect(await createVideoActivities(video).openRoom('demo', 'av')).toEqual(opened);
  });

  it('a recording that cannot be begun says why, and is not tried again', async () => {
    await expect(
      createVideoActivities(video, recorder).startRecording('demo', 'av'),
    ).rejects.toMatchObject({
      type: 'NO_RECORDER_PAGE',
      message: 'NO_RECORDER_PAGE: av: no page',
      nonRetryable: true,
    });
    await expect(createVideoActivities(video).startRecording('demo', 'av')).rejects.toMatchObject({
      type: 'RECORDING_REFUSED',
      nonRetryable: true,
    });
  });
});
