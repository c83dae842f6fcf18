/** What each table is, and what its columns say. The page is made of this and of the migrations. */
interface TableWords {
  readonly what: string;
  /** Those that mean what they mean everywhere (COMMON) need not be said again. */
  readonly columns: Readonly<Record<string, string>>;
}

/** What a column of this name means in every table. */
const COMMON: Readonly<Record<string, string>> = {
  ouid: 'OUID, the tenant; first in every sorting key and every query',
  profile_id: 'ProfileID, the case; empty where there is none',
  ext_reference_id: 'ExtReferenceID, the client’s reference of the case',
  capture_session_id: 'CaptureSessionID, `<ProfileID>.c<n>`',
  av_session_id: 'AVSessionID, `<ProfileID>.<n>`',
  agent_id: 'AgentID, the maker',
  reviewer_id: 'ReviewerID, the checker',
  task_id: 'TaskID, `<AVSessionID>.t<n>`',
  document_id: 'documentId, `<ProfileID>.d<n>`',
  queue_id: 'QueueID',
  queue_name: 'QueueName',
  language: 'the customer’s language',
  attempt: 'number of the current or last AV session of the case; 0 before the first',
  reason: 'Reason, a code of the catalogue (`GET /v1/reasons`)',
  reason_class: 'BUSINESS or TECHNICAL',
  party: 'who is at fault: CUSTOMER, AGENT, PLATFORM, SOURCE',
  profile_status: 'ProfileStatus after the event',
  status_since: 'when that status began',
  created_at: 'when the case was created',
  actor_type: 'who caused it: CLIENT, CUSTOMER, AGENT, REVIEWER, SUPERVISOR, OPERATIONS, SYSTEM',
  actor_id: 'his opaque id; of SYSTEM the part that acted',
  seq: 'number of the event that the row stands for; the highest wins',
  updated_at: 'when that event happened',
  expires_at: 'an end of the row’s own; 2100-01-01 = none, its retention decides',
  recorded_at: 'when the row went in, by the server’s clock',
};

