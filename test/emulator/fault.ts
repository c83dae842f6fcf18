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
