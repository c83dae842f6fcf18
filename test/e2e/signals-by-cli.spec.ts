import { randomBytes } from 'node:crypto';
import { takeReview, until, type Case } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import type { DecisionClaims } from '../../src/tokens/claims';
import { Tokens } from '../../src/tokens/tokens';
import { codeOf, inCall, passTasks, stateOf } from '../api/cases';
import { startStack, type Stack } from '../support/stack';
import { runTokenCommand, TemporalCli, type IssuedByCli } from '../support/temporal-cli';

const OUID = 'bank-cli';
let stack: Stack;
let cli: TemporalCli;
let client: ApiClient;
let maker: ApiClient;
let checker: ApiClient;
beforeAll(async () => {
  stack = await startStack();
  cli = await TemporalCli.of(stack);
  // The maker is a reviewer as well: nothing but the rules keeps him from reviewing his own case.
  client = await stack.organization(OUID, (settings) => ({
    ...settings,
    reviewers: [...settings.reviewers, 'agent-1'],
  }));
  maker = await stack.staff(OUID, 'AGENT', 'agent-1');
  checker = await stack.staff(OUID, 'REVIEWER', 'reviewer-1');
}, 900_000); // a first run builds the dev server
afterAll(() => stack.stop());

const npmRunToken = (profileId: string, ...flags: string[]): Promise<IssuedByCli> =>
  runTokenCommand(stack, ['--profile', profileId, '--ouid', OUID, ...flags]);

interface Event {
  readonly eventType: string;
  readonly agentId: string;
  readonly reviewerId: string;
  readonly actorId: string;
  readonly details: Record<string, unknown>;
}
async function timeline(profileId: string): Promise<Event[]> {
  const { seq } = await stateOf(stack, profileId);
  const path = `/v1/profiles/${profileId}/timeline?limit=1000&seq=${seq}`;
  return (await client.get<{ events: Event[] }>(path)).events;
}

function reached(profileId: string, status: string): Promise<true> {
  return until(status, async () =>
    (await stateOf(stack, profileId)).status === status ? true : undefined,
  );
}

async function checkAll(profileId: string): Promise<void> {
  expect(await takeReview(checker)).toBe(profileId);
  const review = `/v1/reviews/${profileId}`;
  const { documents, tasks } = await checker.get<Case>(review);
  for (const { documentId } of documents)
    await checker.post(`${review}/verdicts`, { documentId, verdict: 'PASS' });
  for (const { taskId } of tasks)
    await checker.post(`${review}/verdicts`, { taskId, verdict: 'PASS' });
}

it('ends a journey that maker and checker decide by the command line alone', async () => {
  const { profileId, avSessionId } = await inCall(client, maker, 'by-cli');
  await passTasks(maker, avSessionId);

  const made = await npmRunToken(profileId, '--as', 'agent:agent-1', '--remark', 'all is well');
  expect(await cli.run(made.command)).toContain('succeeded');
  await reached(profileId, 'REVIEW_PENDING');
  await expect(maker.get('/v1/agents/me')).resolves.toMatchObject({ profileId: '' });

  await checkAll(profileId);
  const checked = await npmRunToken(profileId, '--as', 'reviewer:reviewer-1');
  await cli.signal(profileId, 'checkerDecision', { token: checked.token, decision: 'APPROVED' });

  const handle = stack.client.workflow.getHandle(`profile/${profileId}`);
  await expect(handle.result()).resolves.toMatchObject({ status: 'APPROVED' });
  await expect(client.get(`/v1/profiles/${profileId}`)).resolves.toMatchObject({
    status: 'APPROVED',
    maker: { agentId: 'agent-1', decision: 'APPROVED', hasRemark: true },
    checker: { reviewerId: 'reviewer-1', decision: 'APPROVED' },
  });
  const events = await timeline(profileId);
  expect(events.filter((e) => e.eventType.endsWith('.decided'))).toMatchObject([
    { eventType: 'maker.decided', actorId: 'agent-1', details: { remarkRef: made.remarkRef } },
    { eventType: 'checker.decided', actorId: 'reviewer-1' },
  ]);
  expect(events.at(-1)?.eventType).toBe('profile.closed');
  expect(events.map((e) => e.eventType)).not.toContain('signal.refused');

  // By signals alone: no update of these names is in the history.
  const history = (await handle.fetchHistory()).events ?? [];
  const signals = history.map((e) => e.workflowExecutionSignaledEventAttributes?.signalName);
  expect(signals.filter((name) => name?.endsWith('Decision'))).toEqual([
    'makerDecision',
    'checkerDecision',
  ]);
  const updates = history.map(
    (e) => e.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name,
  );
  expect(updates).toContain('claimReview');
  expect(updates.filter((name) => name?.endsWith('Decision'))).toEqual([]);
}, 120_000);

/** What a refused signal may change: that it was counted. */
async function standing(profileId: string): Promise<object> {
  const { seq: _seq, refusedSignals: _refused, ...rest } = await stateOf(stack, profileId);
  return rest;
}

