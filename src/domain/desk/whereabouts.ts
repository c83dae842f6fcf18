import { Refusal } from '../refusal';
import { inBuckets } from './buckets';
import type { DeskJournal } from './desk-journal';
import { CALLED_MS, whereaboutsEnd } from './due';
import { giveUp } from './giving-up';
import { withdrawOffer } from './offers';
import { offeredTo } from './people';
import type { Waiting } from './state';

/** How long a callback is waited for: he need not stay, so longer than anybody would, ms. */
const CALLBACK_MS = 4 * 60 * 60_000;

/** His stream of events was opened at this process: he is there, unless he asked to be called. */
export function connect(j: DeskJournal, profileId: string, process: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (!entry || entry.where.kind === 'CALLBACK' || entry.where.kind === 'CALLED') return;
  comeBack(j, entry, process);
}

/** His stream at this process ended; one that he opened elsewhere meanwhile goes on. */
export function disconnect(j: DeskJournal, profileId: string, process: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (entry?.where.kind === 'HERE' && entry.where.via === process) lose(j, entry);
}

export function loseCustomers(j: DeskJournal, process: string): void {
  for (const entry of j.customersVia(process)) lose(j, entry);
}

/** He says that he is there: called or not, it is his turn as if he had never gone. */
export function back(j: DeskJournal, profileId: string, process: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (entry) comeBack(j, entry, process);
}

/** He says that he goes: he keeps his place for some minutes and is skipped meanwhile. */
export function away(j: DeskJournal, profileId: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (entry && (entry.where.kind === 'HERE' || entry.where.kind === 'LOST')) goAway(j, entry);
}

/** He need not stay: he keeps his place and is called when it is his turn. */
export function askCallback(j: DeskJournal, profileId: string): void {
  const entry = inBuckets(j.state.waiting, profileId);
  if (!entry) throw new Refusal('WRONG_STATUS', 'a callback is for who waits in line');
  if (entry.where.kind === 'CALLBACK' || entry.where.kind === 'CALLED') return;
  if (entry.offerId !== '') throw new Refusal('OFFER_OPEN', 'an agent is being asked for you now');
  const until = Math.max(entry.until, j.at + CALLBACK_MS);
  j.setWaiting({ ...entry, where: { kind: 'CALLBACK' }, until });
  j.emit('callback.asked', { ticket: entry.ticket.n }, about(entry));
}

/** It is his turn. No agent waits for him: he comes first when he is back. */
export function call(j: DeskJournal, entry: Waiting): void {
  const until = Math.max(entry.until, j.at + CALLED_MS);
  j.setWaiting({ ...entry, where: { kind: 'CALLED', since: j.at }, until });
  j.emit('callback.called', { ticket: entry.ticket.n }, about(entry));
}

/** Of a customer without an open offer. */
export function onDue(j: DeskJournal, entry: Waiting): void {
  const ends = whereaboutsEnd(entry.where) ?? Infinity;
  if (entry.until <= j.at) giveUp(j, entry.ticket);
  else if (ends > j.at)
    j.setWaiting(entry); // more agents fit him from now on, or may be asked again
  else if (entry.where.kind === 'LOST') goAway(j, entry);
  else giveUp(j, entry.ticket, 'AWAY');
}

function comeBack(j: DeskJournal, entry: Waiting, via: string): void {
  const { where } = entry;
  j.setWaiting({ ...entry, where: { kind: 'HERE', via } });
  if (where.kind === 'HERE' || where.kind === 'LOST') return;
  const goneMs = where.kind === 'CALLBACK' ? 0 : j.at - where.since;
  j.emit('customer.back', { ticket: entry.ticket.n }, { ...about(entry), durationMs: goneMs });
}

/** An offer that is open for him goes on: he has the grace time, and his own to join the call. */
function lose(j: DeskJournal, entry: Waiting): void {
  j.setWaiting({ ...entry, where: { kind: 'LOST', since: j.at } });
}

function goAway(j: DeskJournal, entry: Waiting): void {
  const agent = entry.offerId === '' ? undefined : offeredTo(j.state, entry.ticket);
  if (agent?.offer?.accepted) return; // he is being connected; from here on it is the call's to miss him
  if (agent) withdrawOffer(j, agent);
  const why = entry.where.kind === 'LOST' ? 'CONNECTION_LOST' : 'LEFT';
  j.setWaiting({ ...entry, offerId: '', where: { kind: 'AWAY', since: j.at } });
  j.emit('customer.away', { ticket: entry.ticket.n, why }, about(entry));
}

function about({ ticket, needs }: Waiting) {
  const { queueId, queueName } = needs;
  return { profileId: ticket.profileId, queueId, queueName };
}
