import type { Policy, Skills } from '../policy';
import type { RetentionPolicy } from '../retention/policy';

/** Who may take calls, with what he can serve. */
export interface AgentSettings {
  readonly agentId: string;
  readonly languages: readonly string[];
  readonly skills: Skills;
  /** ISO 8601; who is not trained any more cannot come online. No end if not given. */
  readonly trainedUntil?: string;
}

/** A client back end's credential: the secret itself is known to the client alone. */
export interface ApiKeySettings {
  readonly keyId: string;
  /** SHA-256 of the secret, hex. */
  readonly hash: string;
}

export const DEFAULT_PAUSE_REASONS = ['BREAK', 'LUNCH', 'TRAINING', 'MEETING', 'OTHER'] as const;

/** An organization's settings as data; `policy.version` is the version of the whole. */
export interface OrganizationSettings {
  readonly name: string;
  readonly policy: Omit<Policy, 'version'>;
  readonly agents: readonly AgentSettings[];
  readonly reviewers: readonly string[];
  readonly supervisors: readonly string[];
  readonly apiKeys: readonly ApiKeySettings[];
  /** How long rows are kept; DEFAULT_RETENTION for what is not given. */
  readonly retention?: Partial<RetentionPolicy>;
  /** Why an agent may take a break; DEFAULT_PAUSE_REASONS if not given. */
  readonly pauseReasons?: readonly string[];
}
