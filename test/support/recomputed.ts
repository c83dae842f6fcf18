import type { RunRecord } from '../../src/demo/record/record-file';
import type { AckLine, CommandRecord } from '../../src/demo/record/record-line';
import { reason as reasonOf } from '../../src/domain/reasons';
import { Tally } from './tally';
import { sessionIn, Told } from './told';

/** The demo's policy: tasks of a call, and how long after its time a slot is kept (settings.ts). */
const TASKS = 3;
const SLOT_MS = 10_000;

/**
 * Every number that can be counted from what the actors of a demo were told, without a look at the log.
 * Only a run nobody else took part in can be counted.
 */
export function recomputed({ commands, ends }: RunRecord): Tally {
  const count = new Count();
  for (const line of commands) count.take(line);
  for (const { profileId, status } of ends) count.end(profileId, status);
  count.finish();
  return count.tally;
}

/** What may have happened never, and is then to be told as never. */
const COUNTED: readonly (readonly [figure: string, ...dimensions: string[]])[] = [
  ...['handled', 'approvals', 'rejections', 'utvs', 'scriptsRun', 'callsWithSkips'].map(ofAgents),
  ...['overturned', 'checked', 'firstTimeRight'].map(ofAgents),
  ['reviewers overrides', 'reviewer'],
  ['reviewers sentBack', 'reviewer'],
  ['reviewers givenBack', 'reviewer'],
  ['reviewers secondReviewsDiffering', 'reviewer'],
  ['calls dropped'],
  ['calls connectionsLost'],
  ['waits slotsKept'],
  ['waits slotsMissed'],
];

function ofAgents(figure: string): [string, string] {
  return [`operators ${figure}`, 'agent'];
}

class Count {
  readonly tally = new Tally();
  private readonly told = new Told();
  private readonly steps = new Set<string>();
  private accepted = 0;

  constructor() {
    for (const [figure, ...dimensions] of COUNTED) this.tally.declare(figure, ...dimensions);
  }

  take(line: CommandRecord): void {
    if (line.kind === 'ack') this.acknowledged(line);
    else if (line.command === 'accept') this.tally.mayBeMore('operators offersAccepted');
    else if (line.command === 'joinCall') this.tally.mayBeMore('operators handled');
    else if (line.kind === 'unknown') throw new Error(`nobody knows what became of ${line.route}`);
  }

  private acknowledged(line: AckLine): void {
    const { command, profileId, actorId, said, id } = line;
    switch (command) {
      case 'create':
        this.step('LINK_SENT', profileId);
        return;
      case 'openCapture':
        this.step('OPENED', profileId);
        return;
      case 'giveConsent':
        this.step('CONSENTED', profileId);
        return;
      case 'addDocument':
        this.step('DOCUMENTS', profileId);
        return;
      case 'submit':
        this.submitted(line);
        return;
      case 'bookSlot':
        this.tally.add('waits slotsBooked');
        this.told.caseOf(profileId).slot = line;
        return;
      case 'accept':
        this.accepted += 1;
        this.tally.add('operators offersAccepted', { agent: actorId });
        return;
      case 'joinCall':
      case 'leaveCall':
      case 'connectionLost':
      case 'endCall':
        this.inCall(line);
        return;
      case 'setTaskVerdict':
        this.step('CHECKED', profileId);
        this.told.callOf(sessionIn(line.route), profileId).judged.add(id);
        return;
      case 'makerDecision':
        this.makerDecides(line);
        return;
      case 'checkerDecision':
        this.checkerDecides(line);
        return;
      case 'releaseReview':
        this.tally.add('reviewers givenBack', { reviewer: actorId });
        return;
      default:
        // Holds, cancellations, verdicts of reviewers: no figure counts them.
        if (said['decision'] !== undefined) throw new Error(`${command} decides something`);
    }
  }

  private submitted({ profileId, status, at }: AckLine): void {
    this.step('SUBMITTED', profileId);
    if (status === 'QUEUED') this.step('IN_LINE', profileId);
    const known = this.told.caseOf(profileId);
    const booked = known.slot?.said['at'];
    if (booked === undefined) return;
    const kept = Date.parse(at) <= Date.parse(booked) + SLOT_MS;
    this.tally.add(kept ? 'waits slotsKept' : 'waits slotsMissed');
    known.slot = undefined;
  }

  private inCall({ command, actorType, actorId, profileId, id }: AckLine): void {
    const call = this.told.callOf(id, profileId);
    if (actorType === 'AGENT') call.agent = actorId;
    call.last.set(actorType, command);
    if (command === 'connectionLost') this.tally.add('calls connectionsLost');
    if (command === 'joinCall') call.joined.add(actorType);
    if (call.joined.size === 2) this.step('IN_CALL', profileId);
  }

