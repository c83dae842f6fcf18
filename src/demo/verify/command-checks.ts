import type { AckLine, CommandRecord, RefusedLine } from '../record/record-line';
import type { RunRecord } from '../record/record-file';
import { EXPECTED, type Expectation } from './expected-events';
import { lastOf, type Log, type LoggedEvent } from './log-reader';

const PEOPLE: readonly string[] = ['CLIENT', 'CUSTOMER', 'AGENT', 'REVIEWER', 'SUPERVISOR'];

/**
 * Compares what actors were told with what the log has: each acknowledged command has its event
 * once, and nobody did anything that he was not told of.
 */
export function checkCommands(record: RunRecord, log: Log): string[] {
  const check = new CommandCheck(record, log);
  return [...check.acknowledged(), ...check.untold(), ...check.ends()];
}

class CommandCheck {
  /** Events that a line of the record is about, and those that came with one of them. */
  private readonly claimed = new Set<LoggedEvent>();
  private readonly besides = new Set<LoggedEvent | undefined>();

  constructor(
    private readonly record: RunRecord,
    private readonly log: Log,
  ) {}

  acknowledged(): string[] {
    const wrong: string[] = [];
    const keys = new Set<string>();
    const acks = this.record.commands.filter((line) => line.kind === 'ack');
    for (const line of acks) {
      if (keys.has(line.key)) wrong.push(`${told(line)}, and the record says so twice`);
      keys.add(line.key);
      const sentence = this.acknowledge(line);
      if (sentence !== '') wrong.push(`${told(line)}, but ${sentence}`);
    }
    return wrong;
  }

  private acknowledge(line: AckLine): string {
    const expected: Expectation = EXPECTED[line.command];
    const events = this.eventsFor(line, expected);
    const step = expected.find === 'STEP' ? stepEndingAt(events, line.seq) : events;
    const found = step.filter((event) => isMeant(event, line, expected));
    const unclaimed = found.filter((event) => !this.claimed.has(event));
    // What came with another command is rather that one's: a case is created with its first link.
    const free = unclaimed.find((event) => !this.besides.has(event)) ?? unclaimed[0];
    if (free) {
      this.claim(events, free);
      return this.statusOf(line, events);
    }
    const before = events.some((e) => isMeant(e, line, expected) || isGiven(e, line, expected));
    if (expected.again && before) return '';
    if (found.length > 0) return 'its event was another command’s already';
    return `the log has no ${expected.events.join(' or ')} of it`;
  }

  /** The status that was answered is the one after the answer's event. */
  private statusOf(line: AckLine, events: readonly LoggedEvent[]): string {
    if (line.seq === 0 || line.status === '') return '';
    const event = events.find(({ seq }) => seq === line.seq);
    if (!event) return `the log has no event ${line.seq}`;
    if (event.profileStatus === line.status) return '';
    return `after event ${line.seq} the log says ${event.profileStatus}`;
  }

  /** Whatever a person did stands in the log beside something he was told, or may have missed. */
  untold(): string[] {
    for (const line of this.record.commands) {
      if (line.kind !== 'ack') this.excuse(line);
    }
    const streams = [...this.ownProfiles(), ...(this.record.run.alone ? [this.log.desk] : [])];
    return streams
      .flat()
      .filter((event) => this.needsTelling(event) && !this.isTold(event))
      .map(
        ({ stream, streamId, seq, eventType, actorType, actorId }) =>
          `${stream} ${streamId}: nobody was told of event ${seq} (${eventType} by ${actorType} ${actorId})`,
      );
  }

  /** Where actors saw journeys end is where the log says they ended; no journey is without its actors. */
  ends(): string[] {
    const { ends, commands, run } = this.record;
    const wrong = ends.flatMap(({ profileId, status }) => {
      const last = lastOf(this.log.profiles.get(profileId) ?? []);
      if (last?.profileStatus === status) return [];
      return [
        `profile ${profileId} ended ${status}, but in the log it is ${last?.profileStatus ?? 'not there'}`,
      ];
    });
    const known = new Set([...ends, ...commands].map(({ profileId }) => profileId));
    const strangers = [...this.log.profiles.keys()].filter((id) => run.alone && !known.has(id));
    return [
      ...wrong,
      ...strangers.map((id) => `profile ${id} is in the log, but nobody started it`),
    ];
  }

