import type { CustomerCommand } from '../../src/domain/desk/commands';
import type { DeskInput } from '../../src/domain/desk/machine';
import { allOf } from '../../src/domain/desk/buckets';
import type { DeskAgent, DeskState } from '../../src/domain/desk/state';
import type { DeskMessage, Ticket } from '../../src/domain/messages';
import type { RelaxationStep } from '../../src/domain/policy';
import { asCommand } from './journeys';
import type { Dice } from './profile-moves';

const PROCESSES = ['api-1', 'api-2'] as const;
const AGENTS = ['a1', 'a2', 'a3', 'a4'] as const;
const QUEUES = ['q1', 'q2', 'q3'] as const;
const LANGUAGES = [['en'], ['hi'], ['en', 'hi']] as const;
const SKILLS = [[], ['nri'], { nri: 3, loan: 2 }] as const;
/** First lower levels, then without the loan, then in another language. */
const RELAXATION: readonly RelaxationStep[] = [
  { afterMs: 20_000, levelsLower: 1 },
  { afterMs: 60_000, levelsLower: 2, dropSkills: ['loan'] },
  { afterMs: 120_000, languages: ['hi', 'en'] },
];
const QUEUE_MS = 300_000;

function of<T>(list: readonly T[], n: number): T {
  return list[n % list.length] as T;
}

/** What the profiles know: which ticket each has, and what it has to answer. */
export class Customers {
  readonly tickets = new Map<string, number>();
  /** Assignments that were delivered and not yet answered. */
  readonly toAnswer: { ticket: Ticket; offerId: string }[] = [];

  enqueue({ a, b }: Dice, at: number): DeskMessage {
    const profileId = `p${b % 6}`;
    const n = (this.tickets.get(profileId) ?? 0) + 1;
    this.tickets.set(profileId, n);
    return {
      kind: 'enqueue',
      ticket: { profileId, n },
      needs: {
        queueId: of(QUEUES, a >> 3),
        queueName: of(QUEUES, a >> 3),
        language: of(['en', 'hi'], a),
        skills: of(SKILLS, a >> 2),
        priority: a % 3,
        ...(a % 5 !== 0 && { relaxation: RELAXATION }),
      },
      since: at - (a % 50) * 1_000,
      until: at + QUEUE_MS,
      offerTimeout: 15_000,
      ...(a % 4 === 0 && { preferredAgent: of(AGENTS, b) }),
    };
  }

  ticket({ a, b }: Dice): Ticket {
    const profileId = `p${b % 6}`;
    const n = this.tickets.get(profileId) ?? 0;
    return { profileId, n: a % 5 === 0 ? n - 1 : n };
  }
}

/** In line or not. */
function ofCustomer({ a, b }: Dice): CustomerCommand {
  const profileId = `p${b % 6}`;
  const process = of(PROCESSES, a);
  return of<CustomerCommand>(
    [
      { name: 'customerConnect', profileId, process },
      { name: 'customerDisconnect', profileId, process },
      { name: 'customerBack', profileId, process: '' },
      { name: 'customerAway', profileId },
      { name: 'callback', profileId },
    ],
    a >> 1,
  );
}

function ofAgent(d: Dice, agent: DeskAgent | undefined): DeskInput {
  const agentId = agent?.agentId ?? of(AGENTS, d.b);
  const offerId = d.a % 7 === 0 ? 'no-such-offer' : (agent?.offer?.offerId ?? 'none');
  return asCommand({ name: d.a % 3 === 0 ? 'decline' : 'accept', agentId, offerId });
}

/** The next thing that reaches the desk. */
export function nextDeskInput(s: DeskState, customers: Customers, d: Dice, at: number): DeskInput {
  const way = d.pick % 100;
  const agents = allOf(s.agents);
  const message = (m: DeskMessage): DeskInput => ({ name: 'profileMessage', message: m });
  if (way < 12) {
    return asCommand({
      name: 'online',
      agentId: of(AGENTS, d.b),
      languages: of(LANGUAGES, d.a),
      skills: of(SKILLS, d.a >> 1),
      ...(d.a % 3 === 0 && { wrapUpMs: 8_000 }),
      ...(d.a % 5 === 0 && { trainedUntil: at + ((d.a % 100) - 10) * 1_000 }),
    });
  }
  if (way < 14) return asCommand({ name: 'offline', agentId: of(AGENTS, d.b) });
  if (d.pick % 1_000 === 15) {
    const why = 'QUALITY' as const;
    return asCommand({ name: 'pull', agentId: of(AGENTS, d.b), supervisorId: 's1', why });
  }
  if (way < 16) return asCommand({ name: 'pause', agentId: of(AGENTS, d.b), reason: 'LUNCH' });
  if (way < 18) return asCommand({ name: 'resume', agentId: of(AGENTS, d.b) });
  if (way < 22) {
    const name = d.a % 3 === 0 ? 'disconnect' : 'connect';
    return asCommand({ name, agentId: of(AGENTS, d.b), process: of(PROCESSES, d.a) });
  }
  if (way < 24) {
    return asCommand({ name: 'lease', process: of(PROCESSES, d.a), idle: d.b % 3 === 0 });
  }
  if (way < 29) return asCommand(ofCustomer(d));
  if (d.pick % 100 === 29) {
    const queueId = of(QUEUES, d.b);
    const close = { name: 'closeQueue', queueId, supervisorId: 's1', why: 'STAFFING' } as const;
    return asCommand(d.a % 4 === 0 ? close : { name: 'openQueue', queueId, supervisorId: 's1' });
  }
  if (way < 40) {
    const offered = agents.filter((a) => a.offer && !a.offer.accepted);
    return ofAgent(d, offered.length > 0 ? of(offered, d.b) : agents[0]);
  }
  if (way < 58) return message(customers.enqueue(d, at));
  if (way < 60) return message({ kind: 'withdraw', ticket: customers.ticket(d) });
  if (way < 61) return message({ kind: 'forget', ticket: customers.ticket(d) });
  if (way < 66) return { name: 'timer' };
  const [sent] = s.outbox.profiles;
  if (way < 80 && sent) {
    const delivered = d.a % 8 !== 0;
    const { reply } = sent.message;
    if (delivered && reply.kind === 'assign') customers.toAnswer.push(reply);
    return { name: 'profilesSettled', id: d.a % 9 === 1 ? d.b : sent.id, delivered };
  }
  const assigned = customers.toAnswer.shift();
  if (way < 90 && assigned) {
    const { ticket, offerId } = assigned;
    if (d.a % 4 === 0) return message({ kind: 'refuse', ticket, offerId, why: 'OLD_TICKET' });
    return message({
      kind: 'confirm',
      ticket,
      offerId,
      avSessionId: `${ticket.profileId}.1`,
      ...(d.a % 3 === 0 && { heldFor: 30_000 }),
    });
  }
  const busy = agents.find((a) => a.busyWith);
  const ticket = d.a % 4 === 0 || !busy?.busyWith ? customers.ticket(d) : busy.busyWith;
  return message({ kind: 'release', ticket });
}
