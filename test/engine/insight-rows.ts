import type { AvSnapshot } from '../../src/domain/events';
import { BLANK_COLUMNS, type LogRow } from '../../src/domain/log-row';
import { reason as reasonOf } from '../../src/domain/reasons';

export const BANK = 'bank';
/** A Tuesday without any clock being changed. */
export const MORNING = Date.UTC(2026, 5, 16, 4);

type Given = Partial<LogRow> & { readonly ouid?: string };

/** Rows of one case, each a little later than the one before. */
export class Case {
  private seq = 0;
  readonly rows: LogRow[] = [];

  constructor(
    readonly profileId: string,
    private at: number,
    private readonly about: Given = {},
  ) {}

  /** `later`: after the event before it, ms. */
  add(eventType: string, later: number, given: Given = {}): this {
    this.at += later;
    this.seq += 1;
    const code = given.reason ?? '';
    const known = code === '' ? undefined : reasonOf(code);
    this.rows.push({
      ...BLANK_COLUMNS,
      ouid: BANK,
      stream: 'profile',
      streamId: this.profileId,
      seq: this.seq,
      eventType,
      occurredAt: new Date(this.at).toISOString(),
      profileId: this.profileId,
      extReferenceId: `ref-${this.profileId}`,
      profileStatus: 'QUEUED',
      actorType: 'SYSTEM',
      actorId: 'system',
      language: 'en',
      queueId: 'english',
      createdAt: new Date(this.at).toISOString(),
      statusSince: new Date(this.at).toISOString(),
      reasonClass: known?.class ?? '',
      party: known?.party ?? '',
      details: {},
      ...this.about,
      ...given,
    });
    return this;
  }

  /** Both come in, talk and part; `cause`: what the system made of the end. */
  call(n: number, agentId: string, talkMs: number, why = 'AGENT_ENDED', cause = ''): this {
    const about = { avSessionId: `${this.profileId}.${n}`, agentId, attempt: n };
    const startedAt = talkMs === 0 ? '' : new Date(this.at + 1_000).toISOString();
    const av: Partial<AvSnapshot> = { agentId, startedAt, endWhy: why, systemCause: cause };
    this.add('av.opened', 0, { ...about, details: { av: { agentId } } });
    if (talkMs > 0) this.add('av.started', 1_000, { ...about, details: { av } });
    const endedAt = new Date(this.at + Math.max(talkMs, 1)).toISOString();
    const ended = { ...av, endedAt, openedAt: startedAt, recording: talkMs > 0 ? 'RECORDED' : '' };
    return this.add('av.ended', Math.max(talkMs, 1), {
      ...about,
      durationMs: talkMs,
      details: { why, av: { ...ended, recordingDoubts: why === 'DROPPED' ? ['TOO_SHORT'] : [] } },
    });
  }

  maker(n: number, agentId: string, decision: string, reason = '', later = 20_000): this {
    const about = { avSessionId: `${this.profileId}.${n}`, agentId, attempt: n };
    return this.add('maker.decided', later, {
      ...about,
      reason,
      durationMs: later,
      details: { decision },
    });
  }

  checker(reviewerId: string, agentId: string, details: LogRow['details'], reason = ''): this {
    return this.add('review.claimed', 30_000, {
      reviewerId,
      agentId,
      details: { picked: false },
    }).add('checker.decided', 60_000, {
      reviewerId,
      agentId,
      reason,
      durationMs: 60_000,
      attempt: 1,
      details,
    });
  }

  finished(profileStatus: LogRow['profileStatus'], given: Given = {}): this {
    return this.add('profile.finished', 0, { profileStatus, durationMs: 600_000, ...given });
  }
}

/** Events of one desk. */
export class Desk {
  private seq = 0;
  readonly rows: LogRow[] = [];

  constructor(private readonly ouid = BANK) {}

  add(eventType: string, at: number, agentId: string, state: string, given: Given = {}): this {
    this.seq += 1;
    const { details = {}, ...rest } = given;
    this.rows.push({
      ...BLANK_COLUMNS,
      ouid: this.ouid,
      stream: 'desk',
      streamId: this.ouid,
      seq: this.seq,
      eventType,
      occurredAt: new Date(at).toISOString(),
      actorType: 'SYSTEM',
      actorId: 'system',
      agentId,
      details: { agent: { state, profileId: given.profileId ?? '', pauseReason: '' }, ...details },
      ...rest,
    });
    return this;
  }
}