  private makerDecides(line: AckLine): void {
    const { actorId: agent, profileId, said } = line;
    const { decision = '', reason = '' } = said;
    const words = { APPROVED: 'approvals', REJECTED: 'rejections', UTV: 'utvs' } as const;
    const figure = words[decision as keyof typeof words];
    this.tally.add(`operators ${figure}`, { agent, reason });
    this.tally.add('outcomes makerDecisions', { agent, reason });
    if (decision === 'REJECTED') this.tally.add('outcomes makerRejections', { agent, reason });
    const known = this.told.caseOf(profileId);
    if (decision === 'UTV') {
      const { class: kind, disposition, party } = reasonOf(reason);
      this.tally.add('outcomes utvs', { agent, reason, party, class: kind });
      const name = kind === 'BUSINESS' ? 'utvsBusiness' : 'utvsTechnical';
      this.tally.add(`outcomes ${name}`, { agent, reason });
      this.tally.add(`operators ${name}`, { agent });
      if (disposition === 'RECAPTURE') known.again = true;
    } else {
      this.step('DECIDED', profileId);
      known.maker = line;
    }
    const call = this.told.callOf(sessionIn(line.route), profileId);
    if (call.decision === '') call.decision = decision;
  }

  private checkerDecides(line: AckLine): void {
    const { actorId: reviewer, profileId, said } = line;
    const { decision = '', reason = '' } = said;
    const words = { APPROVED: 'approved', REJECTED: 'rejected', SENT_BACK: 'sentBack' } as const;
    const known = this.told.caseOf(profileId);
    this.tally.add('reviewers decided', { reviewer, reason });
    this.tally.add(`reviewers ${words[decision as keyof typeof words]}`, { reviewer, reason });
    if (decision === 'SENT_BACK') {
      known.checks = [];
      if (said['sendBackTo'] !== 'NEW_CALL') known.again = true;
      return;
    }
    this.step('REVIEWED', profileId);
    known.checks.push(line);
    if (decision !== known.maker?.said['decision'])
      this.tally.add('reviewers overrides', { reviewer });
    const [first, second] = known.checks;
    if (known.checks.length !== 2) return;
    this.tally.add('reviewers secondReviews', { reviewer });
    if (first?.said['decision'] === second?.said['decision']) return;
    this.tally.add('reviewers secondReviewsDiffering', { reviewer });
  }

  end(profileId: string, status: string): void {
    const words: Readonly<Record<string, string>> = {
      ...{ APPROVED: 'approved', REJECTED: 'rejected', UNABLE_TO_VERIFY: 'unableToVerify' },
      ...{ EXPIRED: 'expired', CANCELLED: 'cancelled' },
    };
    const { maker, checks, again } = this.told.caseOf(profileId);
    const checker = checks.at(-1)?.actorId ?? '';
    const reviewed = status === 'APPROVED' || status === 'REJECTED';
    this.tally.add('outcomes finished');
    this.tally.add(`outcomes ${words[status] ?? status}`, reviewed ? { reviewer: checker } : {});
    if (status === 'APPROVED') this.step('APPROVED', profileId);
    if (!reviewed || !maker) return;
    const { actorId: agent } = maker;
    this.tally.add('operators checked', { agent });
    if (maker.said['decision'] !== status) this.tally.add('operators overturned', { agent });
    const calls = [...this.told.calls.values()].filter((call) => call.profileId === profileId);
    if (status !== 'APPROVED' || calls.length !== 1 || again) return;
    this.tally.add('operators firstTimeRight', { agent });
  }

  finish(): void {
    for (const { joined, agent, last, decision, judged, profileId } of this.told.calls.values()) {
      this.tally.add('waits answered');
      this.step('ASSIGNED', profileId);
      if (joined.size === 2) this.tally.add('operators handled', { agent });
      const broke = last.get('CUSTOMER') === 'connectionLost' || last.get('AGENT') === 'leaveCall';
      if (broke) this.tally.add('calls dropped', { agent });
      if (decision === '' || decision === 'UTV') continue;
      this.tally.add('operators scriptsRun', { agent });
      if (judged.size < TASKS) this.tally.add('operators callsWithSkips', { agent });
    }
    // A case may be cancelled between the acceptance and the agent's coming.
    this.tally.mayBeMore('waits answered', this.accepted - this.told.calls.size);
  }

  private step(step: string, profileId: string): void {
    const key = `${step} ${profileId}`;
    if (profileId === '') throw new Error(`${step} of nobody`);
    if (this.steps.has(key)) return;
    this.steps.add(key);
    this.tally.add('funnel reached', { step });
  }
}