  /** A command whose outcome nobody learned, or that was refused after it had begun, excuses its event. */
  private excuse(line: CommandRecord): void {
    const expected: Expectation = EXPECTED[line.command];
    if (line.kind === 'refused' && !mayHaveBegun(line, expected)) return;
    const events = this.eventsFor(line, expected);
    const free = events.find(
      (event) =>
        !this.claimed.has(event) &&
        isCausedBy(event, line, expected) &&
        (line.command !== 'accept' || line.route.includes(event.offerId)),
    );
    if (free) this.claim(events, free);
  }

  private ownProfiles(): (readonly LoggedEvent[])[] {
    const own = new Set(this.record.commands.map(({ profileId }) => profileId));
    const { profiles } = this.log;
    return [...profiles].flatMap(([id, events]) => (own.has(id) ? [events] : []));
  }

  private needsTelling({ stream, eventType, actorType }: LoggedEvent): boolean {
    if (!PEOPLE.includes(actorType)) return false;
    // At the desk, what an agent does may be followed by what the desk does about others.
    return stream === 'profile' || eventType === 'offer.accepted' || eventType === 'offer.declined';
  }

  private isTold(event: LoggedEvent): boolean {
    return this.claimed.has(event) || this.besides.has(event);
  }

  private eventsFor(line: CommandRecord, { stream }: Expectation): readonly LoggedEvent[] {
    return stream === 'desk' ? this.log.desk : (this.log.profiles.get(line.profileId) ?? []);
  }

  /** All events of the same step: one command may end a call, a login and a place in line. */
  private claim(events: readonly LoggedEvent[], event: LoggedEvent): void {
    this.claimed.add(event);
    const at = events.indexOf(event);
    const beside = (from: number, by: 1 | -1): void => {
      for (let i = from; sameStep(events[i], event); i += by) this.besides.add(events[i]);
    };
    beside(at + 1, 1);
    beside(at - 1, -1);
  }
}

function mayHaveBegun({ code }: RefusedLine, { refusedLate = [] }: Expectation): boolean {
  return refusedLate.includes('*') || refusedLate.includes(code);
}

/** Same person, same moment: the events of one command stand side by side. */
function sameStep(event: LoggedEvent | undefined, other: LoggedEvent): boolean {
  return (
    event?.occurredAt === other.occurredAt &&
    event.actorType === other.actorType &&
    event.actorId === other.actorId
  );
}

/** The events of the step whose last one has this number. */
function stepEndingAt(events: readonly LoggedEvent[], seq: number): readonly LoggedEvent[] {
  const end = events.findLastIndex((event) => event.seq === seq);
  const last = events[end];
  if (!last) return [];
  let begin = end;
  while (sameStep(events[begin - 1], last)) begin -= 1;
  return events.slice(begin, end + 1);
}

function isCausedBy(event: LoggedEvent, line: CommandRecord, expected: Expectation): boolean {
  if (!expected.events.includes(event.eventType)) return false;
  if (expected.stream === 'desk' && event.agentId !== line.actorId) return false;
  if (expected.late) return true;
  return event.actorType === line.actorType && event.actorId === line.actorId;
}

function isMeant(event: LoggedEvent, line: AckLine, expected: Expectation): boolean {
  if (!isCausedBy(event, line, expected)) return false;
  if (expected.id === '') return true;
  if (expected.id === 'subject') return line.id === event.taskId || line.id === event.documentId;
  return line.id === event[expected.id];
}

/** Somebody else's doing gave the review to who asked for it. */
function isGiven(event: LoggedEvent, line: AckLine, { events, given }: Expectation): boolean {
  return given === true && events.includes(event.eventType) && event.reviewerId === line.actorId;
}

function told({ actorType, actorId, command, profileId, seq, status }: AckLine): string {
  const after = seq === 0 ? '' : ` (event ${seq}, ${status})`;
  const about = profileId === '' ? '' : ` on profile ${profileId}`;
  return `${actorType} ${actorId} was told that ${command}${about} took effect${after}`;
}
