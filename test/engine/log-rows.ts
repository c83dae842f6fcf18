import { BLANK_COLUMNS, type LogRow } from '../../src/domain/log-row';

const START = Date.UTC(2026, 0, 15, 9);

/** A row of the profile stream as a machine writes it; `seq` also says when it happened. */
export function profileRow(
  row: Partial<LogRow> & Pick<LogRow, 'ouid' | 'profileId' | 'seq'>,
): LogRow {
  return {
    ...BLANK_COLUMNS,
    stream: 'profile',
    streamId: row.profileId,
    eventType: row.seq === 1 ? 'profile.created' : 'profile.changed',
    occurredAt: new Date(START + row.seq * 1_000).toISOString(),
    extReferenceId: `ref-${row.profileId}`,
    profileStatus: 'CAPTURE_PENDING',
    actorType: 'SYSTEM',
    actorId: 'system',
    language: 'en',
    createdAt: new Date(START).toISOString(),
    statusSince: new Date(START).toISOString(),
    details: {},
    ...row,
  };
}
