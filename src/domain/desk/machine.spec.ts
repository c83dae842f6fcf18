import fc from 'fast-check';
import { checkDesk, checkDeskStep, type StepDesk } from '../../../test/support/desk-invariants';
import { Customers, nextDeskInput } from '../../../test/support/desk-driver';
import { NOON, OUID } from '../../../test/support/journeys';
import { dice } from '../../../test/support/profile-driver';
import type { Dice } from '../../../test/support/profile-moves';
import { check, deepFreeze } from '../../../test/support/profile-invariants';
import type { DeskEvents } from '../events';
import { nextDeskDeadline, stepDesk } from './machine';
import type { Due } from './agenda';
import { allOf } from './buckets';
import { assembled, carried, restored, type CarriedDesk } from './carried';
import { indexed } from './indexes';
import { emptyDesk, type DeskAgent, type DeskIndex, type DeskState, type Waiting } from './state';
import { deskView } from './view';

const EVENTS: { readonly [K in keyof DeskEvents]: true } = {
  'agent.online': true,
  'agent.offline': true,
  'agent.pulled': true,
  'agent.away': true,
  'agent.paused': true,
  'agent.resumed': true,
  'agent.lost': true,
  'agent.reconnected': true,
  'agent.freed': true,
  'agent.ready': true,
  'offer.made': true,
  'offer.accepted': true,
  'offer.confirmed': true,
  'offer.refused': true,
  'offer.declined': true,
  'offer.missed': true,
  'offer.undelivered': true,
  'offer.withdrawn': true,
  'customer.away': true,
  'customer.back': true,
  'callback.asked': true,
  'callback.called': true,
  'queue.closed': true,
  'queue.opened': true,
};

interface Seen {
  readonly events: Set<string>;
  readonly refusals: Set<string>;
  steps: number;
}

/** One random hour at the desk, checked after every step. */
function runDesk(steps: readonly Dice[], seen: Seen, step: StepDesk = stepDesk): void {
  let state = deepFreeze(emptyDesk(OUID));
  let at = NOON;
  const customers = new Customers();
  for (const d of steps) {
    at += (d.wait < 80 ? d.wait % 7 : d.wait) * 1_000;
    const input = nextDeskInput(state, customers, d, at);
    const done = step(state, input, { at, entropy: 0.5 });
    seen.steps += 1;
    if (!done.ok) {
      seen.refusals.add(done.code);
      continue;
    }
    for (const row of done.events) seen.events.add(row.eventType);
    checkDeskStep(state, input, done);
    // Now and then a new run of the workflow: it gets what JSON carries over and nothing else.
    state = deepFreeze(d.a % 8 === 0 ? overNewRun(done.state) : done.state);
    checkDesk(state, at);
    if (d.b % 4 === 0) check('the index is what it would be from nothing', sameIndex(state));
    const due = nextDeskDeadline(state);
    if (input.name === 'timer') check('a timer leaves nothing due', due === undefined || due > at);
    check('everybody in line has a place', places(state, at) === state.waiting.size);
  }
}

function places(state: DeskState, at: number): number {
  return Object.keys(deskView(state, at).positions).length;
}

function overNewRun(state: DeskState): DeskState {
  return restored(JSON.parse(JSON.stringify(carried(state))) as CarriedDesk);
}

function sameIndex({ index, ...state }: DeskState): boolean {
  return inOrder(index) === inOrder(indexed(state));
}

/** As text: keys sorted, and what falls due in a slot, which is kept as it came. */
function inOrder({ lines, callbacks, called, free, agenda }: DeskIndex): string {
  const sorted = (of: object): unknown[] => Object.entries(of).sort(([a], [b]) => (a < b ? -1 : 1));
  const slots = Object.entries(agenda).map(([slot, due]) => [slot, [...due].sort(byId)]);
  return JSON.stringify([sorted(lines), sorted(callbacks), called, sorted(free), slots]);
}

const byId = (a: Due, b: Due): number => (a.id < b.id ? -1 : 1);

const property = (seen: Seen, step?: StepDesk) =>
  fc.property(fc.array(dice, { minLength: 20, maxLength: 220, size: 'max' }), (steps) => {
    runDesk(steps, seen, step);
  });

describe('the desk machine under random inputs', () => {
  const seen: Seen = { events: new Set(), refusals: new Set(), steps: 0 };

  it('serves in turn, offers once, loses nobody', () => {
    fc.assert(property(seen), {
      numRuns: 250,
      seed: Number(process.env['FC_SEED'] ?? 20260302),
      endOnFailure: true, // shrinking takes minutes; the seed and the path are printed
    });
    expect(seen.steps).toBeGreaterThan(20_000);
  });

  it('was driven through every event and every refusal it has', () => {
    expect([...seen.events].sort()).toEqual(Object.keys(EVENTS).sort());
    // DESK_FULL needs 2,000 agents: see desk-cases.spec.ts.
    expect([...seen.refusals].sort()).toEqual([
      'AGENT_NOT_ONLINE',
      'OFFER_GONE',
      'OFFER_OPEN',
      'TRAINING_EXPIRED',
      'WRONG_STATUS',
    ]);
  });

  const mutants: Readonly<Record<string, StepDesk>> = {
    'forgets who waits': (state, input, context) =>
      spoil(stepDesk(state, input, context), (s) => ({ ...s, waiting: s.waiting.slice(0, 2) })),
    'serves the one who came last': (state, input, context) =>
      spoil(stepDesk(spoiled(state, upsideDown), input, context), upsideDown),
    'takes a refused agent’s turn': (state, input, context) =>
      spoil(stepDesk(state, input, context), (s) => ({
        ...s,
        agents: s.agents.map((a) => ({ ...a, idleSince: context.at })),
      })),
    'loses an assignment': (state, input, context) =>
      spoil(stepDesk(state, input, context), (s) => ({ ...s, outbox: { profiles: [] } })),
  };

  it.each(Object.entries(mutants))('fails for one that %s', (_what, mutant) => {
    const nobody: Seen = { events: new Set(), refusals: new Set(), steps: 0 };
    const result = fc.check(property(nobody, mutant), {
      numRuns: 250,
      seed: 20260302,
      endOnFailure: true,
    });
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toContain('broken:');
  });
});

type Done = ReturnType<StepDesk>;

/** A desk with its people in lists, for whoever wants to spoil it. */
type Listed = Omit<DeskState, 'waiting' | 'agents'> & {
  readonly waiting: readonly Waiting[];
  readonly agents: readonly DeskAgent[];
};

function spoil(done: Done, change: (desk: Listed) => Listed): Done {
  return done.ok ? { ...done, state: spoiled(done.state, change) } : done;
}

function spoiled(state: DeskState, change: (desk: Listed) => Listed): DeskState {
  const lists = { waiting: allOf(state.waiting), agents: allOf(state.agents) };
  const { waiting, agents, index: _old, ...rest } = change({ ...state, ...lists });
  return assembled(rest, { waiting, agents });
}

function upsideDown(desk: Listed): Listed {
  return { ...desk, waiting: desk.waiting.map((w) => ({ ...w, since: -w.since })) };
}
