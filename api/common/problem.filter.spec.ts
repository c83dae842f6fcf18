import {
  QueryNotRegisteredError,
  QueryRejectedError,
  ServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { VideoError } from '../../src/ports/video-provider';
import { toProblem } from './problem.filter';

it.each([
  ['Temporal is down', new ServiceError('down')],
  ['it is being replayed', new QueryNotRegisteredError('asked too early', 3)],
  ['somebody stopped it', new QueryRejectedError(5)],
  ['it is between two runs', new WorkflowNotFoundError('not found', 'desk/demo', undefined)],
])('tells to come back when a workflow cannot answer: %s', (_, error) => {
  expect(toProblem(error)).toMatchObject({
    code: 'TEMPORAL_UNAVAILABLE',
    status: 503,
    extras: { retryAfter: 2 },
  });
});

it('tells to come back when the video service does not answer, as long as it wants', () => {
  const error = new VideoError('UNAVAILABLE', 'av', { retryAfterMs: 6_500 });
  expect(toProblem(error)).toMatchObject({ code: 'VIDEO_UNAVAILABLE', extras: { retryAfter: 7 } });
});

it('takes a recording’s file that is gone for gone, and no room for one that is not ready yet', () => {
  const gone = toProblem(new VideoError('FILE_UNKNOWN', 'room'));
  expect([gone.status, gone.code, gone.detail]).toEqual([
    404,
    'NOT_FOUND',
    'the recording’s file is not where it was put',
  ]);
  const early = toProblem(new VideoError('ROOM_UNKNOWN', 'av'));
  expect(early).toMatchObject({ code: 'ROOM_NOT_READY', extras: { retryAfter: 1 } });
});

it('says nothing of what it does not know', () => {
  const problem = toProblem(new Error('a secret'));
  expect(problem).toMatchObject({ code: 'INTERNAL', status: 500 });
  expect(JSON.stringify([problem.message, problem.detail])).not.toContain('secret');
});
