import { profileIdOf } from '../../api/profiles/profile-creation';
import { createLogClient, insertInto } from '../../clickhouse/client';
import { LogWriter } from '../../clickhouse/log-writer';
import { checkAndApprove, takeReview, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { PURGE_SCHEDULE } from '../../workers/schedules';
import type { Purged } from '../../workflows/contracts';
import { profileRow } from '../engine/log-rows';
import { startStack, type Stack } from '../support/stack';
import { codeOf, created, inReview, openBank, unhurried } from './cases';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const ENDED = '2026-03-31T18:30:00.000Z';
const OUID = 'bank-retention';

interface Retention {
  readonly expiresAt: string;
  readonly relationshipEndedAt: string;
  readonly holds: readonly { holdId: string }[];
}

/** Waits until the log says of the case what a command made of it. */
function becomes(client: ApiClient, profileId: string, what: Partial<Retention>): Promise<unknown> {
  return until(`the log to know ${JSON.stringify(what)}`, async () => {
    const found = await client.get<Retention>(`/v1/profiles/${profileId}/retention`);
    const same = Object.entries(what).every(
      ([name, value]) => JSON.stringify(found[name as keyof Retention]) === JSON.stringify(value),
    );
    return same ? found : undefined;
  });
}

it('goes from the end of a relationship to the end of its rows, by the policy and the holds of the day', async () => {
  const { client, agent, reviewer } = await openBank(stack, OUID);
  const supervisor = await stack.staff(OUID, 'SUPERVISOR', 'supervisor-1');
  const { profileId } = await inReview(client, agent, 'ends');
  const path = `/v1/profiles/${profileId}/relationship-ended`;
  expect(await codeOf(client.post(path, { endedAt: ENDED }))).toBe('WRONG_STATUS');
  await takeReview(reviewer);
  await checkAndApprove(reviewer, profileId);
  await becomes(client, profileId, { expiresAt: '', relationshipEndedAt: '' });

  const wrong = ['2026-13-01T00:00:00Z', '2999-01-01T00:00:00Z'];
  for (const endedAt of wrong)
    expect(await codeOf(client.post(path, { endedAt }))).toBe('FIELD_INVALID');
  expect(await client.post(path, { endedAt: '2026-04-01T00:00:00+05:30' })).toEqual({ seq: 1 });
  expect(await client.post(path, { endedAt: ENDED })).toEqual({ seq: 1 });
  // The end of a relationship before the approval: the years count from the approval.
  await becomes(client, profileId, { relationshipEndedAt: ENDED });
  expect(await client.post(path, { endedAt: '2090-01-01T00:00:00Z' })).toEqual({ seq: 2 });
  const ends = new Date(Date.UTC(2090, 0, 1 + 1_827)).toISOString();
  await becomes(client, profileId, { expiresAt: ends });

  const hold = { holdId: 'court-7', profileId };
  expect(await supervisor.post('/v1/supervision/legal-holds', hold)).toEqual({ seq: 3 });
  expect(await supervisor.post('/v1/supervision/legal-holds', hold)).toEqual({ seq: 3 });
  await becomes(client, profileId, { expiresAt: '' });
  expect(await codeOf(supervisor.post('/v1/supervision/legal-holds', { holdId: 'court-7' }))).toBe(
    'HOLD_CONFLICT',
  );
  expect(await supervisor.get('/v1/supervision/retention')).toMatchObject({
    policy: { approvedDays: 1_827 },
    profiles: { open: 0, withoutEnd: 0, held: 1, dated: 0 },
    holds: [{ holdId: 'court-7', profileId, setBy: 'supervisor-1' }],
  });
  const lift = '/v1/supervision/legal-holds/court-7/lift';
  expect(await supervisor.post(lift)).toEqual({ seq: 4 });
  expect(await codeOf(supervisor.post(lift))).toBe('HOLD_UNKNOWN');
  await becomes(client, profileId, { expiresAt: ends, holds: [] });

  await stack.organization(OUID, (settings) => ({
    ...unhurried(settings),
    retention: { approvedDays: 3_653 },
  }));
  const later = new Date(Date.UTC(2090, 0, 1 + 3_653)).toISOString();
  await becomes(client, profileId, { expiresAt: later });
  expect(await supervisor.get('/v1/supervision/retention')).toMatchObject({
    profiles: { dated: 1 },
    expiring: [{ month: later.slice(0, 7), profiles: 1 }],
  });
});

it('takes a key once, and a hold on a case that is there only', async () => {
  const { client } = await openBank(stack, 'bank-holds');
  const supervisor = await stack.staff('bank-holds', 'SUPERVISOR', 'supervisor-1');
  const { profileId } = await created(client, 'held');
  const set = (body: object, key?: string) =>
    supervisor.post('/v1/supervision/legal-holds', body, key);
  expect(await set({ holdId: 'h1', profileId }, 'key-1')).toEqual({ seq: 1 });
  expect(await set({ holdId: 'h1', profileId }, 'key-1')).toEqual({ seq: 1 });
  expect(await codeOf(set({ holdId: 'h2', profileId }, 'key-1'))).toBe('IDEMPOTENCY_CONFLICT');
  expect(await codeOf(set({ holdId: 'ABCPR1234K' }))).toBe('FIELD_INVALID');
  const nobodys = '00000000-0000-4000-8000-000000000000';
  expect(await codeOf(set({ holdId: 'h3', profileId: nobodys }))).toBe('PROFILE_UNKNOWN');
  await supervisor.post('/v1/supervision/legal-holds/h1/lift');
  expect(await set({ holdId: 'h1', profileId })).toEqual({ seq: 3 });
});

it('refuses a policy that is none', async () => {
  await expect(
    stack.organization('bank-no-policy', (settings) => ({
      ...settings,
      retention: { otherDays: 0 },
    })),
  ).rejects.toThrow('retention: otherDays is no number of days');
});

it('shows nothing of a case that has expired, and starts none in its place', async () => {
  const { client } = await openBank(stack, 'bank-expired');
  const extReferenceId = 'long-ago';
  const profileId = profileIdOf('bank-expired', extReferenceId);
  const long = new Date(Date.now() - 366 * 24 * 60 * 60 * 1_000).toISOString();
  const log = createLogClient(stack.config.clickhouse);
  const row = profileRow({ ouid: 'bank-expired', profileId, seq: 9, extReferenceId });
  const ended = { profileStatus: 'REJECTED', occurredAt: long, statusSince: long } as const;
  await new LogWriter({ insert: insertInto(log) }).write([{ ...row, ...ended }]);
  await log.close();
  for (const path of [profileId, `${profileId}/retention`, `${profileId}/timeline`]) {
    expect(await codeOf(client.get(`/v1/profiles/${path}`))).toBe('PROFILE_UNKNOWN');
  }
  expect(await client.get('/v1/profiles')).toMatchObject({ items: [] });
  expect(await codeOf(created(client, extReferenceId))).toBe('REFERENCE_CONFLICT');
});

it('purges by a schedule', async () => {
  const schedule = stack.client.schedule.getHandle(PURGE_SCHEDULE);
  await schedule.trigger();
  const round = await until('a round', async () => {
    const [last] = (await schedule.describe()).info.recentActions;
    return last?.action.workflow.workflowId;
  });
  const purged = (await stack.client.workflow.getHandle(round).result()) as Purged;
  // The one of the test before.
  expect(purged).toMatchObject({ profiles: 1, operations: 0 });
  expect(purged.organizations).toBeGreaterThan(1);
});
