import { OUID_PATTERN, PROFILE_ID_PATTERN } from '../ports/blob-store';

interface Expiring {
  readonly ouid: string;
  /** Seconds since 1970, like every `exp` (RFC 7519, 4.1.4). */
  readonly exp: number;
}

/** Opens the capture window of one profile; a new link has a higher version and ends the old one. */
export interface CaptureLinkClaims extends Expiring {
  readonly profileId: string;
  readonly linkVersion: number;
}

/** One login of the customer. */
export interface CaptureSessionClaims extends Expiring {
  readonly profileId: string;
  readonly captureSessionId: string;
}

/** One person's entry to one room of the local video provider. */
export interface LocalVideoClaims extends Expiring {
  readonly avSessionId: string;
  readonly role: 'agent' | 'customer';
  readonly userId: string;
}

/** The recorder page's entry to one call, for as long as the call lasts. */
export interface RecorderClaims extends Expiring {
  readonly avSessionId: string;
}

export const STAFF_ROLES = ['AGENT', 'REVIEWER', 'SUPERVISOR'] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** Staff, by the built-in development issuer. */
export interface StaffClaims extends Expiring {
  /** AgentID, ReviewerID or supervisor's id. */
  readonly sub: string;
  readonly role: StaffRole;
  readonly name?: string;
}

/**
 * One person's decision on one profile by a Temporal signal, once: without it four eyes would be a
 * matter of typing another name into a signal.
 */
export interface DecisionClaims extends Expiring {
  readonly profileId: string;
  readonly actorType: 'AGENT' | 'REVIEWER' | 'CLIENT';
  readonly actorId: string;
  /** The one signal it is good for. */
  readonly signal: 'makerDecision' | 'checkerDecision' | 'cancel';
  /** Single use: the profile remembers which it has seen. */
  readonly jti: string;
}

export interface TokenClaims {
  readonly 'capture-link': CaptureLinkClaims;
  readonly 'capture-session': CaptureSessionClaims;
  readonly 'local-video': LocalVideoClaims;
  readonly recorder: RecorderClaims;
  readonly 'development-staff': StaffClaims;
  readonly decision: DecisionClaims;
}
export type TokenPurpose = keyof TokenClaims;

interface Rule {
  readonly valid: (value: unknown) => boolean;
  readonly optional?: true;
}

function text(pattern: RegExp): Rule {
  return { valid: (value) => typeof value === 'string' && pattern.test(value) };
}

function whole(min: number, max: number): Rule {
  return {
    valid: (value) => Number.isInteger(value) && Number(value) >= min && Number(value) <= max,
  };
}

/** An id of our own making or of the identity provider's. */
const ID = text(/^[A-Za-z0-9][A-Za-z0-9._:@|-]{0,127}$/);
const OUID = text(OUID_PATTERN);
const PROFILE_ID = text(PROFILE_ID_PATTERN);
/** Ends in the year 5138: milliseconds given by mistake are refused. */
const EXP = whole(1, 99_999_999_999);

/** Order matters: it is the order in the token, and the same claims make the same token. */
const RULES: { readonly [P in TokenPurpose]: Readonly<Record<keyof TokenClaims[P], Rule>> } = {
  'capture-link': {
    ouid: OUID,
    profileId: PROFILE_ID,
    linkVersion: whole(1, 1_000_000),
    exp: EXP,
  },
  'capture-session': { ouid: OUID, profileId: PROFILE_ID, captureSessionId: ID, exp: EXP },
  'local-video': {
    ouid: OUID,
    avSessionId: ID,
    role: text(/^(agent|customer)$/),
    userId: ID,
    exp: EXP,
  },
  recorder: { ouid: OUID, avSessionId: ID, exp: EXP },
  decision: {
    ouid: OUID,
    profileId: PROFILE_ID,
    actorType: text(/^(AGENT|REVIEWER|CLIENT)$/),
    actorId: ID,
    signal: text(/^(makerDecision|checkerDecision|cancel)$/),
    jti: ID,
    exp: EXP,
  },
  'development-staff': {
    ouid: OUID,
    sub: ID,
    role: text(new RegExp(`^(${STAFF_ROLES.join('|')})$`)),
    name: { ...text(/^[^\p{Cc}]{1,120}$/u), optional: true },
    exp: EXP,
  },
};

/** The claims of a purpose, in their order and nothing else; `undefined` when one is not as it should be. */
export function pickClaims<P extends TokenPurpose>(
  purpose: P,
  given: Readonly<Record<string, unknown>>,
): TokenClaims[P] | undefined {
  const picked: Record<string, unknown> = {};
  for (const [name, rule] of Object.entries<Rule>(RULES[purpose])) {
    const value = given[name];
    if (value === undefined && rule.optional) continue;
    if (!rule.valid(value)) return undefined;
    picked[name] = value;
  }
  return isChecked(picked, purpose) ? picked : undefined;
}

function isChecked<P extends TokenPurpose>(picked: object, purpose: P): picked is TokenClaims[P] {
  return Object.entries<Rule>(RULES[purpose]).every(
    ([name, rule]) => rule.optional ?? name in picked,
  );
}
