/**
 * An ISO 8601 time with its zone as epoch ms; NaN for one that no calendar has. `Date.parse` takes 30
 * February for 2 March: of a date that the law asks for, that is a wrong one, silently.
 */
export function calendarTime(text: string): number {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})T/.exec(text) ?? [];
  const named = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return named.getUTCDate() === Number(day) ? Date.parse(text) : NaN;
}
