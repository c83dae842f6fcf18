/**
 * How long an organization's rows are kept, in whole days. A profile keeps the policy it started with;
 * this one is the exception: a change of it reaches all rows, also those written before.
 */
export type RetentionPolicy = {
  /** An approved profile: after the client reported the end of the relationship. */
  readonly approvedDays: number;
  /** Every other profile: after its final status. */
  readonly otherDays: number;
  /** What agents and queues did outside one profile: after it happened. */
  readonly deskDays: number;
  /** Changes of settings, holds of the whole organization: after they were made. */
  readonly organizationDays: number;
};

/**
 * Five years after the relationship are what RBI asks for at the least: 1,827 days are five years with
 * two leap days. Logs have to be kept for a year under India's DPDP Rules (2025), 8(3).
 */
export const DEFAULT_RETENTION: RetentionPolicy = {
  approvedDays: 1_827,
  otherDays: 365,
  deskDays: 365,
  organizationDays: 3_650,
};

/** A hundred years: an end later than that is none. */
const MOST_DAYS = 36_500;

/** What is wrong with a declared policy, as sentences: no row may expire by such. */
export function retentionProblems(policy: RetentionPolicy): string[] {
  const names = Object.keys(DEFAULT_RETENTION) as (keyof RetentionPolicy)[];
  return names
    .filter((name) => {
      const days = policy[name];
      return !Number.isInteger(days) || days < 1 || days > MOST_DAYS;
    })
    .map((name) => `${name} is no number of days, 1 to ${MOST_DAYS}`);
}
