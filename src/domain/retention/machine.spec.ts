import fc from 'fast-check';
import { agent, client, NOON } from '../../../test/support/journeys';
import type { RetentionEvents } from '../events';
import {
  emptyRetention,
  MOST_HOLDS,
  stepRetention,
  type RetentionCommand,
  type RetentionState,
} from './machine';
import { DEFAULT_RETENTION, retentionProblems } from './policy';

const EVENTS: { readonly [K in keyof RetentionEvents]: true } = {
  'relationship.ended': true,
  'legal-hold.set': true,
  'legal-hold.lifted': true,
};
const context = { at: NOON, entropy: 0 };
const step = (state: RetentionState, command: RetentionCommand) =>
  stepRetention(state, { actor: client, bodyHash: 'b', command }, context);

const command: fc.Arbitrary<RetentionCommand> = fc.oneof(
  fc.record({
    name: fc.constant('endRelationship' as const),
    profileId: fc.constantFrom('p1', 'p2'),
    endedAt: fc.constantFrom('2026-01-01T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
  }),
  fc.record({
    name: fc.constant('setHold' as const),
    holdId: fc.constantFrom('h1', 'h2', 'constructor'),
    profileId: fc.constantFrom('', 'p1', 'p2'),
  }),
  fc.record({
    name: fc.constant('liftHold' as const),
    holdId: fc.constantFrom('h1', 'h2', 'constructor'),
  }),
);

it('numbers its events without gaps, and its newest facts are the holds that are set', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
      let state = emptyRetention('o1');
      const facts = new Map<string, boolean>();
      for (const asked of commands) {
        const done = step(state, asked);
        if (!done.ok) continue;
        done.events.forEach((row, i) => {
          expect(row).toMatchObject({
            stream: 'retention',
            streamId: 'o1',
            seq: state.seq + i + 1,
          });
          const { fact } = row.details as RetentionEvents['legal-hold.set'];
          facts.set(`${fact.kind} ${fact.ref} ${row.profileId}`, fact.active);
          seen.add(row.eventType);
        });
        expect(done.result.seq).toBe(state.seq + done.events.length);
        state = done.state;
      }
      const held = [...facts].filter(([key, active]) => active && key.startsWith('LEGAL_HOLD'));
      expect(held.map(([key]) => key).sort()).toEqual(
        state.holds.map(({ holdId, profileId }) => `LEGAL_HOLD ${holdId} ${profileId}`).sort(),
      );
    }),
    { numRuns: 500, seed: 20261123 },
  );
  expect([...seen].sort()).toEqual(Object.keys(EVENTS).sort());
});

it('takes a hold that is set again, and refuses one that is set elsewhere or not at all', () => {
  const set = step(emptyRetention('o1'), { name: 'setHold', holdId: 'h', profileId: 'p' });
  if (!set.ok) throw new Error(set.code);
  expect(step(set.state, { name: 'setHold', holdId: 'h', profileId: 'p' })).toMatchObject({
    ok: true,
    events: [],
    result: { seq: 1, bodyHash: 'b' },
  });
  expect(step(set.state, { name: 'setHold', holdId: 'h', profileId: '' })).toMatchObject({
    code: 'HOLD_CONFLICT',
  });
  expect(step(set.state, { name: 'liftHold', holdId: 'g' })).toMatchObject({
    code: 'HOLD_UNKNOWN',
  });
});

it('takes an end once, and again when its date is another', () => {
  let state = emptyRetention('o1');
  const events = ['2026-01-01', '2026-01-01', '2026-02-01', '2026-01-01', '2026-01-01'].map(
    (endedAt) => {
      const done = step(state, { name: 'endRelationship', profileId: 'p', endedAt });
      if (!done.ok) throw new Error(done.code);
      state = done.state;
      return done.events.length;
    },
  );
  expect(events).toEqual([1, 0, 1, 1, 0]);
  expect(state.ended).toEqual([{ profileId: 'p', endedAt: '2026-01-01' }]);
  for (let n = 0; n < 2_000; n++) {
    const done = step(state, { name: 'endRelationship', profileId: `p${n}`, endedAt: 'x' });
    if (done.ok) state = done.state;
  }
  expect(state.ended).toHaveLength(1_000);
});

it('carries so many holds and no more', () => {
  const holds = Array.from({ length: MOST_HOLDS }, (_, i) => ({ holdId: `h${i}`, profileId: 'p' }));
  const full = { ...emptyRetention('o1'), holds };
  expect(step(full, { name: 'setHold', holdId: 'more', profileId: '' })).toMatchObject({
    code: 'HOLD_LIMIT',
  });
  expect(JSON.stringify(full).length).toBeLessThan(100_000);
});

it('says who did it, and when', () => {
  const command = { name: 'liftHold', holdId: 'h' } as const;
  const input = { actor: agent('s1'), bodyHash: 'b', command };
  const before = { ...emptyRetention('o1'), holds: [{ holdId: 'h', profileId: 'p' }] };
  expect(stepRetention(before, input, context)).toMatchObject({
    events: [
      {
        eventType: 'legal-hold.lifted',
        occurredAt: '2026-03-02T04:30:00.000Z',
        profileId: 'p',
        actorId: 's1',
        details: { fact: { active: false, at: '2026-03-02T04:30:00.000Z' } },
      },
    ],
  });
});

it.each([0, -1, 1.5, NaN, 36_501, Infinity])('takes no policy of %d days', (deskDays) => {
  expect(retentionProblems({ ...DEFAULT_RETENTION, deskDays })).toEqual([
    'deskDays is no number of days, 1 to 36500',
  ]);
  expect(retentionProblems(DEFAULT_RETENTION)).toEqual([]);
});
