/** Stands where there is no time; it parses as one (100ms docs: Webhook, peer.join.failure). */
export const ZERO_TIME = '0001-01-01T00:00:00Z';

/**
 * Now, as the service writes it: UTC, nine digits at most, the zeros at the end left out (100ms
 * docs: Webhook). The digits below a millisecond are the machine's own.
 */
export function timeText(): string {
  const below = String(process.hrtime.bigint() % 1_000_000n).padStart(6, '0');
  return trimmed(`${new Date().toISOString().slice(0, -1)}${below}`);
}

/** To the millisecond, as sessions and recordings have it (100ms docs: Retrieve a session). */
export function msText(text: string): string {
  return trimmed(new Date(text).toISOString().slice(0, -1));
}

/** To the second, as an event's envelope has it (100ms docs: Webhook). */
export function secondText(at = Date.now()): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

/** Whole seconds, begun ones too. */
export function secondsBetween(from: string, to: string): number {
  return Math.ceil((Date.parse(to) - Date.parse(from)) / 1000);
}

function trimmed(text: string): string {
  return `${text.replace(/\.?0+$/, '')}Z`;
}
