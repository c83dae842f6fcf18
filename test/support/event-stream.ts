import { until } from '../../src/local/demo/actors';

/** One event of a stream, as its reader gets it. */
export interface StreamedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: Record<string, unknown>;
}

/** A connection to a stream of events, as a console or a capture window has it. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  /** Resolves when the server or `close` ended it. */
  readonly ended: Promise<void>;
  private readonly closing = new AbortController();

  private constructor(
    readonly response: Response,
    closing: AbortController,
  ) {
    this.closing = closing;
    this.ended = this.read();
  }

  static ofAgent(url: string, token: string, lastEventId = ''): Promise<EventStream> {
    return EventStream.open(`${url}/v1/agents/me/events`, token, lastEventId);
  }

  static ofCustomer(url: string, token: string): Promise<EventStream> {
    return EventStream.open(`${url}/v1/capture/waiting/events`, token, '');
  }

  /** Of one call, at its agent's or its customer's address. */
  static ofCall(url: string, path: string, token: string, lastEventId = ''): Promise<EventStream> {
    return EventStream.open(`${url}${path}/events`, token, lastEventId);
  }

  /** Of one side of a call of the local video provider, by the token of its join. */
  static ofPeer(url: string, token: string, peerId = '', lastEventId = ''): Promise<EventStream> {
    const query = peerId === '' ? '' : `?peer=${peerId}`;
    return EventStream.open(`${url}/v1/local-video/events${query}`, token, lastEventId);
  }

  private static async open(url: string, token: string, lastEventId: string): Promise<EventStream> {
    const closing = new AbortController();
    const response = await fetch(url, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(lastEventId !== '' && { 'last-event-id': lastEventId }),
      },
      signal: closing.signal,
    });
    return new EventStream(response, closing);
  }

  get last(): StreamedEvent | undefined {
    return this.events.at(-1);
  }

  /** Resolves when the last event told so. */
  async told(expected: Readonly<Record<string, unknown>>): Promise<void> {
    await until(`the stream says ${JSON.stringify(expected)}`, () => {
      const data = this.last?.data ?? {};
      const is = Object.entries(expected).every(([name, value]) => data[name] === value);
      return Promise.resolve(is ? true : undefined);
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.ended;
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of this.response.body ?? []) {
        text += decoder.decode(chunk as Uint8Array, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch (error) {
      // Closed by us, or by a server that was killed.
      if (!isCut(error)) throw error;
    }
  }

  private take(block: string): void {
    const field = (name: string): string =>
      block
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2) ?? '';
    if (field('event') === '') return;
    const data = field('data');
    const parsed = (data === '' ? {} : JSON.parse(data)) as Record<string, unknown>;
    this.events.push({ id: field('id'), type: field('event'), data: parsed });
  }
}

/** An error of undici comes from another realm under jest: `instanceof Error` is false. */
function isCut(error: unknown): boolean {
  const { name } = error as { name?: string };
  return name === 'AbortError' || name === 'TypeError';
}
