import fc from 'fast-check';
import { NOON, operations, policy } from '../../../test/support/journeys';
import { DEFAULT_RETENTION } from '../retention/policy';
import { applySettings, emptyOrganization, type OrganizationState } from './machine';
import type { OrganizationSettings } from './settings';

const context = { at: NOON, entropy: 0.5 };

function settings(name = 'bank', agents = 1): OrganizationSettings {
  const { version: _version, ...rest } = policy();
  return {
    name,
    policy: rest,
    agents: Array.from({ length: agents }, (_, i) => ({
      agentId: `a${i}`,
      languages: ['en'],
      skills: [],
    })),
    supervisors: [],
    reviewers: ['r1'],
    apiKeys: [],
  };
}

function apply(state: OrganizationState, value: OrganizationSettings, expectedVersion?: number) {
  const expected = expectedVersion === undefined ? {} : { expectedVersion };
  return applySettings(state, { actor: operations, settings: value, ...expected }, context);
}

describe('the organization machine', () => {
  it('makes a version and an event of a change, naming what changed', () => {
    const first = apply(emptyOrganization('o1'), settings());
    if (!first.ok) throw new Error(first.code);
    expect(first.state.version).toBe(1);
    const second = apply(first.state, settings('bank', 2), 1);
    if (!second.ok) throw new Error(second.code);
    expect(second.result).toEqual({ version: 2 });
    expect(second.events).toMatchObject([
      {
        seq: 2,
        stream: 'organization',
        streamId: 'o1',
        ouid: 'o1',
        eventType: 'organization.settings-changed',
        actorId: 'ops1',
        details: {
          organization: { version: 2, name: 'bank', retention: DEFAULT_RETENTION },
          changed: ['agents'],
        },
      },
    ]);
  });

  it('says the whole retention after a change of a part of it', () => {
    const shorter = { ...settings(), retention: { otherDays: 30 } };
    const step = apply(emptyOrganization('o1'), shorter);
    expect(step).toMatchObject({
      events: [
        { details: { organization: { retention: { ...DEFAULT_RETENTION, otherDays: 30 } } } },
      ],
    });
  });

  it('makes nothing of the same settings again', () => {
    const first = apply(emptyOrganization('o1'), settings());
    if (!first.ok) throw new Error(first.code);
    const again = apply(first.state, settings());
    expect(again).toMatchObject({ ok: true, events: [], result: { version: 1 } });
  });

  it('refuses a change that was made from another version', () => {
    const first = apply(emptyOrganization('o1'), settings(), 0);
    if (!first.ok) throw new Error(first.code);
    expect(apply(first.state, settings('other'), 0)).toMatchObject({
      ok: false,
      code: 'SETTINGS_CONFLICT',
    });
  });

  it('numbers versions and events together, whatever is asked', () => {
    const ask = fc.record({ agents: fc.nat(3), expected: fc.option(fc.nat(5)) });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 40 }), (asked) => {
        let state = emptyOrganization('o1');
        for (const { agents, expected } of asked) {
          const same = state.settings?.agents.length === agents;
          const step = apply(state, settings('bank', agents), expected ?? undefined);
          expect(step.ok).toBe(expected === null || expected === state.version);
          if (!step.ok) continue;
          expect(step.events).toHaveLength(same ? 0 : 1);
          expect(step.state.version).toBe(state.version + (same ? 0 : 1));
          expect(step.state.seq).toBe(step.state.version);
          state = step.state;
        }
      }),
      { numRuns: 200, seed: 20260302 },
    );
  });
});
