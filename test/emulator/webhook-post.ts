/** Where events go, with headers of the receiver's choice (100ms docs: Secure webhooks). */
export interface Target {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Why it did not arrive; undefined where the answer was 200 and nothing else (100ms docs: Webhook). */
export async function postTo(
  { url, headers = {} }: Target,
  body: object,
  timeoutMs: number,
  stop: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      redirect: 'manual',
      signal: AbortSignal.any([stop, AbortSignal.timeout(timeoutMs)]),
    });
    await answer.arrayBuffer();
    return answer.status === 200 ? undefined : `status ${answer.status}`;
  } catch (error) {
    // By their names: what fetch throws is of another realm than a test's classes.
    const { name, message } = error as Error;
    if (name === 'TimeoutError') return 'timeout';
    if (name === 'AbortError') return 'stopped';
    if (/^(fetch failed|terminated)$/.test(message)) return 'connection failed';
    throw error;
  }
}
