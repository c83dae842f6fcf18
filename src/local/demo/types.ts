/** What the demo is given once all servers run. */
export interface DemoContext {
  /** Of our API, without a trailing slash. */
  readonly apiUrl: string;
  /** Of the Temporal UI; empty when there is none (TEMPORAL_ADDRESS without TEMPORAL_UI_URL). */
  readonly temporalUiUrl: string;
  readonly namespace: string;
  /** What worker and API got: `loadConfig(env)` reads it. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Says one line to the user. */
  readonly tell: (line: string) => void;
  /** Ctrl-C. */
  readonly signal: AbortSignal;
}

/** What a person needs to try the API himself; printed. */
export interface DemoCredential {
  /** "API key of the client", "agent", … */
  readonly label: string;
  readonly value: string;
}

export interface DemoOrganization {
  readonly ouid: string;
  readonly credentials: readonly DemoCredential[];
}

export interface DemoJourney {
  readonly profileId: string;
  readonly workflowId: string;
  /** In order, the last one `APPROVED`. */
  readonly statuses: readonly { readonly status: string; readonly at: Date }[];
}

/** Creates the demo organization, its people and its templates; does nothing when they are there. */
export type LoadDemoOrganization = (context: DemoContext) => Promise<DemoOrganization>;

/** Takes one profile to APPROVED over HTTP; rejects when it ends otherwise. */
export type RunDemoJourney = (
  context: DemoContext,
  organization: DemoOrganization,
) => Promise<DemoJourney>;
