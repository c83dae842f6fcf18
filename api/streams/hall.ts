import type { DeskView } from '../../src/domain/desk/view';
import type { DeskCommand } from '../../workflows/contracts';
import type { Audience } from './audience';
import type { StateStream } from './state-stream';

/** How long a connection may be between an end and its next beginning before the desk hears of it. */
const BETWEEN_MS = 3_000;
/** How often a desk that does not know of somebody's stream is told again that he is here. */
const AGAIN_MS = 5_000;

/** The streams that this process holds for the people of one kind, by person. */
export class Hall {
  private readonly streams = new Map<string, Set<StateStream>>();
  private readonly saidAt = new Map<string, number>();
  /** Of whom the desk is still to be told. */
  private readonly owed = new Set<string>();
  private last: DeskView | undefined;

  /** @param send resolves with whether the desk took the command; it never rejects */
  constructor(
    private readonly audience: Audience,
    private readonly process: string,
    private readonly send: (command: DeskCommand) => Promise<boolean>,
  ) {}

  get isEmpty(): boolean {
    return this.streams.size === 0;
  }

  has(id: string): boolean {
    return this.streams.has(id);
  }

  add(id: string, stream: StateStream): void {
    const known = this.streams.get(id);
    if (known) known.add(stream);
    else {
      this.streams.set(id, new Set([stream]));
      this.connect(id);
    }
  }

  remove(id: string, stream: StateStream): void {
    this.streams.get(id)?.delete(stream);
    const timer = setTimeout(() => {
      if (this.streams.get(id)?.size === 0) this.disconnect(id);
    }, BETWEEN_MS);
    timer.unref();
  }

  tell(view: DeskView): void {
    for (const [id, streams] of this.streams) {
      const state = this.audience.state(view, id);
      for (const stream of streams) stream.tell(state);
      if (this.audience.isMissed(view, id, this.last)) this.owed.add(id);
      const said = Date.now() - (this.saidAt.get(id) ?? 0);
      if (this.owed.has(id) && said >= AGAIN_MS) this.connect(id);
    }
    this.last = view;
  }

  unavailable(): void {
    for (const streams of this.streams.values()) for (const stream of streams) stream.unavailable();
  }

  end(): void {
    for (const [id, streams] of this.streams) {
      for (const stream of streams) stream.end();
      this.disconnect(id);
    }
  }

  private connect(id: string): void {
    this.saidAt.set(id, Date.now());
    this.owed.delete(id);
    void this.send(this.audience.connect(id, this.process)).then((taken) => {
      if (!taken && this.streams.has(id)) this.owed.add(id);
    });
  }

  private disconnect(id: string): void {
    this.streams.delete(id);
    this.saidAt.delete(id);
    this.owed.delete(id);
    void this.send(this.audience.disconnect(id, this.process));
  }
}
