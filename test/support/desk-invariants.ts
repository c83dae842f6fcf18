import type { DeskInput, stepDesk } from '../../src/domain/desk/machine';
import type { DeskAgent, DeskState, Waiting } from '../../src/domain/desk/state';
import { check } from './profile-invariants';

export type StepDesk = typeof stepDesk;
type Done = Extract<ReturnType<StepDesk>, { ok: true }>;

/** Can this agent be offered to this customer now? Written anew, not the machine's own function. */
export function fits(agent: DeskAgent, entry: Waiting, at: number): boolean {
  const skipped = entry.skip[agent.agentId];
  return (
    agent.state === 'FREE' &&
    (skipped === undefined || skipped <= at) &&
    agent.languages.some((l) => l === entry.needs.language) &&
    !entry.needs.skills.some((skill) => !agent.skills.includes(skill))
  );
}

/** What always holds at the desk, whatever came before. */
export function checkDesk(s: DeskState, at: number): void {
  const agents = Object.values(s.agents);
  for (const a of agents) {
    check(`${a.state} has an offer or not`, (a.offer !== undefined) === (a.state === 'OFFERED'));
    check(`${a.state} has a call or not`, (a.busyWith !== undefined) === (a.state === 'BUSY'));
    check(
      'an agent who leaves has work',
      !a.leaving || a.offer !== undefined || a.state === 'BUSY',
    );
  }
  // An accepted offer of an older ticket is the profile's to refuse: nobody is offered it any more.
  const live = agents.flatMap((a) =>
    a.offer?.accepted === false ? [a.offer.ticket.profileId] : [],
  );
  check('no customer is offered twice', new Set(live).size === live.length);
  const inLine = s.waiting.map((w) => w.ticket.profileId);
  check('no customer waits twice', new Set(inLine).size === inLine.length);
  for (const w of s.waiting) {
    const mine = agents.filter((a) => a.offer?.offerId === w.offerId && w.offerId !== '');
    check('an open offer has its agent', mine.length === (w.offerId === '' ? 0 : 1));
    if (w.offerId === '') {
      check('who can be offered is', !agents.some((a) => fits(a, w, at)));
    }
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
    check(`${row.eventType} names its agent`, row.agentId !== '' && row.ouid === after.ouid);
    check(
      'an offer names its customer',
      !row.eventType.startsWith('offer') || row.profileId !== '',
    );
  }
  for (const row of lastOfEachAgent(done)) {
    const agent = after.agents[row.agentId];
    const { state } = row.details['agent'] as { state: string };
    check(`the row says ${state}`, state === (agent?.state ?? 'OFFLINE'));
  }
  orderKept(after, done);
  for (const w of after.waiting) {
    const old = before.waiting.find((x) => x.ticket.profileId === w.ticket.profileId);
    if (old?.ticket.n === w.ticket.n) check('the place is kept', old.since === w.since);
    if (old) check('tickets only grow', old.ticket.n <= w.ticket.n);
  }
  refusedKeepsTurn(before, input, after, done);
  for (const a of Object.values(before.agents)) {
    const b = after.agents[a.agentId];
    if (a.state === 'BUSY' && b?.state !== 'BUSY') {
      const message = input.name === 'profileMessage' ? input.message : undefined;
      check(
        'only a release, its customer in line anew or forgotten, ends a call',
        message?.ticket.profileId === a.busyWith?.profileId &&
          ['release', 'enqueue', 'forget'].includes(message?.kind ?? ''),
      );
      check('who said he leaves has left', !a.leaving || b === undefined);
    }
    if (b?.state === 'AWAY' && a.state !== 'AWAY') {
      check('away after two misses', a.misses === 1 && input.name === 'timer');
    }
  }
  const ids = after.outbox.profiles.map((e) => e.id);
  const settled = input.name === 'profilesSettled' ? input.id : -1;
  const kept = before.outbox.profiles.map((e) => e.id).filter((id) => id !== settled);
  check('the outbox keeps its entries', kept.join() === ids.slice(0, kept.length).join());
  const fresh = after.outbox.profiles.slice(kept.length).map((e) => e.message.reply);
  for (const row of done.events) {
    if (row.eventType !== 'offer.accepted') continue;
    const { offerId } = row.details;
    check(
      'an acceptance is sent',
      fresh.some((r) => r.kind === 'assign' && r.offerId === offerId),
    );
  }
}

function lastOfEachAgent(done: Done): Done['events'] {
  return [...new Map(done.events.map((row) => [row.agentId, row])).values()];
}

/** Whoever was offered, nobody before him in line would have fitted the same agent as well. */
function orderKept(after: DeskState, done: Done): void {
  const made = done.events.filter((r) => r.eventType === 'offer.made');
  for (const row of made) {
    const agent = after.agents[row.agentId];
    const served = after.waiting.find((w) => w.ticket.profileId === row.profileId);
    check('an offer is for somebody in line', served !== undefined && agent !== undefined);
    if (!served || !agent) continue;
    const asFree = { ...agent, state: 'FREE' as const };
    const at = Date.parse(row.occurredAt);
    const passedOver = after.waiting.filter(
      (w) => w.offerId === '' && fits(asFree, w, at) && turn(w) < turn(served),
    );
    check('priority, then the longest waiting', passedOver.length === 0);
    const preferred = row.agentId === served.preferredAgent;
    for (const other of Object.values(after.agents)) {
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
  const old = before.agents[refused.agentId];
  const now = after.agents[refused.agentId];
  check('a refused agent keeps his turn', now === undefined || now.idleSince === old?.idleSince);
}
