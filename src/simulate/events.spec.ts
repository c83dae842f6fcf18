import { seeded } from '../demo/seeded';
import { Events } from './events';

function inOrder<T>(events: Events<T>): (T | undefined)[] {
  const taken = [];
  while (events.nextAt !== undefined) taken.push(events.take());
  return taken;
}

describe('what is still to happen', () => {
  it('comes in its time', () => {
    const draw = seeded('events');
    const times = Array.from({ length: 500 }, () => Math.floor(draw() * 100));
    const events = new Events<number>();
    for (const at of times) events.schedule(at, at);
    expect(inOrder(events)).toEqual([...times].sort((a, b) => a - b));
    expect(events.take()).toBeUndefined();
  });

  it('comes as it was put in when it is at the same time', () => {
    const events = new Events<string>();
    for (const name of ['a', 'b', 'c', 'd', 'e']) events.schedule(7, name);
    events.schedule(6, 'before');
    expect(inOrder(events)).toEqual(['before', 'a', 'b', 'c', 'd', 'e']);
  });
});
