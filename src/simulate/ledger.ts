import type { Customer } from './customers';
import type { Ended, Ending, SimulatedDay, Span, TimeInLine } from './day';

interface InCall {
  readonly agentId: string;
  readonly queueId: string;
  readonly since: number;
}

/** Who is where on the simulated day, and what became of everybody. */
export class Ledger {
  /** By ProfileID. */
  private readonly inLine = new Map<string, Omit<TimeInLine, 'leftAt'>>();
  private readonly inCall = new Map<string, InCall>();
  private readonly ended = new Map<string, Ended>();
  private readonly spans: Span[] = [];
  /** The queue of each agent's last call: the wrap-up is for it, too. */
  private readonly lastQueue = new Map<string, string>();
  private cutOff = 0;
  private last = 0;

  get done(): number {
    return this.ended.size;
  }

  entersLine({ profileId }: Customer, queueId: string, at: number): void {
    this.inLine.set(profileId, { queueId, enteredAt: at, estimateMs: undefined });
  }

  isTold({ profileId }: Customer, estimateMs: number | undefined): void {
    const line = this.inLine.get(profileId);
    if (line) this.inLine.set(profileId, { ...line, estimateMs });
  }

  /** Since when he counts as waiting, epoch ms; undefined for who has not been in line. */
  waitsSince({ profileId }: Customer): number | undefined {
    return (this.ended.get(profileId)?.line ?? this.inLine.get(profileId))?.enteredAt;
  }

  waits({ profileId }: Customer): boolean {
    return this.inLine.has(profileId);
  }

  /** He waits no more, or goes away before he did. @throws Error when that is so already */
  ends(customer: Customer, outcome: Ending, at: number, agentId = ''): void {
    const { profileId } = customer;
    const before = this.ended.get(profileId);
    // Called in vain he is in line once more, and that makes him no other.
    if (before && before.outcome !== 'NO_SHOW') throw new Error(`${profileId} ends twice`);
    const waited = this.inLine.get(profileId);
    this.inLine.delete(profileId);
    const line = waited && { ...waited, leftAt: at };
    if (!before) this.ended.set(profileId, { customer, outcome, line, agentId });
    if (waited && agentId !== '') {
      this.inCall.set(profileId, { agentId, queueId: waited.queueId, since: at });
    }
    this.last = Math.max(this.last, at);
  }

  callCutOff(): void {
    this.cutOff += 1;
  }

  callEnds({ profileId }: Customer, at: number): void {
    const call = this.inCall.get(profileId);
    if (!call) throw new Error(`${profileId} ends a call he is not in`);
    this.inCall.delete(profileId);
    this.lastQueue.set(call.agentId, call.queueId);
    this.addSpan(call.agentId, call.since, at);
  }

  wrapUpEnds(agentId: string, lastedMs: number, at: number): void {
    this.addSpan(agentId, at - lastedMs, at);
  }

  /** @throws Error when a customer got lost */
  day(customers: readonly Customer[], agentIds: readonly string[]): SimulatedDay {
    const ended = customers.flatMap(({ profileId }) => this.ended.get(profileId) ?? []);
    const lost = customers.length - ended.length + this.inCall.size;
    if (lost > 0) throw new Error(`${lost} customers got lost`);
    const from = customers[0]?.arrivesAt ?? 0;
    const { spans, cutOff } = this;
    return { from, to: Math.max(from, this.last), agentIds, ended, spans, cutOff };
  }

  private addSpan(agentId: string, from: number, to: number): void {
    this.spans.push({ agentId, queueId: this.lastQueue.get(agentId) ?? '', from, to });
    this.last = Math.max(this.last, to);
  }
}
