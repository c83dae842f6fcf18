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
import { allOf, inBuckets, noBuckets, withBucket } from './buckets';
import { carried, restored, type CarriedDesk } from './carried';
import { nextDeskDeadline, stepDesk } from './machine';
import { emptyDesk, type DeskAgent, type DeskState } from './state';

describe('misses', () => {
  it('set an agent away when two come in a row', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(15, timer).at(45, timer).at(60, timer);
    expect(desk.agent('a1')?.state).toBe('AWAY');
  });

  it('do not add up over an offer that he declined: he was there', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(15, timer).at(45, timer);
    desk.at(46, desk.decline('a1')).at(76, timer).at(91, timer);
    expect(desk.agent('a1')?.state).toBe('FREE');
  });
});

describe('the desk’s deadline', () => {
  it('is when a declined customer may be offered again, and stays due until then has come', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(1, desk.decline('a1'));
    expect(desk.agent('a1')?.state).toBe('FREE');
    // Of the state alone: a new run that starts too late for it still finds it due.
    expect(nextDeskDeadline(desk.state)).toBe(NOON + 31 * SECOND);
    desk.at(40, timer);
    expect(desk.agent('a1')?.state).toBe('OFFERED');
    expect(nextDeskDeadline(desk.state)).toBe(NOON + 55 * SECOND);
  });

  it('is none when nothing but a message can change something', () => {
    expect(nextDeskDeadline(new Desk().at(0, asCommand(online('a1'))).state)).toBeUndefined();
  });
});

describe('a customer whose call broke', () => {
  it('goes to the same agent, although another one has been idle longer', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue(1));
    const offerId = desk.agent('a1')?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }));
    desk.at(3, asCommand(online('a2')));
    desk.at(60, enqueue(2, 0, 'a1'));
    expect(desk.agent('a1')?.offer?.ticket).toEqual({ profileId: 'p1', n: 2 });
    // What the old call still has to say changes nothing.
    desk.at(61, tell({ kind: 'release', ticket }));
    expect(desk.agent('a1')?.state).toBe('OFFERED');
    expect(desk.agent('a2')?.state).toBe('FREE');
  });
});

describe('a customer whose run was stopped', () => {
  const forgotten = tell({ kind: 'forget', ticket: { profileId: 'p1', n: 0 } });

  it('is in no line, and in nobody’s way, at whatever point it was', () => {
    const inLine = new Desk().at(0, enqueue(), forgotten);
    expect(inLine.tickets).toEqual([]);
    const offered = new Desk().at(0, asCommand(online('a1')), enqueue(), forgotten);
    expect(offered.agent('a1')?.state).toBe('FREE');
    const accepted = new Desk().at(0, asCommand(online('a1')), enqueue());
    const offerId = accepted.agent('a1')?.offer?.offerId ?? '';
    accepted.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }), forgotten);
    expect(accepted.agent('a1')?.state).toBe('FREE');
  });

  it('frees the agent of its call', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    const offerId = desk.agent('a1')?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }), forgotten);
    expect(desk.agent('a1')?.state).toBe('FREE');
  });
});

describe('the desk of an earlier version', () => {
  it('goes on: lists of skills, no levels, an agent who leaves after his call', () => {
    const desk = inCall(online('a1', ['nri'])).at(3, enqueue(2, 1));
    const { waiting, agents, service: _none, ...rest } = carried(desk.state);
    const old = {
      ...rest,
      waiting: waiting.map(({ due: _due, ...w }) => ({ ...w, needs: { ...w.needs, skills: [] } })),
      agents: { a1: { ...agents['a1']!, skills: ['nri'], leaving: true, then: undefined } },
    };
    const state = restored(JSON.parse(JSON.stringify(old)) as CarriedDesk);
    expect(inBuckets(state.agents, 'a1')).toMatchObject({ skills: { nri: 1 }, then: 'OFFLINE' });
    expect(nextDeskDeadline(state)).toBe(nextDeskDeadline(desk.state));
  });
});

describe('an old ticket', () => {
  it('takes nothing from the new one', () => {
    const desk = new Desk().at(0, enqueue(2));
    desk.at(1, enqueue(1), tell({ kind: 'withdraw', ticket }), tell({ kind: 'release', ticket }));
    expect(desk.tickets).toEqual([2]);
  });

  it('that is confirmed late does not take the customer out of his new place', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue(1));
    const offerId = desk.agent('a1')?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }), enqueue(2));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }));
    expect(desk.tickets).toEqual([2]);
    expect(desk.agent('a1')).toMatchObject({ state: 'BUSY', busyWith: ticket });
  });
});

describe('a full desk', () => {
  it('refuses the agent who is one too many, not those it has', () => {
    const [agent] = allOf(new Desk().at(0, asCommand(online('a'))).state.agents);
    const ids = Array.from({ length: 2_000 }, (_, i) => `a${i}`);
    const agents = ids.reduce(
      (all, agentId) => withBucket(all, agentId, { ...agent!, agentId }),
      noBuckets<DeskAgent>(),
    );
    const full: DeskState = { ...emptyDesk(OUID), agents };
    const say = (agentId: string) =>
      stepDesk(full, asCommand(online(agentId)), { at: NOON, entropy: 0 });
    expect(say('one-more')).toMatchObject({ ok: false, code: 'DESK_FULL' });
    expect(say('a5').ok).toBe(true);
  });
});
