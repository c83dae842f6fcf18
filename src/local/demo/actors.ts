import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from './http';

/** The parts of answers that actors go by. */
interface Answer {
  readonly status: string;
  readonly id: string;
}
export interface Case {
  readonly status: string;
  readonly statusSince: string;
  readonly documents: readonly { documentId: string; replaced: boolean }[];
  readonly tasks: readonly { taskId: string; verdict: string }[];
}
interface Me {
  readonly offer: { offerId: string; profileId: string } | null;
}

/** A PNG of one pixel: the smallest file that is what it says it is. */
const IMAGE = new Uint8Array(
  Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  ),
);

/** Polls until something is there, or gives up with a sentence. */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined>,
  ms = 60_000,
): Promise<T> {
  const end = Date.now() + ms;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await sleep(200);
  }
}

/** An invented customer; nobody's PAN or phone. */
export function inventedCustomer(extReferenceId: string): object {
  return {
    extReferenceId,
    language: 'en',
    details: {
      name: 'Asha Demo',
      dob: '1990-04-23',
      phone: '+919000000000',
      panNumber: 'ABCPD1234Z',
      aadhaarLast4: '0000',
      address: {
        line1: '1 Demo Street',
        city: 'Bengaluru',
        state: 'Karnataka',
        postalCode: '560001',
        country: 'IN',
      },
    },
  };
}

/** Logs in by the link, consents, hands in three documents and joins the queue. */
export async function capture(api: ApiClient, link: string): Promise<ApiClient> {
  const { token } = await api.post<{ token: string }>('/v1/capture/sessions', { link });
  const customer = api.as(token);
  const textSha256 = createHash('sha256')
    .update('I agree to be verified on a recorded video call.')
    .digest('hex');
  await customer.post('/v1/capture/consent', { version: '2026-01', language: 'en', textSha256 });
  for (const kind of ['PAN_CARD', 'AADHAAR_MASKED', 'CUSTOMER_PHOTO']) {
    await customer.upload(`/v1/capture/documents?kind=${kind}`, IMAGE, 'image/png');
  }
  await customer.post('/v1/capture/submit', { language: 'en', skills: ['savings'] });
  return customer;
}

/** Comes online and takes the first customer he is offered. */
export async function takeCustomer(agent: ApiClient): Promise<string> {
  await agent.post('/v1/agents/me/online');
  const offer = await until(
    'an offer',
    async () => (await agent.get<Me>('/v1/agents/me')).offer ?? undefined,
  );
  const { avSessionId } = await agent.post<{ avSessionId: string }>(
    `/v1/offers/${offer.offerId}/accept`,
  );
  return avSessionId;
}

/** Both enter, the agent checks every task, the customer leaves, the agent approves. */
export async function callAndApprove(
  agent: ApiClient,
  customer: ApiClient,
  avSessionId: string,
): Promise<void> {
  const session = `/v1/av-sessions/${avSessionId}`;
  await customer.post('/v1/capture/call/join');
  await agent.post(`${session}/join`);
  const { tasks } = await agent.get<Case>(session);
  for (const { taskId } of tasks)
    await agent.post(`${session}/tasks/${taskId}/verdict`, { verdict: 'PASS' });
  await customer.post('/v1/capture/call/leave');
  await agent.post(`${session}/end`);
  await agent.post(`${session}/decision`, { decision: 'APPROVED' });
}

/** Takes the case that has waited longest for a checker; answers its ProfileID. */
export async function takeReview(reviewer: ApiClient): Promise<string> {
  // 204 while none waits that the log knows of.
  const next = (): Promise<{ profileId: string } | undefined> => reviewer.post('/v1/reviews/next');
  return (await until('a case to review', next)).profileId;
}

/** Gives a verdict on every document and task of the case in his hands, and approves. */
export async function checkAndApprove(reviewer: ApiClient, profileId: string): Promise<void> {
  const review = `/v1/reviews/${profileId}`;
  const { documents, tasks } = await reviewer.get<Case>(review);
  for (const { documentId } of documents.filter((d) => !d.replaced)) {
    await reviewer.post(`${review}/verdicts`, { documentId, verdict: 'PASS' });
  }
  for (const { taskId } of tasks)
    await reviewer.post(`${review}/verdicts`, { taskId, verdict: 'PASS' });
  await reviewer.post<Answer>(`${review}/decision`, { decision: 'APPROVED' });
}
