import fc from 'fast-check';
import { Coverage, runProfile } from '../../test/support/profile-run';
import { dice } from '../../test/support/profile-driver';
import { profileRow } from '../../test/engine/log-rows';
import { Customers, nextDeskInput } from '../../test/support/desk-driver';
import { NOON, OUID } from '../../test/support/journeys';
import { emptyDesk } from '../../src/domain/desk/state';
import { stepDesk } from '../../src/domain/desk/machine';
import type { LogRow } from '../../src/domain/log-row';
import { documentedEvents } from './events';
import { ASKED_NAMES, keysOf, lackingKeys } from './keys';

/** What rows lacked which key, and which events were seen. */
class Lacking extends Coverage {
  readonly found = new Set<string>();

  override seeRow(row: LogRow): void {
    super.seeRow(row);
    for (const field of lackingKeys(row)) this.found.add(`${row.eventType} without ${field}`);
  }
}

it('every row of a journey has the keys that are asked of its event', () => {
  const lacking = new Lacking();
  fc.assert(
    fc.property(fc.array(dice, { minLength: 20, maxLength: 200, size: 'max' }), (steps) => {
      runProfile(steps, lacking);
    }),
    { numRuns: 80, seed: 20261123 },
  );
  expect([...lacking.found].sort()).toEqual([]);
  expect(lacking.events.size).toBeGreaterThan(40);
});

it('every row of a desk has them', () => {
  const lacking = new Lacking();
  fc.assert(
    fc.property(fc.array(dice, { minLength: 20, maxLength: 150, size: 'max' }), (steps) => {
      let state = emptyDesk(OUID);
      let at = NOON;
      const customers = new Customers();
      for (const d of steps) {
        at += (d.wait % 60) * 1_000;
        const input = nextDeskInput(state, customers, d, at);
        const done = stepDesk(state, input, { at, entropy: 0.5 });
        if (!done.ok) continue;
        state = done.state;
        for (const row of done.events) lacking.seeRow(row);
      }
    }),
    { numRuns: 100, seed: 20261123 },
  );
  expect([...lacking.found].sort()).toEqual([]);
  expect(lacking.events.size).toBeGreaterThan(15);
});

it('finds a key that is missing', () => {
  const row = { ...profileRow({ ouid: 'o', profileId: 'p', seq: 1 }), eventType: 'task.created' };
  expect(lackingKeys(row)).toEqual(['avSessionId', 'agentId', 'taskId']);
  const rejected = { ...row, eventType: 'checker.decided', details: { decision: 'REJECTED' } };
  expect(lackingKeys(rejected)).toEqual(['reviewerId', 'reason']);
});

it.each(ASKED_NAMES)('$name is asked of some event', ({ name }) => {
  const types = documentedEvents().flatMap(({ events }) => events.map(({ type }) => type));
  const having = name === 'OUID' ? types : types.filter((type) => keysOf(type).includes(name));
  expect(having.length).toBeGreaterThan(0);
});
