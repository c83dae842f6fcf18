import { HOURS } from '../demo/trace/generate';
import { seeded, type Draw } from '../demo/seeded';
import type { DeskCommand } from '../domain/desk/commands';
import type { DeskInput } from '../domain/desk/machine';
import type { LogRow } from '../domain/log-row';
import { SimulatedDesk } from '../simulate/desk';
import { Events } from '../simulate/events';
import { agentsDay, comesOnline } from './desk-day';
import { Journeys, type Later } from './journeys';
import type { Organization } from './organization';
import type { Person } from './person';
import { casesOn, type PastPlan } from './plan';

/** What happens at some time. */
type Happening =
  | { readonly kind: 'arrives'; readonly index: number }
  | { readonly kind: 'atDesk'; readonly command: DeskCommand }
  | { readonly kind: 'impatient'; readonly person: Person; readonly ticket: number }
  | { readonly kind: 'later'; readonly later: Later };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Rows that are handed over at once. */
const BATCH = 1_000;
/** Far from what a desk that runs now numbers: the log of both has no event twice. */
const DESK_SEQ = 1_000_000_000;
/** Of a hundred: offers that are missed and declined, customers who leave the line, who ask for a call. */
const MISSED = 2;
const DECLINED = 2;
const LEAVES = 7;
const CALLBACK = 4;
const COMES_WHEN_CALLED = 85;
const PATIENCE = 6 * MINUTE;
const AWAY = 5 * MINUTE;

/**
 * The past of one organization, day by day in virtual time: its desk and the journeys of its cases are
 * the product's own machines; only the people around them are made up.
 */
export class World {
  private readonly desk: SimulatedDesk;
  private readonly events = new Events<Happening>();
  private readonly journeys: Journeys;
  private readonly draw: Draw;
  private rows: LogRow[] = [];
  private at = 0;
  private cases = 0;

  constructor(
    private readonly plan: PastPlan,
    private readonly organization: Organization,
    private readonly seed: number,
  ) {
    this.draw = seeded(seed, plan.ouid);
    this.desk = new SimulatedDesk(plan.ouid, DESK_SEQ);
    this.journeys = new Journeys(organization, {
      record: (events) => {
        this.record(events);
      },
      toDesk: (message) => {
        this.tell({ name: 'profileMessage', message });
      },
      schedule: (at, later) => {
        this.events.schedule(at, { kind: 'later', later });
      },
    });
  }

  /** Its rows in the order in which they happened, until there are as many as planned. */
  *run(): Generator<readonly LogRow[], void, undefined> {
    let made = 0;
    for (let midnight = this.plan.from; ; midnight += DAY) {
      this.planDay(midnight);
      while (this.goOn(midnight + DAY)) {
        if (this.rows.length < BATCH) continue;
        made += this.rows.length;
        yield this.taken();
        if (made >= this.plan.events) return;
      }
    }
  }

  private taken(): readonly LogRow[] {
    const rows = this.rows;
    this.rows = [];
    return rows;
  }

  private planDay(midnight: number): void {
    const all = HOURS.reduce((sum, n) => sum + n, 0);
    const cases = casesOn(this.plan, midnight);
    for (const [hour, weight] of HOURS.entries()) {
      const wanted = (cases * weight) / all;
      const count = Math.floor(wanted) + (this.draw() < wanted % 1 ? 1 : 0);
      for (let i = 0; i < count; i += 1) {
        const at = midnight + hour * HOUR + Math.floor(this.draw() * HOUR);
        this.events.schedule(at, { kind: 'arrives', index: (this.cases += 1) });
      }
    }
    for (const [i, agent] of this.organization.agents.entries()) {
      for (const { at, command } of agentsDay(agent, i, midnight, this.draw)) {
        this.events.schedule(at, { kind: 'atDesk', command });
      }
    }
  }

  /** The next thing before `end`; false when there is none. Messages go before timers, as in a workflow. */
  private goOn(end: number): boolean {
    const { nextAt = Infinity } = this.events;
    const due = this.desk.deadline ?? Infinity;
    const next = Math.min(nextAt, due);
    if (next >= end) return false;
    this.at = Math.max(this.at, next);
    if (due < nextAt) this.tell({ name: 'timer' });
    else this.happens(this.events.take());
    return true;
  }

  private happens(what: Happening | undefined): void {
    switch (what?.kind) {
      case 'arrives':
        this.journeys.begin(this.plan.ouid, this.seed, what.index, this.at);
        return;
      case 'atDesk':
        this.tell({ name: 'command', command: what.command });
        return;
      case 'impatient':
        this.onImpatience(what.person, what.ticket);
        return;
      case 'later':
        this.journeys.happens(what.later, this.at);
        return;
      case undefined:
        return;
    }
  }

  /** A refusal is news that came too late. */
  private tell(input: DeskInput): void {
    const taken = this.desk.take(input, this.at);
    this.record(taken?.events ?? []);
    for (const { profileId, reply } of taken?.replies ?? []) {
      this.journeys.deskReplies(profileId, reply, this.at);
    }
  }

  private record(events: readonly LogRow[]): void {
    for (const row of events) {
      this.rows.push(row);
      this.react(row);
    }
  }

  private react({ eventType, agentId, profileId }: LogRow): void {
    const later = (ms: number, command: DeskCommand): void => {
      this.events.schedule(this.at + ms, { kind: 'atDesk', command });
    };
    switch (eventType) {
      case 'offer.made': {
        const how = this.draw() * 100;
        const offerId = this.desk.offerOf(agentId);
        if (how < MISSED) return;
        const name = how < MISSED + DECLINED ? 'decline' : 'accept';
        later(1_500 + this.draw() * 6_000, { name, agentId, offerId });
        return;
      }
      case 'agent.away': {
        const agent = this.organization.agents.find((one) => one.agentId === agentId);
        if (agent) later(AWAY, comesOnline(agent));
        return;
      }
      case 'callback.called':
        if (this.draw() * 100 >= COMES_WHEN_CALLED) return;
        later(10_000 + this.draw() * MINUTE, { name: 'customerBack', profileId, process: '' });
        return;
      case 'queue.entered': {
        const person = this.journeys.personOf(profileId);
        const how = this.draw() * 100;
        const wait = this.draw() * 2 * PATIENCE;
        if (how < CALLBACK) later(wait / 6, { name: 'callback', profileId });
        else if (person && how < CALLBACK + LEAVES) {
          const ticket = person.state.ticket;
          this.events.schedule(this.at + wait, { kind: 'impatient', person, ticket });
        }
        return;
      }
    }
  }

  /** Half of them tell the bank, half just go. */
  private onImpatience(person: Person, ticket: number): void {
    const { status, ticket: now, profileId } = person.state;
    if (status !== 'QUEUED' || now !== ticket) return;
    if (this.draw() < 0.5)
      this.tell({ name: 'command', command: { name: 'customerAway', profileId } });
    else this.journeys.withdraws(person, this.at);
  }
}
