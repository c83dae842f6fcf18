import type { RetentionFact } from '../../src/domain/events';
import type { LogRow } from '../../src/domain/log-row';
import type { RetentionPolicy } from '../../src/domain/retention/policy';
import type { ProfileStatus } from '../../src/domain/words';
import { profileRow } from './log-rows';

export const DAY = 24 * 60 * 60 * 1_000;
/** In days, round and all different, so that no one can stand in for another. */
export const POLICY: RetentionPolicy = {
  approvedDays: 1_800,
  otherDays: 300,
  deskDays: 100,
  organizationDays: 600,
};

/** What happened to an organization so many days ago, in order. */
export interface Story {
  readonly ouid: string;
  readonly facts: readonly (
    | { readonly daysAgo: number; readonly status: ProfileStatus }
    | { readonly daysAgo: number; readonly ended: number }
    | { readonly daysAgo: number; readonly hold: string; readonly on?: 'ALL'; readonly lift?: true }
    | { readonly daysAgo: number; readonly policy: Partial<RetentionPolicy> }
  )[];
}

/** The one profile of each story. */
export const profileOf = (ouid: string): string => `${ouid}-p`;

/** As its workflows would write them; `agoOf` turns days ago into a time. */
export function rowsOf({ ouid, facts }: Story, agoOf: (days: number) => string): LogRow[] {
  const seqs = { profile: 0, retention: 0, organization: 0 };
  return facts.map((fact): LogRow => {
    const occurredAt = agoOf(fact.daysAgo);
    const row = (stream: keyof typeof seqs, fields: Partial<LogRow>): LogRow => {
      const seq = ++seqs[stream];
      return {
        ...profileRow({ ouid, profileId: '', seq, stream, streamId: ouid, occurredAt }),
        eventType: `${stream}.event`,
        createdAt: '',
        statusSince: '',
        ...fields,
      };
    };
    if ('status' in fact) {
      const profileId = profileOf(ouid);
      const since = { createdAt: occurredAt, statusSince: occurredAt };
      const own = { profileId, streamId: profileId, profileStatus: fact.status, ...since };
      return row('profile', own);
    }
    if ('policy' in fact) {
      const organization = { version: 1, name: ouid, retention: { ...POLICY, ...fact.policy } };
      return row('organization', { details: { organization } });
    }
    const about: RetentionFact =
      'ended' in fact
        ? { kind: 'RELATIONSHIP_END', ref: '', at: agoOf(fact.ended), active: true }
        : { kind: 'LEGAL_HOLD', ref: fact.hold, at: occurredAt, active: !fact.lift };
    const profileId = 'on' in fact ? '' : profileOf(ouid);
    return row('retention', { profileId, details: { fact: about } });
  });
}

/** Ten stories, and whether the profile is still shown. Ends are missed or kept by a day. */
export const STORIES: readonly (Story & { readonly what: string; readonly kept: boolean })[] = [
  {
    what: 'an approved one without an end, for 20 years',
    ouid: 'approved-20-years',
    kept: true,
    facts: [
      { daysAgo: 7_305, policy: {} },
      { daysAgo: 7_305, status: 'APPROVED' },
    ],
  },
  {
    what: 'an approved one, one day before the years after its relationship are over',
    ouid: 'approved-ended',
    kept: true,
    facts: [
      { daysAgo: 5_000, policy: {} },
      { daysAgo: 4_000, status: 'APPROVED' },
      { daysAgo: 1_790, ended: 1_799 },
    ],
  },
  {
    what: 'an approved one, one day after',
    ouid: 'approved-over',
    kept: false,
    facts: [
      { daysAgo: 5_000, policy: {} },
      { daysAgo: 4_000, status: 'APPROVED' },
      { daysAgo: 1_790, ended: 1_801 },
    ],
  },
  {
    what: 'an approved one whose end was reported again with a later date',
    ouid: 'approved-corrected',
    kept: true,
    facts: [
      { daysAgo: 5_000, policy: {} },
      { daysAgo: 4_000, status: 'APPROVED' },
      { daysAgo: 1_790, ended: 3_000 },
      { daysAgo: 1_000, ended: 1_000 },
    ],
  },
  {
    what: 'a rejected one, one day before its time',
    ouid: 'rejected',
    kept: true,
    facts: [
      { daysAgo: 400, policy: {} },
      { daysAgo: 400, status: 'IN_REVIEW' },
      { daysAgo: 299, status: 'REJECTED' },
    ],
  },
  {
    what: 'a cancelled one after its time',
    ouid: 'cancelled-over',
    kept: false,
    facts: [
      { daysAgo: 400, policy: {} },
      { daysAgo: 400, status: 'CAPTURE_PENDING' },
      { daysAgo: 301, status: 'CANCELLED' },
    ],
  },
  {
    what: 'an open one, however old',
    ouid: 'open',
    kept: true,
    facts: [
      { daysAgo: 4_000, policy: {} },
      { daysAgo: 4_000, status: 'ON_HOLD' },
    ],
  },
  {
    what: 'one that expired by an older policy, after the policy was made longer',
    ouid: 'policy-longer',
    kept: true,
    facts: [
      { daysAgo: 900, policy: {} },
      { daysAgo: 800, status: 'EXPIRED' },
      { daysAgo: 1, policy: { otherDays: 1_000 } },
    ],
  },
  {
    what: 'one under two holds of which one was lifted',
    ouid: 'held',
    kept: true,
    facts: [
      { daysAgo: 900, policy: {} },
      { daysAgo: 800, status: 'UNABLE_TO_VERIFY' },
      { daysAgo: 700, hold: 'court-1' },
      { daysAgo: 650, hold: 'court-2' },
      { daysAgo: 10, hold: 'court-1', lift: true },
    ],
  },
  {
    what: 'one whose organization was held, after that was lifted',
    ouid: 'hold-lifted',
    kept: false,
    facts: [
      { daysAgo: 900, policy: {} },
      { daysAgo: 800, status: 'REJECTED' },
      { daysAgo: 700, hold: 'audit', on: 'ALL' },
      { daysAgo: 2, hold: 'audit', on: 'ALL', lift: true },
    ],
  },
];
