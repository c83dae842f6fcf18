import { inventedCustomer, takeReview, until, type Case } from '../../src/local/demo/actors';
import type { ApiClient } from '../../src/local/demo/http';
import type { Stack } from '../support/stack';
import { SHA, type Created } from '../api/cases';
import { png } from '../api/http';

export interface JourneyStep {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

/** What a journey leaves in its files, to be told apart from others'. */
export interface Marks {
  readonly reference: string;
  readonly details?: object;
  readonly document: (kind: string) => Uint8Array<ArrayBuffer>;
  readonly makerRemark: string;
  readonly checkerRemark: string;
}

export const PLAIN: Omit<Marks, 'reference'> = {
  document: (kind) => png(kind),
  makerRemark: 'all well',
  checkerRemark: 'agreed',
};

/** A whole journey as single steps: each a command, with whatever has to be read for it. */
export async function journeySteps(
  stack: Stack,
  client: ApiClient,
  ouid: string,
  marks: Marks,
): Promise<{ steps: readonly JourneyStep[]; profileId: () => string }> {
  const agent = await stack.staff(ouid, 'AGENT', 'agent-1').then((it) => client.as(it.token));
  const reviewer = await stack
    .staff(ouid, 'REVIEWER', 'reviewer-1')
    .then((it) => client.as(it.token));
  let profileId = '';
  let link = '';
  let customer = client;
  let av = '';
  const review = (): string => `/v1/reviews/${profileId}`;
  const upload = (kind: string): JourneyStep => ({
    name: `upload ${kind}`,
    run: () =>
      customer.upload(`/v1/capture/documents?kind=${kind}`, marks.document(kind), 'image/png'),
  });
  const offer = (): Promise<string> =>
    until(
      'an offer',
      async () =>
        (await agent.get<{ offer: { offerId: string } | null }>('/v1/agents/me')).offer?.offerId,
    );
  const nth = async (n: number): Promise<string> =>
    (await agent.get<Case>(av)).tasks[n]?.taskId ?? '';
  const steps: JourneyStep[] = [
    {
      name: 'create',
      run: async () => {
        const plain = inventedCustomer(marks.reference) as { details: object };
        const body = { ...plain, details: { ...plain.details, ...marks.details } };
        const created = await client.post<Created>('/v1/profiles', body);
        profileId = created.profileId;
        link = created.captureLink.token;
      },
    },
    {
      name: 'log in',
      run: async () => {
        customer = client.as(
          (await client.post<{ token: string }>('/v1/capture/sessions', { link })).token,
        );
      },
    },
    {
      name: 'consent',
      run: () =>
        customer.post('/v1/capture/consent', {
          version: '2026-01',
          language: 'en',
          textSha256: SHA,
        }),
    },
    ...['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO'].map(upload),
    {
      name: 'submit',
      run: () => customer.post('/v1/capture/submit', { language: 'en', skills: ['savings'] }),
    },
    { name: 'come online', run: () => agent.post('/v1/agents/me/online') },
    {
      name: 'accept',
      run: async () => {
        const offerId = await offer();
        const accepted = await until('the call', async () => {
          const { avSessionId } = await agent.post<{ avSessionId: string }>(
            `/v1/offers/${offerId}/accept`,
          );
          return avSessionId === '' ? undefined : avSessionId;
        });
        av = `/v1/av-sessions/${accepted}`;
      },
    },
    { name: 'customer joins', run: () => customer.post('/v1/capture/call/join') },
    { name: 'agent joins', run: () => agent.post(`${av}/join`) },
    {
      name: 'add a task',
      run: () =>
        agent.post(`${av}/tasks`, { check: { kind: 'DETAIL', field: 'dob' }, mandatory: true }),
    },
    {
      name: 'keep an image',
      run: () =>
        agent.upload(`${av}/images?kind=CALL_CAPTURE`, marks.document('CALL_CAPTURE'), 'image/png'),
    },
    ...[0, 1, 2, 3].map((n) => ({
      name: `verdict ${n}`,
      run: async () =>
        agent.post(`${av}/tasks/${await nth(n)}/verdict`, { verdict: n === 2 ? 'NA' : 'PASS' }),
    })),
    { name: 'customer leaves', run: () => customer.post('/v1/capture/call/leave') },
    { name: 'end the call', run: () => agent.post(`${av}/end`) },
    {
      name: 'maker decides',
      run: () => agent.post(`${av}/decision`, { decision: 'APPROVED', remark: marks.makerRemark }),
    },
    { name: 'claim', run: () => takeReview(reviewer) },
    {
      name: 'check documents',
      run: async () => {
        for (const { documentId } of (await reviewer.get<Case>(review())).documents)
          await reviewer.post(`${review()}/verdicts`, { documentId, verdict: 'PASS' });
      },
    },
    {
      name: 'check tasks',
      run: async () => {
        for (const { taskId } of (await reviewer.get<Case>(review())).tasks)
          await reviewer.post(`${review()}/verdicts`, { taskId, verdict: 'PASS' });
      },
    },
    {
      name: 'checker decides',
      run: () =>
        reviewer.post(`${review()}/decision`, {
          decision: 'APPROVED',
          remark: marks.checkerRemark,
        }),
    },
  ];
  return { steps, profileId: () => profileId };
}
