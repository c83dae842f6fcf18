import type { TimelineEvent } from '../actors/client';

/**
 * Which of an outcome's signs the journey's log lacks, in words; '' when it has all. A sign is an
 * event's type and a word of its reason or details (`A|B`: one of several); with `!`, it must not be
 * there.
 */
export function missingSigns(signs: readonly string[], events: readonly TimelineEvent[]): string {
  const missing = signs.filter((sign) => {
    const absent = sign.startsWith('!');
    return events.some((event) => shows(event, absent ? sign.slice(1) : sign)) === absent;
  });
  return missing.length === 0 ? '' : `its log does not show ${missing.join(', ')}`;
}

function shows({ eventType, reason, details }: TimelineEvent, sign: string): boolean {
  const [type, words] = sign.split(' ');
  if (eventType !== type) return false;
  const said = [reason, ...Object.values(details)];
  return words === undefined || words.split('|').some((word) => said.includes(word));
}
