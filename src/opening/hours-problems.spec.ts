import { OFFICE } from '../../test/support/opening-hours';
import { hoursProblems } from './hours-problems';

describe('declared opening hours', () => {
  it('have nothing wrong with them when they can be read', () => {
    const weekly = [...OFFICE.weekly, { days: [6, 7], from: '20:00', to: '24:00' }];
    expect(hoursProblems({ ...OFFICE, weekly, closedOn: ['2028-02-29'] })).toEqual([]);
    expect(hoursProblems({ timeZone: 'Europe/Berlin', weekly: [] })).toEqual([]);
  });

  it.each([
    [{ timeZone: 'Asia/Bombai' }, 'Asia/Bombai is no time zone'],
    [{ weekly: [{ days: [0], from: '09:00', to: '18:00' }] }, '0 is no weekday, 1 (Monday) to 7'],
    [
      { weekly: [{ days: [1.5], from: '09:00', to: '18:00' }] },
      '1.5 is no weekday, 1 (Monday) to 7',
    ],
    [{ weekly: [{ days: [1], from: '24:00', to: '18:00' }] }, '24:00 is no time HH:MM'],
    [{ weekly: [{ days: [1], from: '9:00', to: '18:00' }] }, '9:00 is no time HH:MM'],
    [
      { weekly: [{ days: [1], from: '09:00', to: '24:30' }] },
      '24:30 is no time HH:MM, up to 24:00',
    ],
    [{ closedOn: ['2026-02-29'] }, '2026-02-29 is no date YYYY-MM-DD'],
    [{ closedOn: ['1 May'] }, '1 May is no date YYYY-MM-DD'],
  ])('%j: %s', (wrong, problem) => {
    expect(hoursProblems({ ...OFFICE, ...wrong })).toEqual([problem]);
  });
});