async function expectRefused(
  profileId: string,
  name: string,
  input: object,
  why: string,
): Promise<void> {
  const before = await standing(profileId);
  const { seq, refusedSignals } = await stateOf(stack, profileId);
  expect(await cli.signal(profileId, name, input)).toContain('succeeded');
  await until(`the refusal of ${why}`, async () =>
    (await stateOf(stack, profileId)).refusedSignals > refusedSignals ? true : undefined,
  );
  expect(await standing(profileId)).toEqual(before);
  const after = (await timeline(profileId)).slice(seq);
  expect(after.map(({ eventType, details }) => ({ eventType, ...details }))).toEqual([
    { eventType: 'signal.refused', signal: name, why },
  ]);
}

it('lets no forged, expired, replayed, foreign or self-reviewing token change anything', async () => {
  const second = await stack.staff(OUID, 'AGENT', 'agent-2');
  const { profileId, avSessionId } = await inCall(client, maker, 'attacked');
  await passTasks(maker, avSessionId);
  // Nothing but the token stands between the maker and his decision from here on.
  const approve = (token: string) => ({ token, decision: 'APPROVED' });
  const issued = (who: ApiClient, of: string, signal: string): Promise<{ token: string }> =>
    who.post(`/v1/profiles/${of}/decision-tokens`, { signal });
  const good = await npmRunToken(profileId, '--as', 'agent:agent-1');
  const claims: DecisionClaims = {
    ouid: OUID,
    profileId,
    actorType: 'AGENT',
    actorId: 'agent-1',
    signal: 'makerDecision',
    jti: 'j-1',
    exp: Math.floor(Date.now() / 1_000) + 600,
  };
  const sign = (change: Partial<DecisionClaims> = {}): Promise<string> =>
    stack.tokens.issue('decision', { ...claims, ...change });

  const refused = (token: string, why: string): Promise<void> =>
    expectRefused(profileId, 'makerDecision', approve(token), why);
  await refused('', 'TOKEN_INVALID');
  await refused(await new Tokens(randomBytes(32)).issue('decision', claims), 'TOKEN_INVALID');
  const [head, , signature] = good.token.split('.');
  const other = Buffer.from(JSON.stringify({ ...claims, iss: 'video-kyc', aud: 'decision' }));
  await refused(`${head ?? ''}.${other.toString('base64url')}.${signature ?? ''}`, 'TOKEN_INVALID');
  await refused(await sign({ exp: Math.floor(Date.now() / 1_000) - 1 }), 'TOKEN_EXPIRED');
  await refused((await issued(client, profileId, 'cancel')).token, 'TOKEN_INVALID');

  const foreign = await inCall(client, second, 'foreign');
  await refused(
    (await npmRunToken(foreign.profileId, '--as', 'agent:agent-2')).token,
    'TOKEN_OF_ANOTHER_PROFILE',
  );
  await refused(await sign({ ouid: 'bank-other' }), 'TOKEN_OF_ANOTHER_PROFILE');
  await refused(await sign({ actorId: 'agent-2' }), 'NOT_ASSIGNED');
  await expect(stateOf(stack, foreign.profileId)).resolves.toMatchObject({ status: 'IN_CALL' });

  expect(await codeOf(issued(maker, profileId, 'checkerDecision'))).toBe('ACTOR_NOT_ALLOWED');
  await cli.run(good.command);
  await reached(profileId, 'REVIEW_PENDING');
  await refused(good.token, 'TOKEN_USED');

  // Self-review: he is not given the case, nor a token, and one that he had helps him nothing.
  const himself = await stack.staff(OUID, 'REVIEWER', 'agent-1');
  await expect(himself.post('/v1/reviews/next')).resolves.toBeUndefined();
  await checkAll(profileId);
  await expect(npmRunToken(profileId, '--as', 'reviewer:agent-1')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^It is not the turn of reviewer agent-1: [^\n]+\n$/) as string,
  });
  const review = (token: string, why: string): Promise<void> =>
    expectRefused(profileId, 'checkerDecision', approve(token), why);
  await review(await sign({ signal: 'checkerDecision', jti: 'j-3' }), 'ACTOR_NOT_ALLOWED');
  const self = { actorType: 'REVIEWER', signal: 'checkerDecision' } as const;
  await review(await sign({ ...self, jti: 'j-2' }), 'NOT_ASSIGNED');
  await review(good.token, 'TOKEN_INVALID');

  const { token } = await npmRunToken(profileId, '--as', 'reviewer:reviewer-1');
  await cli.signal(profileId, 'checkerDecision', approve(token));
  await reached(profileId, 'APPROVED');
}, 240_000);

it('says in one sentence why there is no token', async () => {
  const profileId = '11111111-2222-5333-8444-555555555555';
  await expect(npmRunToken(profileId, '--as', 'agent:agent-1')).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: `There is no profile ${profileId} of agent agent-1's organization in Temporal.\n`,
  });
  await expect(npmRunToken(profileId, '--as', 'agent:agent-9')).rejects.toMatchObject({
    code: 1,
    stderr: `There is no agent agent-9 in the organization ${OUID}.\n`,
  });
});
