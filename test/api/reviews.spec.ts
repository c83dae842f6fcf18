import { checkAndApprove, takeReview, until } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import { startStack, type Stack } from '../support/stack';
import { inReview, openBank, stateOf } from './cases';

let stack: Stack;
let banks = 0;
beforeAll(async () => {
  stack = await startStack();
}, 120_000);
afterAll(() => stack.stop());

const bank = () => openBank(stack, `bank-reviews-${(banks += 1)}`);

/** Waits until the list of cases shows this one there. */
function known(client: ApiClient, profileId: string | undefined, status: string): Promise<unknown> {
  return until('the list to know it', async () => {
    const path = `/v1/profiles?status=${status}`;
    const { items } = await client.get<{ items: { profileId: string }[] }>(path);
    return items.find((item) => item.profileId === profileId);
  });
}

/** Waits until the line shows so many. */
function line(reviewer: ApiClient, length: number): Promise<unknown> {
  return until('the line to know them', async () => {
    const { items } = await reviewer.get<{ items: object[] }>('/v1/reviews');
    return items.length === length ? items : undefined;
  });
}

it('takes the case whose maker decided first, one at a time, and is not given back at once what he gave back', async () => {
  const { client, agent, reviewer, second } = await bank();
  const cases: string[] = [];
  for (const reference of ['first', 'second', 'third'])
    cases.push((await inReview(client, agent, reference)).profileId);
  const [first, second_, third] = cases;
  await line(reviewer, 3);
  expect(await takeReview(reviewer)).toBe(first);
  expect(await takeReview(reviewer)).toBe(first);
  expect(await takeReview(second)).toBe(second_);
  await reviewer.post(`/v1/reviews/${first}/release`);
  await known(client, first, 'REVIEW_PENDING');
  expect(await takeReview(reviewer)).toBe(third);
  await second.post(`/v1/reviews/${second_}/release`);
  await known(client, second_, 'REVIEW_PENDING');
  // The one he gave back himself comes last; the other one has kept its turn.
  expect(await takeReview(second)).toBe(first);
});

it('is given cases while the log is away: decisions do not wait for it', async () => {
  const { client, agent, reviewer, second } = await bank();
  const first = await inReview(client, agent, 'first');
  const next = await inReview(client, agent, 'next');
  await stack.clickhouse.kill();
  try {
    expect(await takeReview(reviewer)).toBe(first.profileId);
    expect(await takeReview(second)).toBe(next.profileId);
    await checkAndApprove(reviewer, first.profileId);
    await expect(stateOf(stack, first.profileId)).resolves.toMatchObject({ status: 'APPROVED' });
  } finally {
    await stack.clickhouse.start();
  }
});

it('is one of many who ask at once: each gets a case of his own', async () => {
  const { client, agent, reviewer, second } = await bank();
  const cases: string[] = [];
  for (const reference of ['one', 'two'])
    cases.push((await inReview(client, agent, reference)).profileId);
  await line(reviewer, 2);
  const asked = await Promise.all(
    [reviewer, second, reviewer, second, reviewer, second].map((who) =>
      who.post<{ profileId: string } | undefined>('/v1/reviews/next'),
    ),
  );
  const [his, hers] = [0, 1].map((n) =>
    asked.filter((_, i) => i % 2 === n).map((answer) => answer?.profileId),
  );
  expect(new Set(his).size).toBe(1);
  expect(new Set(hers).size).toBe(1);
  expect(new Set(asked.map((answer) => answer?.profileId))).toEqual(new Set(cases));
});

it('shows the maker what a checker sent back to him, and takes his decision again', async () => {
  const { client, agent, reviewer, second } = await bank();
  const { profileId, avSessionId } = await inReview(client, agent, 'back');
  await takeReview(reviewer);
  const sendBack = {
    decision: 'SENT_BACK',
    sendBackTo: 'MAKER',
    reason: 'BIZ_PAN_IMAGE_NOT_CLEAR',
    remark: 'look again',
  };
  const decision = `/v1/reviews/${profileId}/decision`;
  const sent = await reviewer.post(decision, sendBack, 'send-back');
  await expect(reviewer.post(decision, sendBack, 'send-back')).resolves.toEqual(sent);
  const [mine] = await until('his list to show it', async () => {
    const { items } = await agent.get<{ items: { profileId: string }[] }>(
      '/v1/agents/me/decisions',
    );
    return items.length > 0 ? items : undefined;
  });
  expect(mine?.profileId).toBe(profileId);
  await agent.post(`/v1/av-sessions/${avSessionId}/decision`, { decision: 'APPROVED' });
  expect(await takeReview(second)).toBe(profileId);
});

it('finds the cases that wait, and those in his hands', async () => {
  const { client, agent, reviewer } = await bank();
  const { profileId } = await inReview(client, agent, 'listed');
  await until('the list to know it', async () =>
    (await reviewer.get<{ items: object[] }>('/v1/reviews')).items.length === 1 ? true : undefined,
  );
  expect(await takeReview(reviewer)).toBe(profileId);
  await until('the list to know it is claimed', async () =>
    (await reviewer.get<{ items: object[] }>('/v1/reviews?status=IN_REVIEW')).items.length === 1
      ? true
      : undefined,
  );
  await expect(reviewer.get('/v1/reviews')).resolves.toMatchObject({ items: [] });
});
