import { missingSigns } from './signs';

const event = (eventType: string, reason: string, details: Record<string, unknown> = {}) => ({
  seq: 1,
  eventType,
  occurredAt: '',
  profileStatus: '',
  statusSince: '',
  reason,
  details,
});
const EVENTS = [
  event('av.ended', 'TECH_CALL_DROPPED_AGENT', { why: 'DROPPED', av: {} }),
  event('slot.booked', ''),
];

it.each(['slot.booked', 'av.ended DROPPED', 'av.ended NO_SHOW|TECH_CALL_DROPPED_AGENT'])(
  'finds %s',
  (sign) => {
    expect(missingSigns([sign], EVENTS)).toBe('');
    expect(missingSigns([`!${sign}`], EVENTS)).toBe(`its log does not show !${sign}`);
  },
);

it.each(['slot.missed', 'av.ended NO_SHOW', 'slot.booked DROPPED'])('misses %s', (sign) => {
  expect(missingSigns(['slot.booked', sign], EVENTS)).toBe(`its log does not show ${sign}`);
  expect(missingSigns([`!${sign}`], EVENTS)).toBe('');
});
