import { randomUUID } from 'node:crypto';
import { BLANK_COLUMNS, isoTime, type LogRow } from '../src/domain/log-row';
import type { Actor, Json } from '../src/domain/words';

/** One read of something that is about a person. Ids only. */
export interface Access {
  /** What was read: `access.details-read`, `access.document-read`, … */
  readonly eventType: `access.${string}`;
  readonly actor: Actor;
  readonly profileId: string;
  readonly extReferenceId?: string;
  readonly documentId?: string;
  readonly avSessionId?: string;
  readonly details?: Readonly<Record<string, Json>>;
}

/** The group-commit writer of this process. */
export interface AccessWriter {
  write(rows: readonly LogRow[]): Promise<void>;
}

/**
 * Who read what. The stream has ids and no seq: every read is an event of its own, written before
 * it is answered.
 */
export class AccessLog {
  constructor(
    private readonly writer: AccessWriter,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Resolves when the read is recorded; only then it may be answered.
   *
   * @returns the access id.
   * @throws LogUnavailableError when it could not be recorded: the read must be refused.
   */
  async recordAccess(ouid: string, access: Access): Promise<string> {
    const streamId = randomUUID();
    const role = access.actor.type;
    await this.writer.write([
      {
        ...BLANK_COLUMNS,
        ouid,
        stream: 'access',
        streamId,
        seq: 0,
        eventType: access.eventType,
        occurredAt: isoTime(this.now()),
        profileId: access.profileId,
        extReferenceId: access.extReferenceId ?? '',
        avSessionId: access.avSessionId ?? '',
        agentId: role === 'AGENT' ? access.actor.id : '',
        reviewerId: role === 'REVIEWER' ? access.actor.id : '',
        documentId: access.documentId ?? '',
        actorType: role,
        actorId: access.actor.id,
        details: access.details ?? {},
      },
    ]);
    return streamId;
  }
}
