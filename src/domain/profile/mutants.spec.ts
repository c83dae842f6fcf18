import fc from 'fast-check';
import { dice } from '../../../test/support/profile-driver';
import { Coverage, runProfile, type StepProfile } from '../../../test/support/profile-run';
import { openRequest } from './capture-requests';
import { stepProfile, type ProfileStep } from './machine';
import type { ProfileState } from './state';

type Done = Extract<ProfileStep, { ok: true }>;

/** The machine with one fault in what it answers. */
function faulty(spoil: (done: Done, before: ProfileState) => Done): StepProfile {
  return (state, input, context) => {
    const done = stepProfile(state, input, context);
    return done.ok ? spoil(done, state) : done;
  };
}

const withState = (done: Done, patch: Partial<ProfileState>): Done => ({
  ...done,
  state: { ...done.state, ...patch },
});

const MUTANTS: Readonly<Record<string, StepProfile>> = {
  'loses an event': faulty((done) =>
    done.events.length > 2 ? { ...done, events: done.events.slice(0, -1) } : done,
  ),
  'loses a message to the desk': faulty((done, before) =>
    done.state.outbox.desk.length > 1 && before.outbox.desk.length > 0
      ? withState(done, { outbox: { ...done.state.outbox, desk: done.state.outbox.desk.slice(1) } })
      : done,
  ),
  'writes the status before the event': faulty((done, before) => ({
    ...done,
    events: done.events.map((row) => ({ ...row, profileStatus: before.status })),
  })),
  'costs a dropped customer his place': faulty((done, before) =>
    done.events.some((r) => r.details['why'] === 'REQUEUED') && done.state.line
      ? withState(done, { line: { ...done.state.line, since: (before.line?.since ?? 0) + 1 } })
      : done,
  ),
  'approves on the maker’s word': faulty((done, before) =>
    before.status !== 'REVIEW_PENDING' && done.state.status === 'REVIEW_PENDING'
      ? withState(done, { status: 'APPROVED' })
      : done,
  ),
  'forgets who worked on the profile': (state, input, context) =>
    stepProfile({ ...state, agents: [] }, input, context),
  'ends without a reason': faulty((done) =>
    done.state.status === 'UNABLE_TO_VERIFY' ? withState(done, { reason: '' }) : done,
  ),
  'fires timers early': (state, input, context) =>
    stepProfile(state, input, {
      ...context,
      at: context.at + (input.name === 'timer' ? 3_600_000 : 0),
    }),
  'waits for a capture after the call': faulty((done, before) =>
    before.captureRequests && openRequest(before) && done.state.status !== 'IN_CALL'
      ? withState(done, { captureRequests: before.captureRequests })
      : done,
  ),
  'revives a cancelled profile': faulty((done, before) =>
    before.status === 'CANCELLED' ? withState(done, { status: 'QUEUED' }) : done,
  ),
  'takes an old ticket for the current one': (state, input, context) =>
    input.name === 'deskReply'
      ? stepProfile(
          state,
          {
            ...input,
            reply: { ...input.reply, ticket: { ...input.reply.ticket, n: state.ticket } },
          },
          context,
        )
      : stepProfile(state, input, context),
  'closes before everything is settled': faulty((done) =>
    done.state.status === 'CANCELLED' ? withState(done, { closed: true }) : done,
  ),
  'lets customers into a closed queue': (state, input, context) => {
    const queues = state.policy.queues.map(({ openingHours: _hours, ...always }) => always);
    return stepProfile({ ...state, policy: { ...state.policy, queues } }, input, context);
  },
  'lets them wait past closing time': faulty((done) => {
    const desk = done.state.outbox.desk.map(({ id, message }) => ({
      id,
      message: message.kind === 'enqueue' ? { ...message, until: message.until + 60_000 } : message,
    }));
    return withState(done, { outbox: { ...done.state.outbox, desk } });
  }),
  'puts a phone number into the log': faulty((done) => ({
    ...done,
    events: done.events.map((row) => ({ ...row, details: { ...row.details, to: '9876543210' } })),
  })),
};

describe('the promises checked on the profile machine', () => {
  it.each(Object.entries(MUTANTS))('fail for a machine that %s', (_what, mutant) => {
    const result = fc.check(
      fc.property(fc.array(dice, { minLength: 20, maxLength: 220, size: 'max' }), (steps) => {
        runProfile(steps, new Coverage(), mutant);
      }),
      { numRuns: 250, seed: 20260302, endOnFailure: true },
    );
    expect(result.failed).toBe(true);
    expect(String(result.errorInstance)).toContain('broken:');
  });
});
