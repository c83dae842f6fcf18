import { ApplicationFailure } from '@temporalio/common';
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
