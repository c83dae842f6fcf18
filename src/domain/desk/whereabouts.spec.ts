import { asCommand, NOON, online } from '../../../test/support/journeys';
import {
  Desk,
  enqueue,
  inCall,
  SECOND,
  tell,
  ticket,
  timer,
} from '../../../test/support/desk-in-time';
import { inBuckets } from './buckets';
import type { CustomerCommand } from './commands';
import { nextDeskDeadline, type DeskInput } from './machine';

const PROCESS = 'api-1';
const customer = (name: 'customerConnect' | 'customerDisconnect' | 'customerBack'): DeskInput =>
  asCommand({ name, profileId: 'p1', process: name === 'customerBack' ? '' : PROCESS });
const says = (name: Extract<CustomerCommand['name'], 'customerAway' | 'callback'>): DeskInput =>
  asCommand({ name, profileId: 'p1' });
const lease = asCommand({ name: 'lease', process: PROCESS });
const agent = online('a1');

const where = ({ state }: Desk) => inBuckets(state.waiting, 'p1')?.where.kind;
const offered = (desk: Desk) => desk.agent('a1')?.offer?.ticket.profileId;
const replies = ({ state }: Desk) => state.outbox.profiles.map(({ message }) => message.reply);

describe('a waiting customer whose stream breaks', () => {
  const broken = () => new Desk().at(0, enqueue(), customer('customerConnect'), lease);

  it('is offered for the grace time, then skipped, and keeps his place for five minutes', () => {
    const desk = broken().at(10, customer('customerDisconnect'));
    expect(where(desk)).toBe('LOST');
    desk.at(69, timer);
    expect(where(desk)).toBe('LOST');
    desk.at(70, timer);
    expect(where(desk)).toBe('AWAY');
    desk.at(71, asCommand(agent));
    expect(offered(desk)).toBeUndefined();
    desk.at(369, timer);
    expect(desk.tickets).toEqual([1]);
    desk.at(370, timer);
    expect(replies(desk)).toEqual([{ kind: 'waitExpired', ticket, why: 'AWAY' }]);
    expect(nextDeskDeadline(desk.state)).toBeUndefined();
  });

  it('is there again as soon as a stream of his is opened', () => {
    const desk = broken().at(10, customer('customerDisconnect')).at(70, timer);
    desk.at(80, asCommand(agent), customer('customerConnect'));
    expect(offered(desk)).toBe('p1');
  });

  it('loses it with the process that held it', () => {
    const desk = broken().at(36, timer);
    expect(where(desk)).toBe('LOST');
    // One that he opened elsewhere is not the dead one's to lose.
    const moved = broken().at(
      5,
      asCommand({ name: 'customerConnect', profileId: 'p1', process: 'api-2' }),
    );
    expect(where(moved.at(36, timer))).toBe('HERE');
  });
});

describe('a callback', () => {
  it('leaves the agent to who is there, and the place to him', () => {
    const desk = new Desk().at(0, enqueue(), says('callback'), asCommand(agent));
    expect(where(desk)).toBe('CALLED');
    expect(offered(desk)).toBeUndefined();
    desk.at(200, customer('customerBack'));
    expect(offered(desk)).toBe('p1');
    expect(inBuckets(desk.state.waiting, 'p1')?.since).toBe(NOON);
  });

  it('is waited for longer than anybody would stay, and not for ever', () => {
    const desk = new Desk().at(0, enqueue(), says('callback')).at(1_800, timer);
    expect(where(desk)).toBe('CALLBACK');
    desk.at(4 * 3_600, timer);
    expect(replies(desk)).toEqual([{ kind: 'waitExpired', ticket }]);
  });

  it('that is not answered costs the place', () => {
    const desk = new Desk().at(0, enqueue(), says('callback'), asCommand(agent)).at(300, timer);
    expect(replies(desk)).toEqual([{ kind: 'waitExpired', ticket, why: 'AWAY' }]);
  });

  it('calls no more than agents are free', () => {
    const other = tell({ ...messageOf(enqueue()), ticket: { profileId: 'p2', n: 1 } });
    const second = asCommand({ name: 'callback', profileId: 'p2' });
    const desk = new Desk().at(0, enqueue(), other, says('callback'), second, asCommand(agent));
    const called = ['p1', 'p2'].map((id) => inBuckets(desk.state.waiting, id)?.where.kind);
    expect(called).toEqual(['CALLED', 'CALLBACK']);
  });
});

describe('a customer who says that he goes', () => {
  it('gives back an offer that nobody has taken yet', () => {
    const desk = new Desk().at(0, asCommand(agent), enqueue(), says('customerAway'));
    expect(where(desk)).toBe('AWAY');
    expect(desk.agent('a1')?.state).toBe('FREE');
  });

  it('is being connected once the agent has taken it', () => {
    const desk = new Desk().at(0, asCommand(agent), enqueue());
    const offerId = desk.agent('a1')?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }), says('customerAway'));
    expect(where(desk)).toBe('HERE');
  });
});

describe('an agent who is busy for longer than he can be', () => {
  it('has his profile asked, again and again, and is free when there is none', () => {
    const desk = inCall(agent, 60 * SECOND).at(62, timer);
    expect(replies(desk).at(-1)).toEqual({ kind: 'ask', ticket });
    const asked = desk.state.outbox.profiles.at(-1)?.id ?? 0;
    desk.at(63, { name: 'profilesSettled', id: asked, delivered: true });
    expect(desk.agent('a1')?.state).toBe('BUSY');
    desk.at(662, timer);
    const again = desk.state.outbox.profiles.at(-1)?.id ?? 0;
    desk.at(663, { name: 'profilesSettled', id: again, delivered: false });
    expect(desk.agent('a1')?.state).toBe('FREE');
  });

  it('is never asked for when the profile did not say how long', () => {
    expect(nextDeskDeadline(inCall(agent).state)).toBeUndefined();
  });
});

describe('a queue that a supervisor closes', () => {
  const close = asCommand({ name: 'closeQueue', queueId: 'q', supervisorId: 's1', why: 'OUTAGE' });

  it('sends away who waits and who comes, until it is open', () => {
    const desk = new Desk().at(0, enqueue(), close);
    expect(replies(desk)).toEqual([{ kind: 'waitExpired', ticket, why: 'CLOSED' }]);
    desk.at(1, enqueue(2));
    expect(replies(desk)).toHaveLength(2);
    desk.at(2, asCommand({ name: 'openQueue', queueId: 'q', supervisorId: 's1' }), enqueue(3));
    expect(desk.tickets).toEqual([3]);
  });

  it('lets an open offer be answered, and sends away whose offer is not taken', () => {
    const desk = new Desk().at(0, asCommand(agent), enqueue(), close);
    expect(offered(desk)).toBe('p1');
    desk.at(15, timer);
    expect(replies(desk)).toEqual([{ kind: 'waitExpired', ticket, why: 'CLOSED' }]);
  });
});

function messageOf(input: DeskInput) {
  if (input.name !== 'profileMessage') throw new Error('not a message');
  return input.message as Extract<typeof input.message, { kind: 'enqueue' }>;
}