const WORDS: Readonly<Record<string, TableWords>> = {
  activity_log: {
    what: 'Everything that happened, one row for each event. Append-only, without personal data. A row written again has the same key, and counts once when read with `FINAL` or by `event_id`.',
    columns: {
      stream: 'which numbering: `profile`, `desk`, `organization`, `retention`, `access`',
      stream_id:
        'ProfileID in `profile`, the access’ own id in `access`, the OUID in the other streams',
      seq: '1, 2, 3 … without gaps in each stream; 0 in `access`',
      event_id: 'UUIDv5 of stream, OUID, stream_id and seq: the same again for a row written again',
      event_type: 'one of the events above',
      occurred_at: 'when it happened; minted once, by the workflow',
      status_since: 'when the status began; NULL outside the profile stream',
      created_at: 'when the case was created; NULL outside the profile stream',
      duration_ms:
        'how long that lasted which ended with this event (a wait, a call, a review), else 0',
      details: 'JSON: what belongs to this event type alone',
    },
  },
  quarantine: {
    what: 'Rows that the log could not take, as they came, until they are mended and replayed (`npm run log:quarantine`). Everything is text.',
    columns: {
      stream: 'as in the log',
      stream_id: 'as in the log',
      seq: 'as in the log, as text',
      event_id: 'as in the log, as text',
      event_type: 'as in the log',
      error_code: 'why it was refused: ClickHouse’s code, or POISON_VALUE',
      error_column: 'the column or field, where it is known',
      row: 'the row as the workflow sent it, JSON',
      quarantined_at: 'when',
    },
  },
  profiles: { what: 'Where each case stands: its newest event’s row.', columns: {} },
  tasks: {
    what: 'What was to be checked and how it was judged (`details.task` of the newest event about it).',
    columns: {
      template_id: 'of the organization’s templates; empty: the agent’s own',
      title: 'what to do',
      kind: 'DETAIL, DOCUMENT or QUESTION',
      subject: 'which detail, document or question',
      mandatory: 'the maker cannot approve while it is open',
      verdict: 'the maker’s: PASS, FAIL, NA; empty: open',
      review_verdict: 'the checker’s',
    },
  },
  av_sessions: {
    what: 'Each assisted-video session (`details.av` of its newest `av.…` event).',
    columns: {
      room: 'OPENING, OPEN, FAILED, CLOSING, LOCKED',
      opened_at: 'when the agent was assigned',
      started_at: 'when both were in',
      ended_at: 'when the call was over',
      end_why: 'why it ended',
      end_party: 'who is at fault for the end',
      room_id: 'the provider’s id of the room',
      system_cause: 'reason of the catalogue for what the system saw at the end; empty: nothing',
      recording: 'what became of the recording; empty: none is expected',
      recording_doubts: 'what a checker has to know of it',
    },
  },
  agents: {
    what: 'What each agent is doing, as the desk saw it last (`details.agent`).',
    columns: {
      state: 'FREE, OFFERED, BUSY, WRAP_UP, PAUSED, AWAY, OFFLINE',
      since: 'since when',
      languages: 'that he speaks',
      skills: 'that he has',
      profile_id: 'whom he is offered or in a call with',
      offer_id: 'the offer',
    },
  },
  organizations: {
    what: 'The version of each organization’s settings, and how long its rows are kept (0: the default).',
    columns: {
      version: 'of the settings',
      name: 'of the organization',
      approved_days: 'an approved profile: after the end of its relationship',
      other_days: 'every other profile: after its final status',
      desk_days: 'what agents and queues did: after it happened',
      organization_days: 'changes of settings: after they were made',
    },
  },
  call_quality: {
    what: 'What the clients of a call saw of it: scores, statistics, lost connections, errors.',
    columns: {
      who: 'CUSTOMER or AGENT',
      at: 'when, by that client’s clock',
      kind: 'NETWORK, STATS, RECONNECTING, RECONNECTED, ERROR',
      score: 'of the network, -1 to 5',
      jitter_ms: 'ms',
      round_trip_ms: 'ms',
      packet_loss_percent: '0 to 100',
      frame_drop_percent: '0 to 100',
      bitrate_up_kbps: 'sent',
      bitrate_down_kbps: 'received',
      code: 'of the SDK’s error; 0 for other kinds',
      terminal: 'the error ended the call for this client',
    },
  },
  video_events: {
    what: 'Webhooks of the video service as they were received, without what is personal or secret. Rooms that are none of ours have an empty OUID, and their rows go after 30 days.',
    columns: {
      workspace: 'of the video service',
      room_id: 'the service’s id of the room',
      session_id: 'the service’s id of the session',
      event_id: 'the service’s id of the event',
      event_type: 'the service’s word',
      occurred_at: 'the service’s time',
      received_at: 'when it came first',
      body: 'JSON: what is kept of it, and the names of what is not',
    },
  },
  retention: {
    what: 'What came after profiles had ended: ends of relationships and legal holds (`details.fact`). An empty profile_id is the whole organization.',
    columns: {
      kind: 'RELATIONSHIP_END or LEGAL_HOLD',
      ref: 'the hold’s id',
      at: 'when the relationship ended; when the hold was set or lifted',
      active: 'false: it was lifted',
    },
  },
};

export function wordsOf(table: string): string {
  return WORDS[table]?.what ?? '';
}

/** '' for a column that nobody described. */
export function meaningOf(table: string, column: string): string {
  return WORDS[table]?.columns[column] ?? COMMON[column] ?? '';
}

/** Descriptions of what is not there (any more). */
export function wordsForNothing(
  tables: readonly {
    readonly name: string;
    readonly columns: readonly { readonly name: string }[];
  }[],
): string[] {
  return Object.entries(WORDS).flatMap(([name, { columns }]) => {
    const table = tables.find((one) => one.name === name);
    const known = table?.columns.map((column) => column.name) ?? [];
    return table
      ? Object.keys(columns)
          .filter((column) => !known.includes(column))
          .map((c) => `${name}.${c}`)
      : [name];
  });
}
