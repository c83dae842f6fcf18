import type { AckLine } from '../../src/demo/record/record-line';

/** A call as those who were in it recorded it. */
interface Call {
  readonly avSessionId: string;
  readonly profileId: string;
  agent: string;
  readonly joined: Set<string>;
  /** The last that each side said about being in it. */
  readonly last: Map<string, string>;
  readonly judged: Set<string>;
  decision: string;
}

/** A case as its actors recorded it. */
interface Case {
  maker: AckLine | undefined;
  again: boolean;
  /** Checkers' decisions since it was last sent back. */
  checks: AckLine[];
  slot: AckLine | undefined;
}

/** What is known of each case and call from the records. */
export class Told {
  readonly calls = new Map<string, Call>();
  private readonly cases = new Map<string, Case>();

  caseOf(profileId: string): Case {
    const nothing = { maker: undefined, again: false, checks: [], slot: undefined };
    const known = this.cases.get(profileId) ?? nothing;
    this.cases.set(profileId, known);
    return known;
  }

  callOf(avSessionId: string, profileId: string): Call {
    const known = this.calls.get(avSessionId) ?? {
      ...{ avSessionId, profileId, agent: '', decision: '' },
      ...{ joined: new Set<string>(), last: new Map<string, string>(), judged: new Set<string>() },
    };
    this.calls.set(avSessionId, known);
    return known;
  }
}

/** `POST /v1/av-sessions/<id>/…`. */
export function sessionIn(route: string): string {
  return route.split('/')[3] ?? '';
}
