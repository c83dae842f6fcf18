import type { OpeningHours, WeeklyHours } from '../domain/openings';
import { ZoneClock } from './zone-clock';

const FROM = /^([01]\d|2[0-3]):[0-5]\d$/;
const TO = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;

/** What is wrong with declared opening hours, as sentences; a case must not run by such. */
export function hoursProblems({ timeZone, weekly, closedOn = [] }: OpeningHours): string[] {
  return [
    ...(isTimeZone(timeZone) ? [] : [`${timeZone} is no time zone`]),
    ...weekly.flatMap(weeklyProblems),
    ...closedOn.filter((date) => !isDate(date)).map((date) => `${date} is no date YYYY-MM-DD`),
  ];
}

function weeklyProblems({ days, from, to }: WeeklyHours): string[] {
  const strange = days.filter((day) => !Number.isInteger(day) || day < 1 || day > 7);
  return [
    ...strange.map((day) => `${day} is no weekday, 1 (Monday) to 7`),
    ...(FROM.test(from) ? [] : [`${from} is no time HH:MM`]),
    ...(TO.test(to) ? [] : [`${to} is no time HH:MM, up to 24:00`]),
  ];
}

function isTimeZone(name: string): boolean {
  try {
    new ZoneClock(name);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(`${text}T`);
}
