import fc from 'fast-check';
import { dice } from '../../../test/support/profile-driver';
import { Coverage, runProfile } from '../../../test/support/profile-run';
import type { ProfileEvents } from '../events';
import type { Disposition } from '../reasons';
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
  'profile.rerouted': true,
  'queue.left': true,
  'assignment.refused': true,
  'av.opened': true,
  'av.room-opened': true,
  'av.room-failed': true,
  'av.joined': true,
  'av.started': true,
  'av.left': true,
  'av.peer-joined': true,
  'av.peer-left': true,
  'av.join-failed': true,
  'av.recording-asked': true,
  'av.recording-started': true,
  'av.recorded': true,
  'av.recording-failed': true,
  'av.recording-missing': true,
  'call.released': true,
  'av.ended': true,
  'av.room-locked': true,
  'av.room-lock-failed': true,
  'capture-request.asked': true,
  'capture-request.answered': true,
  'capture-request.failed': true,
  'capture-request.expired': true,
  'capture-request.withdrawn': true,
  'task.created': true,
  'task.verdict-set': true,
  'maker.decided': true,
  'maker.timed-out': true,
  'maker.reminded': true,
  'maker.escalated': true,
  'maker.asked-again': true,
  'slot.booked': true,
  'slot.missed': true,
  'profile.held': true,
  'hold.reminded': true,
  'profile.released': true,
  'review.again': true,
  'profile.scheduled': true,
  'profile.recapture-asked': true,
  'review.claimed': true,
  'review.released': true,
  'review.verdict-set': true,
  'checker.decided': true,
  'signal.refused': true,
  'profile.finished': true,
  'profile.closed': true,
};

/** Codes that belong to the desk and to the organization. */
const OTHERS = [
  'TRAINING_EXPIRED',
  'AGENT_NOT_ONLINE',
  'DESK_FULL',
  'HOLD_CONFLICT',
  'HOLD_LIMIT',
  'HOLD_UNKNOWN',
  'OFFER_GONE',
  'OFFER_OPEN',
  'PROFILE_UNKNOWN',
  'SETTINGS_CONFLICT',
];

const DISPOSITIONS: readonly Disposition[] = [
  'REQUEUE_HEAD',
  'REQUEUE',
  'RECAPTURE',
  'RESCHEDULE',
  'HOLD',
  'END',
];

describe('the profile machine under random inputs', () => {
  const coverage = new Coverage();

  it('keeps its promises after every step', () => {
    fc.assert(
      fc.property(fc.array(dice, { minLength: 20, maxLength: 220, size: 'max' }), (steps) => {
        runProfile(steps, coverage);
      }),
      {
        numRuns: 1_200,
        seed: Number(process.env['FC_SEED'] ?? 20260302),
        endOnFailure: true, // shrinking takes minutes; the seed and the path are printed
      },
    );
    expect(coverage.steps).toBeGreaterThan(100_000);
  });

  it('was driven through every event, every refusal, disposition and status at least 20 times', () => {
    const rare = (counts: ReadonlyMap<string, number>, all: readonly string[]): string[] =>
      all.filter((key) => (counts.get(key) ?? 0) < 20);
    expect(rare(coverage.events, Object.keys(EVENTS))).toEqual([]);
    expect(
      rare(
        coverage.refusals,
        REFUSAL_CODES.filter((c) => !OTHERS.includes(c)),
      ),
    ).toEqual([]);
    expect(rare(coverage.statuses, PROFILE_STATUSES)).toEqual([]);
    expect(rare(coverage.dispositions, DISPOSITIONS)).toEqual([]);
    expect(rare(coverage.scheduled, ['OPEN', 'CLOSED'])).toEqual([]);
    expect(Object.keys(EVENTS)).toEqual(expect.arrayContaining([...coverage.events.keys()]));
  });
});
