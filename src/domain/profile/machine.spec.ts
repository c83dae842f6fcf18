import fc from 'fast-check';
import { dice } from '../../../test/support/profile-driver';
import { Coverage, runProfile } from '../../../test/support/profile-run';
import type { ProfileEvents } from '../events';
import { REFUSAL_CODES } from '../refusal';
import { PROFILE_STATUSES } from '../words';

// As an object, so that the compiler asks for an event that was forgotten here.
const EVENTS: { readonly [K in keyof ProfileEvents]: true } = {
  'profile.created': true,
  'capture.link-issued': true,
  'capture.session-opened': true,
  'capture.session-closed': true,
  'consent.given': true,
  'document.received': true,
  'profile.submitted': true,
  'queue.entered': true,
  'queue.left': true,
  'assignment.refused': true,
  'av.opened': true,
  'av.room-opened': true,
  'av.room-failed': true,
  'av.joined': true,
  'av.started': true,
  'av.left': true,
  'av.ended': true,
  'av.room-locked': true,
  'av.room-lock-failed': true,
  'task.created': true,
  'task.verdict-set': true,
  'maker.decided': true,
  'maker.timed-out': true,
  'profile.scheduled': true,
  'profile.recapture-asked': true,
  'review.claimed': true,
  'review.released': true,
  'review.verdict-set': true,
  'checker.decided': true,
  'profile.finished': true,
  'profile.closed': true,
};

/** Codes that belong to the desk and to the organization. */
const OTHERS = [
  'AGENT_NOT_ONLINE',
  'DESK_FULL',
  'OFFER_GONE',
  'PROFILE_UNKNOWN',
  'SETTINGS_CONFLICT',
];

describe('the profile machine under random inputs', () => {
  const coverage = new Coverage();

  it('keeps its promises after every step', () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: 20, maxLength: 220, size: 'max' }), (steps) => {
        runProfile(steps, coverage);
      }),
      {
        numRuns: 250,
        seed: Number(process.env['FC_SEED'] ?? 20260302),
        endOnFailure: true, // shrinking takes minutes; the seed and the path are printed
      },
    );
    expect(coverage.steps).toBeGreaterThan(20_000);
  });

  it('was driven through every event, every refusal and every status it has', () => {
    expect([...coverage.events].sort()).toEqual(Object.keys(EVENTS).sort());
    expect([...coverage.refusals].sort()).toEqual(
      REFUSAL_CODES.filter((code) => !OTHERS.includes(code)).sort(),
    );
    // A hold is not built yet.
    expect(PROFILE_STATUSES.filter((s) => !coverage.statuses.has(s))).toEqual(['ON_HOLD']);
  });
});
