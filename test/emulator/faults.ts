import { RandomFaults } from './random-faults';

/** What goes wrong with one call. */
export type Fault =
  /** Refused without being executed, in the service's or any other form. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Record<string, string>;
    }
  /** Executed, then answered with something else. */
  | { readonly kind: 'answer-after'; readonly status: number; readonly body: unknown }
  /** The connection breaks before the call is executed, or after. */
  | { readonly kind: 'drop' | 'drop-after' }
  /** Executed, and no answer ever comes. */
  | { readonly kind: 'hang-after' }
  /** Executed and answered, but late. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Not executed yet, and no answer ever comes. */
  | { readonly kind: 'hang' }
  /** Bytes come, one by one, without an end. */
  | { readonly kind: 'drip' }
  /** The network delivered it twice. */
  | { readonly kind: 'twice' };

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
