import { createHash } from 'node:crypto';
import type { MessageEvent } from '@nestjs/common';
import { Observable, type Subscriber } from 'rxjs';

/** A line at least so often: proxies cut a connection that says nothing for a minute. */
const ALIVE_MS = 15_000;

/** One open connection: its reader is told his whole state, each time it is another one. */
export class StateStream {
  private told: string;
  private toldAt = Date.now();

  /**
   * @param type of the events that tell the state
   * @param lastEventId what he was told last, by an earlier connection; '' if nothing
   */
  constructor(
    private readonly subscriber: Subscriber<MessageEvent>,
    private readonly type: string,
    lastEventId: string,
  ) {
    this.told = lastEventId;
  }

  tell(state: object): void {
    const data = JSON.stringify(state);
    // The same state has the same id at every API process: whoever comes back misses nothing.
    const id = createHash('sha256').update(data).digest('hex').slice(0, 16);
    if (id !== this.told) this.send({ id, type: this.type, data });
    else if (Date.now() - this.toldAt >= ALIVE_MS) this.send({ id, type: 'alive', data: '' });
    this.told = id;
  }

  /** The desk does not answer: what he was told last may be old by now. */
  unavailable(): void {
    if (this.told === '') return;
    this.told = '';
    this.send({ type: 'unavailable', data: '' });
  }

  end(): void {
    this.subscriber.complete();
  }

  private send(event: MessageEvent): void {
    this.toldAt = Date.now();
    this.subscriber.next(event);
  }
}

/** As Nest sends it: `opened` gets the stream, and `closed` is called once, whoever ended it. */
export function streamOf(
  type: string,
  lastEventId: string,
  opened: (stream: StateStream) => void,
  closed: (stream: StateStream) => void,
): Observable<MessageEvent> {
  return new Observable((subscriber) => {
    const stream = new StateStream(subscriber, type, lastEventId);
    opened(stream);
    return () => {
      closed(stream);
    };
  });
}
