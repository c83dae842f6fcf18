import type { Fault } from './fault';
import { RandomFaults } from './random-faults';

/** The faults that are to come, each for one call like `POST /rooms/:id`. */
export class Faults {
  /** Beside those, by lot. */
  readonly random = new RandomFaults();
  private readonly waiting: { call: string; fault: Fault }[] = [];

  /** `times` calls of this kind meet the fault. */
  add(call: string, fault: Fault, times = 1): void {
    for (let i = 0; i < times; i += 1) this.waiting.push({ call, fault });
  }

  take(call: string): Fault | undefined {
    const at = this.waiting.findIndex((each) => each.call === call);
    return at === -1 ? this.random.next() : this.waiting.splice(at, 1)[0]?.fault;
  }
}
