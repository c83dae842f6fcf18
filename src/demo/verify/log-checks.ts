import { isFinal } from '../../domain/words';
import { eventIdOf } from '../../ids';
import { lastOf, type Log, type LoggedEvent } from './log-reader';

/** What is wrong with the log in itself: promises 3 and 4 of the architecture. */
export function checkLog(ouid: string, log: Log): string[] {
  return [
    ...checkStream(ouid, `the desk of ${ouid}`, log.desk),
    ...[...log.profiles].flatMap(([profileId, events]) => [
      ...checkStream(ouid, `profile ${profileId}`, events),
      ...checkJourney(profileId, events),
    ]),
  ];
}

/** Numbers 1 to n, each once; each event's id the one its place in the stream makes. */
function checkStream(ouid: string, name: string, events: readonly LoggedEvent[]): string[] {
  const wrong: string[] = [];
  const seen = new Map<number, number>();
  for (const { stream, streamId, seq, eventId, eventType } of events) {
    seen.set(seq, (seen.get(seq) ?? 0) + 1);
    if (eventId !== eventIdOf(stream, ouid, streamId, seq)) {
      wrong.push(`${name}: the id of event ${seq} (${eventType}) is not the one of its place`);
    }
  }
  const highest = Math.max(0, ...seen.keys());
  const missing = Array.from({ length: highest }, (_, i) => i + 1).filter((n) => !seen.has(n));
  if (missing.length > 0) {
    wrong.push(`${name}: ${ranges(missing)} of its ${highest} events are not in the log`);
  }
  for (const [seq, times] of seen) {
    if (times > 1) wrong.push(`${name}: event ${seq} is in the log ${times} times`);
  }
  return wrong;
}

function checkJourney(profileId: string, events: readonly LoggedEvent[]): string[] {
  const last = lastOf(events);
  if (!last) return [];
  const wrong: string[] = [];
  const of = (type: string) => events.filter(({ eventType }) => eventType === type);
  const ended = of('profile.finished').length;
  const closed = of('profile.closed').length;
  if (of('profile.created').length !== 1) wrong.push('it was not created exactly once');
  if (ended !== (isFinal(last.profileStatus) ? 1 : 0)) {
    wrong.push(`it is ${last.profileStatus} and was finished ${ended} times`);
  }
  if (ended > 0 && closed !== 1) {
    wrong.push(`it ended ${last.profileStatus}, and was closed ${closed} times`);
  }
  const after = events.slice(
    events.findIndex(({ eventType }) => eventType === 'profile.closed') + 1,
  );
  // Somebody who accepted too late is refused even then, and the desk told.
  const late = closed === 0 ? undefined : after.find((e) => e.eventType !== 'assignment.refused');
  if (late) wrong.push(`event ${late.seq} (${late.eventType}) came after it was closed`);
  wrong.push(...checkDecisions(last, of('maker.decided'), of('checker.decided'), events));
  return wrong.map((sentence) => `profile ${profileId}: ${sentence}`);
}

/** A decided case has a maker and checkers that are neither he nor one person twice, and the last one's word. */
function checkDecisions(
  { profileStatus }: LoggedEvent,
  made: readonly LoggedEvent[],
  checked: readonly LoggedEvent[],
  events: readonly LoggedEvent[],
): string[] {
  if (profileStatus !== 'APPROVED' && profileStatus !== 'REJECTED') return [];
  // Sent back, it is checked anew.
  const anew = checked.findLastIndex(({ decision }) => decision === 'SENT_BACK') + 1;
  const round = checked.slice(anew);
  const checkers = round.map(({ actorId }) => actorId);
  const agents = new Set([...made.map(({ actorId }) => actorId), ...events.map((e) => e.agentId)]);
  const wrong: string[] = [];
  if (made.length === 0 || checkers.length === 0 || checkers.some((id) => agents.has(id))) {
    wrong.push(`it is ${profileStatus} without two people's decisions`);
  }
  if (new Set(checkers).size < checkers.length) wrong.push('one person checked it twice');
  const word = lastOf(round)?.decision ?? profileStatus;
  if (word !== profileStatus) wrong.push(`it is ${profileStatus}, its last checker said ${word}`);
  return wrong;
}

/** `3, 5-7`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  let from = numbers[0];
  numbers.forEach((n, i) => {
    if (numbers[i + 1] === n + 1) return;
    parts.push(from === n || from === undefined ? String(n) : `${from}-${n}`);
    from = numbers[i + 1];
  });
  return parts.join(', ');
}
