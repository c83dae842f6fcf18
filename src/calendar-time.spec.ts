import { calendarTime } from './calendar-time';

it.each([
  '2026-02-28T13:00:00Z',
  '2028-02-29T00:00:00+05:30',
  '2026-12-31T23:59:59.999-08:00',
  '1970-01-01T00:00:00Z',
])('takes %s', (text) => {
  expect(calendarTime(text)).toBe(Date.parse(text));
});

it.each([
  '2026-02-29T13:00:00Z',
  '2026-02-30T13:00:00Z',
  '2026-11-31T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-01-00T00:00:00Z',
  '2026-01-01',
  'x',
])('takes no %s', (text) => {
  expect(calendarTime(text)).toBeNaN();
});
