import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Gate, GateClosedError } from './gate';

const LATER = 60_000;

interface Task {
  readonly done: Promise<string>;
  readonly finish: () => unknown;
  readonly fail: (error: Error) => unknown;
}

let began: string[];
beforeEach(() => {
  began = [];
});

function begin(gate: Gate, name: string, ms = LATER): Task {
  const end = new EventEmitter();
  const done = gate.through(Date.now() + ms, async () => {
    began.push(name);
    await once(end, 'end');
    return name;
  });
  return {
    done,
    finish: () => end.emit('end'),
    // `once` rejects with what comes as 'error'.
    fail: (error) => end.emit('error', error),
  };
}

it('lets so many in at once, and the others in their order', async () => {
  const gate = new Gate(2);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((name) => begin(gate, name));
  expect(began).toEqual(['a', 'b']);
  b?.finish();
  await expect(b?.done).resolves.toBe('b');
  expect(began).toEqual(['a', 'b', 'c']);
  a?.finish();
  c?.finish();
  await Promise.all([a?.done, c?.done]);
  expect(began).toEqual(['a', 'b', 'c', 'd']);
  d?.finish();
  await d?.done;
});

it('gives the place of one that failed to the next', async () => {
  const gate = new Gate(1);
  const first = begin(gate, 'first');
  const second = begin(gate, 'second');
  first.fail(new Error('of its own'));
  await expect(first.done).rejects.toThrow('of its own');
  expect(began).toEqual(['first', 'second']);
  second.finish();
  await second.done;
});

it('sends away who was not let in before his time was over, without a trace', async () => {
  const gate = new Gate(1);
  const first = begin(gate, 'first');
  const hasty = begin(gate, 'hasty', 20);
  const patient = begin(gate, 'patient');
  await expect(hasty.done).rejects.toThrow(GateClosedError);
  first.finish();
  await first.done;
  await sleep(0);
  expect(began).toEqual(['first', 'patient']);
  patient.finish();
  await patient.done;
  const last = begin(gate, 'last');
  expect(began).toEqual(['first', 'patient', 'last']);
  last.finish();
  await last.done;
});
