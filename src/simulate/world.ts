import type { DeskInput } from '../domain/desk/machine';
import type { LogRow } from '../domain/log-row';
import type { DeskMessage, DeskReply, Ticket } from '../domain/messages';
import type { Customer } from './customers';
import type { Pace, Progress, SimulatedDay } from './day';
import { SimulatedDesk } from './desk';
import { Events } from './events';
import { Ledger } from './ledger';
import { onlineCommand, type Organization } from './organization';
import { callOf, enteringLine, queueFor, ticketOf } from './profile-part';

type Happening =
  | { readonly kind: 'captured' | 'losesPatience'; readonly customer: Customer }
  | { readonly kind: 'callOver'; readonly customer: Customer; readonly ticket: Ticket }
  | { readonly kind: 'accepts'; readonly agentId: string; readonly offerId: string };

const HOUR_MS = 3_600_000;

/**
 * A day at the product's own desk. What comes next happens at once, so a day takes seconds and is
 * the same each time. Tells at every full hour how far it is.
 */
export function simulateDay(
  organization: Organization,
  customers: readonly Customer[],
  pace: Pace,
): Generator<Progress, SimulatedDay, undefined> {
  return new World(organization, customers, pace).run();
}

/** Customers and agents around the desk: the customers' part is what their profiles would say. */
class World {
  private readonly desk = new SimulatedDesk();
  private readonly ledger = new Ledger();
  private readonly events = new Events<Happening>();
  /** Who is in line and would not come. */
  private readonly gone = new Set<Customer>();
  private readonly byId: ReadonlyMap<string, Customer>;
  private at: number;

  constructor(
    private readonly organization: Organization,
    private readonly customers: readonly Customer[],
    private readonly pace: Pace,
  ) {
    this.at = customers[0]?.arrivesAt ?? 0;
    this.byId = new Map(customers.map((customer) => [customer.profileId, customer]));
  }

  *run(): Generator<Progress, SimulatedDay, undefined> {
    const { agents } = this.organization;
    for (const agent of agents) {
      this.tell({ name: 'command', command: onlineCommand(agent, this.pace.wrapUpMs) });
    }
    for (const customer of this.customers) {
      this.events.schedule(customer.capturedAt, { kind: 'captured', customer });
    }
    let hour = this.hour;
    while (this.goOn()) {
      if (this.hour === hour) continue;
      hour = this.hour;
      yield { at: this.at, done: this.ledger.done, waiting: this.desk.waiting };
    }
    return this.ledger.day(
      this.customers,
      agents.map(({ agentId }) => agentId),
    );
  }

  private get hour(): number {
    return Math.floor(this.at / HOUR_MS);
  }

  /** The next thing; false when nothing is to come. Messages go before timers, as in a workflow. */
  private goOn(): boolean {
    const { nextAt = Infinity } = this.events;
    const due = this.desk.deadline ?? Infinity;
    const next = Math.min(nextAt, due);
    if (next === Infinity) return false;
    this.at = Math.max(this.at, next);
    if (due < nextAt) this.tell({ name: 'timer' });
    else this.happens(this.events.take());
    return true;
  }

  private happens(what: Happening | undefined): void {
    if (!what) return;
    switch (what.kind) {
      case 'captured':
        this.onCaptured(what.customer);
        return;
      case 'losesPatience':
        this.onPatienceLost(what.customer);
        return;
      case 'accepts': {
        const { agentId, offerId } = what;
        this.tell({ name: 'command', command: { name: 'accept', agentId, offerId } });
        return;
      }
      case 'callOver':
        this.onCallOver(what.customer, what.ticket);
        return;
    }
  }

  private onCaptured(customer: Customer): void {
    if (customer.leavesBeforeLine) {
      this.ledger.ends(customer, 'LEFT_BEFORE_LINE', this.at);
      return;
    }
    if (customer.phantom) this.gone.add(customer);
    this.enterLine(customer, ticketOf(customer));
    this.ledger.isTold(customer, this.desk.estimate(customer.profileId, this.at));
    if (customer.patienceMs === undefined) return;
    this.events.schedule(this.at + customer.patienceMs, { kind: 'losesPatience', customer });
  }

  private enterLine(customer: Customer, ticket: Ticket): void {
    const { policy } = this.organization;
    const queue = queueFor(customer, policy);
    const since = this.ledger.waitsSince(customer) ?? this.at;
    this.ledger.entersLine(customer, queue.queueId, this.at);
    this.send(enteringLine(customer, ticket, queue, since, policy, this.at));
  }

  private onPatienceLost(customer: Customer): void {
    if (!this.ledger.waits(customer)) return;
    if (customer.leavesSilently) {
      this.gone.add(customer);
      return;
    }
    this.ledger.ends(customer, 'ABANDONED', this.at);
    this.send({ kind: 'withdraw', ticket: ticketOf(customer) });
  }

  /** Who did not come is called once more, at the place he had; then he has to come by himself. */
  private onCallOver(customer: Customer, ticket: Ticket): void {
    this.ledger.callEnds(customer, this.at);
    if (this.gone.has(customer) && ticket.n === 1) this.enterLine(customer, ticketOf(customer, 2));
    this.send({ kind: 'release', ticket });
  }

  private send(message: DeskMessage): void {
    this.tell({ name: 'profileMessage', message });
  }

  /** A refusal is news that came too late: an offer that its customer did not wait for. */
  private tell(input: DeskInput): void {
    const taken = this.desk.take(input, this.at);
    for (const row of taken?.events ?? []) this.onEvent(row);
    for (const { profileId, reply } of taken?.replies ?? []) this.onReply(profileId, reply);
  }

  private onEvent({ eventType, agentId, durationMs }: LogRow): void {
    if (eventType === 'agent.ready') this.ledger.wrapUpEnds(agentId, durationMs, this.at);
    if (eventType !== 'offer.made') return;
    const offerId = this.desk.offerOf(agentId);
    this.events.schedule(this.at + this.pace.acceptMs, { kind: 'accepts', agentId, offerId });
  }

  private onReply(profileId: string, reply: DeskReply): void {
    const customer = this.byId.get(profileId);
    if (!customer) throw new Error(`the desk answers ${profileId}, who is nobody`);
    const waits = this.ledger.waits(customer);
    if (reply.kind === 'ask') return; // nobody is busy for so long here
    if (reply.kind === 'waitExpired') {
      if (waits) this.ledger.ends(customer, 'EXPIRED', this.at);
      return;
    }
    const { ticket, offerId, agentId } = reply;
    if (!waits) {
      this.send({ kind: 'refuse', ticket, offerId, why: 'CANCELLED' });
      return;
    }
    const { policy } = this.organization;
    const call = callOf(customer, this.gone.has(customer), this.pace, policy);
    this.ledger.ends(customer, call.outcome, this.at, agentId);
    if (call.cutOff) this.ledger.callCutOff();
    this.events.schedule(this.at + call.lasts, { kind: 'callOver', customer, ticket });
    this.send({ kind: 'confirm', ticket, offerId, avSessionId: `${profileId}.${ticket.n}` });
  }
}
