import { setTimeout as sleep } from 'node:timers/promises';
import type { MessageEvent } from '@nestjs/common';
import { Subject } from 'rxjs';
import { asInput, captureMoves, agent, move } from '../../test/support/journeys';
import { Profile } from '../../test/support/profile-under-test';
import type { ProfileState } from '../../src/domain/profile/state';
import { callView } from './call-view';
import { CallWatch } from './call-watch';
import { streamOf } from './state-stream';

const profile = (): Profile => {
  const it = new Profile();
  it.take(...captureMoves(it.state.profileId).map(asInput));
  return it.assign().video({ roomId: 'room-1' });
};
const endCall = asInput(move('endCall', agent('a1'), {}));

/** A watch of one profile, and what its listeners are told. */
class Hall {
  readonly profile = profile();
  asked = 0;
  idle = 0;
  answer: () => Promise<ProfileState> = () => Promise.resolve(this.profile.state);
  readonly watch = new CallWatch({
    ask: () => {
      this.asked += 1;
      return this.answer();
    },
    failed: (error) => error !== 'GONE',
    idle: () => (this.idle += 1),
  });

  listen(may: (state: ProfileState) => boolean = () => true) {
    const heard: string[] = [];
    const over = new Subject<string>();
    const { profileId } = this.profile.state;
    const view = (s: ProfileState) => (may(s) ? callView(s, `${profileId}.1`) : undefined);
    const subscription = streamOf(
      'call',
      '',
      (stream) => {
        this.watch.add({ stream, view }, this.profile.state);
      },
      (stream) => {
        this.watch.remove(stream);
      },
    ).subscribe({
      next: ({ type = '', data }: MessageEvent) => {
        const ended = JSON.stringify(data).includes(String.raw`\"endedAt\":\"\"`) ? '' : ' ended';
        heard.push(type === 'call' ? `call${ended}` : type);
      },
      complete: () => {
        heard.push('over');
        over.complete();
      },
    });
    return { heard, subscription };
  }
}

it('asks once a second for however many listen, and stops with the last of them', async () => {
  const hall = new Hall();
  const all = Array.from({ length: 8 }, () => hall.listen());
  expect(all.map(({ heard }) => heard)).toEqual(all.map(() => ['call']));
  await sleep(2_500);
  expect(hall.asked).toBe(2);
  for (const { subscription } of all) subscription.unsubscribe();
  await sleep(1_200);
  expect(hall.asked).toBe(2);
  expect(hall.idle).toBe(1);
});

it('tells the end of the call, and that is all', async () => {
  const hall = new Hall();
  const { heard } = hall.listen();
  hall.profile.take(endCall);
  await sleep(1_300);
  expect(heard).toEqual(['call', 'call ended', 'over']);
  expect(hall.listen().heard).toEqual(['call ended', 'over']);
});

it('goes on after a look that failed, unless the profile is gone', async () => {
  const hall = new Hall();
  const { heard } = hall.listen();
  hall.answer = () => Promise.reject(new Error('too slow'));
  await sleep(1_200);
  expect(heard).toEqual(['call', 'unavailable']);
  hall.answer = () => Promise.resolve(hall.profile.state);
  await sleep(1_100);
  expect(heard).toEqual(['call', 'unavailable', 'call']);
  // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
  hall.answer = () => Promise.reject('GONE');
  await sleep(1_100);
  expect(heard.at(-1)).toBe('over');
});

it('ends the stream of who may not listen any more, and the oldest of too many', async () => {
  const hall = new Hall();
  let may = true;
  const replaced = hall.listen(() => may);
  may = false;
  await sleep(1_200);
  expect(replaced.heard).toEqual(['call', 'over']);
  const all = Array.from({ length: 9 }, () => hall.listen());
  expect(all.map(({ heard }) => heard.includes('over'))).toEqual([true, ...Array(8).fill(false)]);
  await hall.watch.end();
  expect(all.every(({ heard }) => heard.at(-1) === 'over')).toBe(true);
});
