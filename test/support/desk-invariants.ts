import { allOf, inBuckets } from '../../src/domain/desk/buckets';
import type { DeskInput, stepDesk } from '../../src/domain/desk/machine';
import type { DeskAgent, DeskState, Waiting } from '../../src/domain/desk/state';
import { check } from './profile-invariants';

export type StepDesk = typeof stepDesk;
type Told = DeskState['outbox']['profiles'][number]['message']['reply'];
type Done = Extract<ReturnType<StepDesk>, { ok: true }>;

/** Can this agent be offered to this customer now? Written anew, not the machine's own function. */
export function fits(agent: DeskAgent, entry: Waiting, at: number): boolean {
  const skipped = entry.skip[agent.agentId];
  return (
    isThere(entry) &&
    agent.state === 'FREE' &&
    agent.lostAt === undefined &&
    (skipped === undefined || skipped <= at) &&
    (agent.trainedUntil === undefined || agent.trainedUntil > at) &&
    canServe(agent, entry, at - entry.since)
  );
}

/** Or gone for so short a time that he may be back in a moment. */
function isThere({ where }: Waiting): boolean {
  return where.kind === 'HERE' || where.kind === 'LOST';
}

/** By what is left of the needs after so long. */
function canServe(agent: DeskAgent, { needs }: Waiting, waited: number): boolean {
  const languages = new Set([needs.language]);
  const levels = new Map(Object.entries(needs.skills));
  let lower = 0;
  for (const step of needs.relaxation) {
    if (step.afterMs > waited) continue;
    for (const language of step.languages ?? []) languages.add(language);
    for (const skill of step.dropSkills ?? []) levels.delete(skill);
    lower = Math.max(lower, step.levelsLower ?? 0);
  }
  for (const [skill, level] of levels) {
    const has = agent.skills[skill];
    if (has === undefined || has < Math.max(1, level - lower)) return false;
  }
  return agent.languages.some((l) => languages.has(l));
}

/** What always holds at the desk, whatever came before. */
export function checkDesk(s: DeskState, at: number): void {
  const agents = allOf(s.agents);
  const waiting = allOf(s.waiting);
  for (const a of agents) {
    check(`${a.state} has an offer or not`, (a.offer !== undefined) === (a.state === 'OFFERED'));
    check(`${a.state} has a call or not`, (a.busyWith !== undefined) === (a.state === 'BUSY'));
    check(
      'an agent who is about to leave has work',
      a.then === undefined || a.offer !== undefined || a.state === 'BUSY',
    );
  }
  // An accepted offer of an older ticket is the profile's to refuse: nobody is offered it any more.
  const live = agents.flatMap((a) =>
    a.offer?.accepted === false ? [a.offer.ticket.profileId] : [],
  );
  check('no customer is offered twice', new Set(live).size === live.length);
  const inLine = waiting.map((w) => w.ticket.profileId);
  check('no customer waits twice', new Set(inLine).size === inLine.length);
  for (const w of waiting) {
    const mine = agents.filter((a) => a.offer?.offerId === w.offerId && w.offerId !== '');
    check('an open offer has its agent', mine.length === (w.offerId === '' ? 0 : 1));
    if (w.offerId === '') {
      check('who can be offered is', !agents.some((a) => fits(a, w, at)));
      check('nobody waits in a closed queue', !(w.needs.queueId in s.closed));
    } else check('who is offered is there', isThere(w));
  }
  callbacksCalled(s, at);
}

/** While fewer are called than agents are free, whoever one of these fits is called. */
function callbacksCalled(s: DeskState, at: number): void {
  const idle = allOf(s.agents).filter((a) => a.state === 'FREE' && a.lostAt === undefined);
  const waiting = allOf(s.waiting);
  const called = waiting.filter(({ where }) => where.kind === 'CALLED').length;
  if (called >= idle.length) return;
  for (const w of waiting) {
    if (w.where.kind !== 'CALLBACK') continue;
    const asThere = { ...w, where: { kind: 'HERE', via: '' } as const };
    check('who can be called is', !idle.some((a) => fits(a, asThere, at)));
  }
}

