import {
  Desk,
  enqueue,
  inCall,
  SECOND,
  tell,
  ticket,
  timer,
} from '../../../test/support/desk-in-time';
import { asCommand, NOON, online, OUID } from '../../../test/support/journeys';
import { nextDeskDeadline, stepDesk, type DeskInput } from './machine';
import { emptyDesk } from './state';

describe('an agent’s break', () => {
  it('begins at once when he is free, and what he is offered goes on', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue(), asCommand(online('a2')));
    desk.at(1, asCommand({ name: 'pause', agentId: 'a1', reason: 'LUNCH' }));
    expect(desk.agent('a1')).toMatchObject({ state: 'PAUSED', pauseReason: 'LUNCH' });
    expect(desk.agent('a2')?.offer?.ticket).toEqual(ticket);
    desk.at(2, asCommand({ name: 'resume', agentId: 'a1' }));
    expect(desk.agent('a1')).toMatchObject({ state: 'FREE', pauseReason: '' });
  });

  it('waits for the end of his call, and is given up when he thinks better of it', () => {
    const desk = inCall(online('a1'));
    desk.at(3, asCommand({ name: 'pause', agentId: 'a1', reason: 'LUNCH' }));
    expect(desk.agent('a1')?.state).toBe('BUSY');
    desk.at(4, tell({ kind: 'release', ticket }));
    expect(desk.agent('a1')?.state).toBe('PAUSED');
    const other = inCall(online('a1')).at(3, asCommand({ name: 'offline', agentId: 'a1' }));
    other.at(4, asCommand({ name: 'resume', agentId: 'a1' }), tell({ kind: 'release', ticket }));
    expect(other.agent('a1')?.state).toBe('FREE');
  });
});

describe('an agent whom nothing reaches', () => {
  const viaOne = { ...online('a1'), via: 'api-1' };
  const lease = (process: string): DeskInput => ({
    name: 'command',
    command: { name: 'lease', process },
  });

  it('loses his offer to the next one, not his good name, and comes back to it', () => {
    const desk = new Desk().at(0, lease('api-1'), asCommand(viaOne), enqueue());
    desk.at(1, asCommand(online('a2')));
    desk.at(2, asCommand({ name: 'disconnect', agentId: 'a1', process: 'api-1' }));
    expect(desk.agent('a1')).toMatchObject({ state: 'FREE', misses: 0 });
    expect(desk.agent('a2')?.offer?.ticket).toEqual(ticket);
    desk.at(3, desk.decline('a2'));
    expect(desk.agent('a1')?.offer).toBeUndefined();
    desk.at(4, asCommand({ name: 'connect', agentId: 'a1', process: 'api-2' }));
    expect(desk.agent('a1')?.offer?.ticket).toEqual(ticket);
  });

  it('is one of those of a process that did not renew its lease', () => {
    const desk = new Desk().at(0, lease('api-1'), asCommand(viaOne), asCommand(online('a2')));
    desk.at(35, enqueue(1, 35));
    expect(desk.agent('a1')?.offer?.ticket).toEqual(ticket);
    desk.at(36, timer);
    expect(desk.agent('a1')).toMatchObject({ state: 'FREE', lostAt: NOON + 36 * SECOND });
    expect(desk.agent('a2')?.offer?.ticket).toEqual(ticket);
  });

  it('did not miss an offer whose process was not heard of since', () => {
    const dead = new Desk().at(0, lease('api-1'), asCommand(viaOne)).at(1, enqueue(1, 1));
    dead.at(16, timer);
    expect(dead.agent('a1')).toMatchObject({ misses: 0, lostAt: NOON + 16 * SECOND });
    const alive = new Desk().at(0, lease('api-1'), asCommand(viaOne)).at(1, enqueue(1, 1));
    alive.at(12, lease('api-1')).at(16, timer);
    expect(alive.agent('a1')).toMatchObject({ misses: 1, lostAt: undefined });
  });

  it('shows by one offer that nobody saw that all of its process’s are out of reach', () => {
    const idle = asCommand({ name: 'lease', process: 'api-1', idle: true });
    const second = asCommand({ ...online('a2'), via: 'api-1' });
    const desk = new Desk().at(0, idle, asCommand(viaOne), second).at(300, enqueue(1, 300));
    expect(desk.agent('a1')).toMatchObject({ state: 'OFFERED', lostAt: undefined });
    desk.at(315, timer);
    expect(desk.agent('a2')).toMatchObject({ state: 'FREE', lostAt: NOON + 315 * SECOND });
  });

  it('is away when he does not come back in a minute', () => {
    const desk = new Desk().at(0, lease('api-1'), asCommand(viaOne));
    desk.at(36, timer).at(95, timer);
    expect(desk.agent('a1')?.state).toBe('FREE');
    desk.at(96, timer);
    expect(desk.agent('a1')?.state).toBe('AWAY');
  });

  it('keeps his call, and is waited for when it is over', () => {
    const desk = inCall({ ...online('a1'), via: 'api-1' });
    desk.at(3, asCommand({ name: 'disconnect', agentId: 'a1', process: 'api-1' })).at(100, timer);
    expect(desk.agent('a1')?.state).toBe('BUSY');
    desk.at(200, tell({ kind: 'release', ticket }), timer);
    expect(desk.agent('a1')?.state).toBe('AWAY');
  });
});

describe('the wrap-up', () => {
  const wrapping = { ...online('a1'), wrapUpMs: 30 * SECOND };

  it('comes before the next customer, and ends by itself', () => {
    const desk = inCall(wrapping).at(60, tell({ kind: 'release', ticket }), enqueue(2, 50));
    expect(desk.agent('a1')?.state).toBe('WRAP_UP');
    expect(nextDeskDeadline(desk.state)).toBe(NOON + 90 * SECOND);
    desk.at(90, timer);
    expect(desk.agent('a1')?.offer?.ticket.n).toBe(2);
  });

  it('ends when he says so', () => {
    const desk = inCall(wrapping).at(60, tell({ kind: 'release', ticket }), enqueue(2, 50));
    desk.at(61, asCommand({ name: 'resume', agentId: 'a1' }));
    expect(desk.agent('a1')?.offer?.ticket.n).toBe(2);
  });

  it('is for nobody whose customer waits for him: his call broke', () => {
    const desk = inCall(wrapping).at(60, enqueue(2, 0, 'a1'));
    expect(desk.agent('a1')?.offer?.ticket.n).toBe(2);
  });
});

describe('an agent’s training', () => {
  it('has to be good when he comes, and for each offer', () => {
    const trained = { ...online('a1'), trainedUntil: NOON + 10 * SECOND };
    const desk = new Desk().at(0, asCommand(trained)).at(10, enqueue());
    expect(desk.agent('a1')?.state).toBe('FREE');
    const late = { at: NOON + 10 * SECOND, entropy: 0 };
    expect(stepDesk(emptyDesk(OUID), asCommand(trained), late)).toMatchObject({
      ok: false,
      code: 'TRAINING_EXPIRED',
    });
  });
});
