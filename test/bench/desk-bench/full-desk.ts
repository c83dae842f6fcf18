import { inBuckets } from '../../../src/domain/desk/buckets';
import { stepDesk, type DeskInput } from '../../../src/domain/desk/machine';
import { emptyDesk, type DeskState } from '../../../src/domain/desk/state';
import type { DeskMessage, Ticket } from '../../../src/domain/messages';

const LANGUAGES = ['en', 'hi', 'ta', 'te', 'bn'] as const;
/** Fits all: what is measured is the choice, not the search for somebody who does not exist. */
const ABLE = { languages: LANGUAGES, skills: { savings: 5 } } as const;
const QUEUES = 4;

/** The routing machine with all its agents in calls and so many customers in line. */
export class FullDesk {
  private state: DeskState = emptyDesk('bench');
  private readonly inCall: Ticket[] = [];
  private customers = 0;
  private at = Date.UTC(2026, 0, 1);

  constructor(waiting: number, agents: number) {
    for (let n = 1; n <= agents; n++) {
      this.step({ name: 'command', command: { name: 'online', agentId: `a${n}`, ...ABLE } });
      this.accept(this.arrive());
    }
    for (let n = 0; n < waiting; n++) this.arrive();
  }

  /** An agent is done and takes the next customer, and another one joins the line. */
  match(): void {
    const ticket = this.inCall.shift();
    if (!ticket) throw new Error('nobody is in a call');
    this.accept(this.hear({ kind: 'release', ticket }));
    this.arrive();
  }

  /** Answers the agent who was offered somebody; '' when nobody was. */
  private arrive(): string {
    const n = (this.customers += 1);
    return this.hear({
      kind: 'enqueue',
      ticket: { profileId: `p${n}`, n: 1 },
      needs: {
        queueId: `q${n % QUEUES}`,
        queueName: `queue-${n % QUEUES}`,
        language: LANGUAGES[n % LANGUAGES.length] ?? 'en',
        skills: { savings: 1 + (n % 3) },
        priority: n % 3,
      },
      since: this.at,
      until: this.at + 86_400_000,
      offerTimeout: 15_000,
    });
  }

  private hear(message: DeskMessage): string {
    return this.step({ name: 'profileMessage', message });
  }

  /** With what the customer's profile answers. */
  private accept(agentId: string): void {
    const offerId = inBuckets(this.state.agents, agentId)?.offer?.offerId ?? '';
    this.step({ name: 'command', command: { name: 'accept', agentId, offerId } });
    const [entry] = this.state.outbox.profiles;
    if (!entry) throw new Error('the acceptance was not sent');
    const { ticket } = entry.message.reply;
    this.step({ name: 'profilesSettled', id: entry.id, delivered: true });
    this.hear({ kind: 'confirm', ticket, offerId, avSessionId: `${ticket.profileId}.1` });
    this.inCall.push(ticket);
  }

  private step(input: DeskInput): string {
    const step = stepDesk(this.state, input, { at: (this.at += 1), entropy: 0 });
    if (!step.ok) throw new Error(`the desk refused ${input.name}: ${step.code}`);
    this.state = step.state;
    return step.events.find(({ eventType }) => eventType === 'offer.made')?.agentId ?? '';
  }
}