/** What one step may do to the line and to the agents. */
export function checkDeskStep(before: DeskState, input: DeskInput, done: Done): void {
  const after = done.state;
  check(
    'seq',
    done.events.every((r, i) => r.seq === before.seq + i + 1),
  );
  check('the last seq', after.seq === before.seq + done.events.length);
  for (const row of done.events) {
    check('a row names its organization', row.ouid === after.ouid);
    const [what = ''] = row.eventType.split('.');
    const hasAgent = what === 'agent' || what === 'offer';
    check(`${row.eventType} names its agent or none`, (row.agentId !== '') === hasAgent);
    const hasCustomer = ['offer', 'customer', 'callback'].includes(what);
    check(`${row.eventType} names its customer`, !hasCustomer || row.profileId !== '');
    check(`${row.eventType} names its queue`, what !== 'queue' || row.queueId !== '');
  }
  for (const row of done.events) {
    if (row.eventType !== 'offer.undelivered') continue;
    const misses = (of: DeskState): number => inBuckets(of.agents, row.agentId)?.misses ?? 0;
    check('an offer that nobody saw is no miss', misses(after) <= misses(before));
  }
  for (const row of lastOfEachAgent(done)) {
    const agent = inBuckets(after.agents, row.agentId);
    const { state } = row.details['agent'] as { state: string };
    check(`the row says ${state}`, state === (agent?.state ?? 'OFFLINE'));
  }
  orderKept(after, done);
  for (const w of allOf(after.waiting)) {
    const old = inBuckets(before.waiting, w.ticket.profileId);
    if (old?.ticket.n === w.ticket.n) check('the place is kept', old.since === w.since);
    if (old) check('tickets only grow', old.ticket.n <= w.ticket.n);
  }
  refusedKeepsTurn(before, input, after, done);
  for (const a of allOf(before.agents)) {
    const b = inBuckets(after.agents, a.agentId);
    if (a.state === 'BUSY' && b?.state !== 'BUSY') {
      const message = input.name === 'profileMessage' ? input.message : undefined;
      check(
        'only a release, its customer in line anew, forgotten or gone, ends a call',
        (message?.ticket.profileId === a.busyWith?.profileId &&
          ['release', 'enqueue', 'forget'].includes(message?.kind ?? '')) ||
          isGone(before, input, a.busyWith?.profileId),
      );
      check('who said he leaves has left', a.then !== 'OFFLINE' || b === undefined);
      check('who asked for a break has it', !isBreak(a.then) || b?.state === 'PAUSED');
    }
    if (b?.state === 'AWAY' && a.state !== 'AWAY') {
      const lost = b.lostAt !== undefined && b.lostAt <= b.stateSince - 60_000;
      check(
        'away after two misses, or a minute lost',
        input.name === 'timer' && (lost || a.misses === 1),
      );
    }
  }
  const ids = after.outbox.profiles.map((e) => e.id);
  const settled = input.name === 'profilesSettled' ? input.id : -1;
  const kept = before.outbox.profiles.map((e) => e.id).filter((id) => id !== settled);
  check('the outbox keeps its entries', kept.join() === ids.slice(0, kept.length).join());
  const fresh = after.outbox.profiles.slice(kept.length).map((e) => e.message.reply);
  nobodyLost(before, input, after, fresh);
  for (const row of done.events) {
    if (row.eventType !== 'offer.accepted') continue;
    const { offerId } = row.details;
    check(
      'an acceptance is sent',
      fresh.some((r) => r.kind === 'assign' && r.offerId === offerId),
    );
  }
}

/** Whether the desk has just heard that there is no such profile, upon a question. */
function isGone(before: DeskState, input: DeskInput, profileId: string | undefined): boolean {
  if (input.name !== 'profilesSettled' || input.delivered) return false;
  const asked = before.outbox.profiles.find(({ id }) => id === input.id)?.message;
  return asked?.reply.kind === 'ask' && asked.profileId === profileId;
}

/** Whoever is in line no more was taken out by his own profile, or his profile is told. */
function nobodyLost(before: DeskState, input: DeskInput, after: DeskState, told: Told[]): void {
  for (const { ticket } of allOf(before.waiting)) {
    const now = inBuckets(after.waiting, ticket.profileId);
    if (now?.ticket.n === ticket.n) continue;
    const ofProfile =
      input.name === 'profileMessage' && input.message.ticket.profileId === ticket.profileId;
    const undelivered = input.name === 'profilesSettled' && !input.delivered;
    const isTold = told.some((r) => r.kind === 'waitExpired' && r.ticket.n === ticket.n);
    check('nobody is lost', ofProfile || undelivered || isTold);
  }
}

function isBreak(then: DeskAgent['then']): boolean {
  return typeof then === 'object';
}

function lastOfEachAgent(done: Done): Done['events'] {
  const ofAgents = done.events.filter(({ agentId }) => agentId !== '');
  return [...new Map(ofAgents.map((row) => [row.agentId, row])).values()];
}

/** Whoever was offered, nobody before him in line would have fitted the same agent as well. */
function orderKept(after: DeskState, done: Done): void {
  const made = done.events.filter((r) => r.eventType === 'offer.made');
  for (const row of made) {
    const agent = inBuckets(after.agents, row.agentId);
    const served = inBuckets(after.waiting, row.profileId);
    check('an offer is for somebody in line', served !== undefined && agent !== undefined);
    if (!served || !agent) continue;
    const asFree = { ...agent, state: 'FREE' as const };
    const at = Date.parse(row.occurredAt);
    const passedOver = allOf(after.waiting).filter(
      (w) => w.offerId === '' && fits(asFree, w, at) && turn(w) < turn(served),
    );
    check('priority, then the longest waiting', passedOver.length === 0);
    const preferred = row.agentId === served.preferredAgent;
    for (const other of allOf(after.agents)) {
      if (preferred || !fits(other, served, at)) continue;
      check('the preferred agent if he is free', other.agentId !== served.preferredAgent);
      check('else the longest idle', other.idleSince >= agent.idleSince);
    }
  }
}

/** Higher priority first, then the earlier; as text, so that it sorts. */
function turn(w: Waiting): string {
  return `${9 - w.needs.priority}/${String(w.since).padStart(15, '0')}`;
}

function refusedKeepsTurn(before: DeskState, input: DeskInput, after: DeskState, done: Done): void {
  const refused = done.events.find((r) => r.eventType === 'offer.refused');
  if (!refused || input.name === 'timer') return;
  const old = inBuckets(before.agents, refused.agentId);
  const now = inBuckets(after.agents, refused.agentId);
  check('a refused agent keeps his turn', now === undefined || now.idleSince === old?.idleSince);
}
