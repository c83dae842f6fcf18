import { asCommand, NOON, online, OUID } from '../../../test/support/journeys';
import type { DeskMessage } from '../messages';
import { nextDeskDeadline, stepDesk, type DeskInput } from './machine';
import { emptyDesk, type DeskState } from './state';

const SECOND = 1_000;
const ticket = { profileId: 'p1', n: 1 };

/** A desk that takes inputs at given seconds. */
class Desk {
  state: DeskState = emptyDesk(OUID);

  at(second: number, ...inputs: DeskInput[]): this {
    for (const input of inputs) {
      const step = stepDesk(this.state, input, { at: NOON + second * SECOND, entropy: 0 });
      if (!step.ok) throw new Error(step.code);
      this.state = step.state;
    }
    return this;
  }

  decline(agentId: string): DeskInput {
    const offerId = this.state.agents[agentId]?.offer?.offerId ?? '';
    return asCommand({ name: 'decline', agentId, offerId });
  }
}

const tell = (message: DeskMessage): DeskInput => ({ name: 'profileMessage', message });
const timer: DeskInput = { name: 'timer' };

function enqueue(n = 1, since = 0, preferredAgent = ''): DeskInput {
  return tell({
    kind: 'enqueue',
    ...(preferredAgent !== '' && { preferredAgent }),
    ticket: { profileId: 'p1', n },
    needs: { queueId: 'q', queueName: 'q', language: 'en', skills: [], priority: 0 },
    since: NOON + since * SECOND,
    until: NOON + 1_800 * SECOND,
    offerTimeout: 15 * SECOND,
  });
}

describe('misses', () => {
  it('set an agent away when two come in a row', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(15, timer).at(45, timer).at(60, timer);
    expect(desk.state.agents['a1']?.state).toBe('AWAY');
  });

  it('do not add up over an offer that he declined: he was there', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(15, timer).at(45, timer);
    desk.at(46, desk.decline('a1')).at(76, timer).at(91, timer);
    expect(desk.state.agents['a1']?.state).toBe('FREE');
  });
});

describe('the desk’s deadline', () => {
  it('is when a declined customer may be offered again, and stays due until then has come', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    desk.at(1, desk.decline('a1'));
    expect(desk.state.agents['a1']?.state).toBe('FREE');
    // Of the state alone: a new run that starts too late for it still finds it due.
    expect(nextDeskDeadline(desk.state)).toBe(NOON + 31 * SECOND);
    desk.at(40, timer);
    expect(desk.state.agents['a1']?.state).toBe('OFFERED');
    expect(nextDeskDeadline(desk.state)).toBe(NOON + 55 * SECOND);
  });

  it('is none when nothing but a message can change something', () => {
    expect(nextDeskDeadline(new Desk().at(0, asCommand(online('a1'))).state)).toBeUndefined();
  });
});

describe('a customer whose call broke', () => {
  it('goes to the same agent, although another one has been idle longer', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue(1));
    const offerId = desk.state.agents['a1']?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }));
    desk.at(3, asCommand(online('a2')));
    desk.at(60, enqueue(2, 0, 'a1'));
    expect(desk.state.agents['a1']?.offer?.ticket).toEqual({ profileId: 'p1', n: 2 });
    // What the old call still has to say changes nothing.
    desk.at(61, tell({ kind: 'release', ticket }));
    expect(desk.state.agents['a1']?.state).toBe('OFFERED');
    expect(desk.state.agents['a2']?.state).toBe('FREE');
  });
});

describe('a customer whose run was stopped', () => {
  const forgotten = tell({ kind: 'forget', ticket: { profileId: 'p1', n: 0 } });

  it('is in no line, and in nobody’s way, at whatever point it was', () => {
    const inLine = new Desk().at(0, enqueue(), forgotten);
    expect(inLine.state.waiting).toEqual([]);
    const offered = new Desk().at(0, asCommand(online('a1')), enqueue(), forgotten);
    expect(offered.state.agents['a1']?.state).toBe('FREE');
    const accepted = new Desk().at(0, asCommand(online('a1')), enqueue());
    const offerId = accepted.state.agents['a1']?.offer?.offerId ?? '';
    accepted.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }), forgotten);
    expect(accepted.state.agents['a1']?.state).toBe('FREE');
  });

  it('frees the agent of its call', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue());
    const offerId = desk.state.agents['a1']?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }), forgotten);
    expect(desk.state.agents['a1']?.state).toBe('FREE');
  });
});

describe('an old ticket', () => {
  it('takes nothing from the new one', () => {
    const desk = new Desk().at(0, enqueue(2));
    desk.at(1, enqueue(1), tell({ kind: 'withdraw', ticket }), tell({ kind: 'release', ticket }));
    expect(desk.state.waiting.map((w) => w.ticket.n)).toEqual([2]);
  });

  it('that is confirmed late does not take the customer out of his new place', () => {
    const desk = new Desk().at(0, asCommand(online('a1')), enqueue(1));
    const offerId = desk.state.agents['a1']?.offer?.offerId ?? '';
    desk.at(1, asCommand({ name: 'accept', agentId: 'a1', offerId }), enqueue(2));
    desk.at(2, tell({ kind: 'confirm', ticket, offerId, avSessionId: 'p1.1' }));
    expect(desk.state.waiting.map((w) => w.ticket.n)).toEqual([2]);
    expect(desk.state.agents['a1']).toMatchObject({ state: 'BUSY', busyWith: ticket });
  });
});

describe('a full desk', () => {
  it('refuses the agent who is one too many, not those it has', () => {
    const agents = Object.fromEntries(
      Array.from({ length: 2_000 }, (_, i) => {
        const { state } = new Desk().at(0, asCommand(online(`a${i}`)));
        return [`a${i}`, state.agents[`a${i}`]!];
      }),
    );
    const full: DeskState = { ...emptyDesk(OUID), agents };
    const say = (agentId: string) =>
      stepDesk(full, asCommand(online(agentId)), { at: NOON, entropy: 0 });
    expect(say('one-more')).toMatchObject({ ok: false, code: 'DESK_FULL' });
    expect(say('a5').ok).toBe(true);
  });
});
