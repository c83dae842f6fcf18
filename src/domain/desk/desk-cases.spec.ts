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
import { assembled, carried, restored, type CarriedDesk } from './carried';
import { restoredFirst, type FirstCarriedDesk } from './carried-first';
import { MAX_WAITING } from './line';
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

describe('the desk of the first version', () => {
  it('goes on: lists of skills, no levels, an agent who leaves after his call', () => {
    const desk = inCall(online('a1', ['nri'])).at(3, enqueue(2, 1));
    const { ouid, seq, outbox, outboxNext, offersMade } = desk.state;
    const [{ due: _due, ...customer } = never(), ...others] = allOf(desk.state.waiting);
    const { then: _then, queueId: _queueId, ...agent } = desk.agent('a1') ?? never();
    const first = {
      ...{ ouid, seq, outbox, outboxNext, offersMade },
      waiting: [{ ...customer, needs: { ...customer.needs, skills: [], relaxation: undefined } }],
      agents: { a1: { ...agent, skills: ['nri'], leaving: true } },
    };
    expect(others).toEqual([]);
    const state = restoredFirst(JSON.parse(JSON.stringify(first)) as FirstCarriedDesk);
    expect(inBuckets(state.agents, 'a1')).toMatchObject({ skills: { nri: 1 }, then: 'OFFLINE' });
    expect(nextDeskDeadline(state)).toBe(nextDeskDeadline(desk.state));
  });
});

describe('the desk between two runs', () => {
  it('is small enough for Temporal, with everybody it takes', () => {
    const people = inCall(online('a1', ['nri', 'loan'])).at(3, enqueue(2, 1)).state;
    const [customer = never()] = allOf(people.waiting);
    const [agent = never()] = allOf(people.agents);
    const uuid = (n: number): string => `5b6962dd-3f90-4c93-8f61-${String(n).padStart(12, '0')}`;
    const full = assembled(people, {
      waiting: Array.from({ length: MAX_WAITING }, (_, n) => ({
        ...customer,
        ticket: { profileId: uuid(n), n: 3 },
        needs: { ...customer.needs, queueId: `queue-${n % 20}` },
      })),
      agents: Array.from({ length: 2_000 }, (_, n) => ({
        ...agent,
        agentId: `agent-${n}`,
        offer: {
          offerId: `${uuid(n)}.o${n}`,
          ticket: { profileId: uuid(n), n: 1 },
          expiresAt: NOON,
          accepted: true,
        },
        via: 'api-0123456789ab',
        avSessionId: `${uuid(n)}.1`,
      })),
    });
    const text = JSON.stringify(carried(full));
    expect(text.length).toBeLessThan(2_000_000);
    expect(restored(JSON.parse(text) as CarriedDesk)).toEqual(full);
  });

  it('sends away whom it cannot take, and he keeps his place', () => {
    const one = new Desk().at(0, enqueue()).state;
    const [customer = never()] = allOf(one.waiting);
    const desk = new Desk();
    desk.state = assembled(one, {
      agents: [],
      waiting: Array.from({ length: MAX_WAITING }, (_, n) => ({
        ...customer,
        ticket: { profileId: `other-${n}`, n: 1 },
      })),
    });
    desk.at(1, enqueue());
    expect(desk.state.waiting.size).toBe(MAX_WAITING);
    expect(desk.state.outbox.profiles.map(({ message }) => message)).toEqual([
      { profileId: 'p1', reply: { kind: 'waitExpired', ticket, why: 'FULL' } },
    ]);
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

function never(): never {
  throw new Error('nobody is there');
}
