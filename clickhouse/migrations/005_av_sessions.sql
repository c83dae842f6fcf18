-- Each assisted-video session: who, when, how it ended. Events `av.…` carry it in details.av.
CREATE TABLE IF NOT EXISTS av_sessions {on_cluster} (
  ouid LowCardinality(String),
  profile_id String,
  av_session_id String,
  ext_reference_id String,
  agent_id String,
  queue_id LowCardinality(String),
  queue_name LowCardinality(String),
  language LowCardinality(String),
  attempt UInt64,
  room String,
  opened_at Nullable(DateTime64(3, 'UTC')),
  started_at Nullable(DateTime64(3, 'UTC')),
  ended_at Nullable(DateTime64(3, 'UTC')),
  end_why LowCardinality(String),
  end_party LowCardinality(String),
  seq UInt64,
  updated_at DateTime64(3, 'UTC'),
  expires_at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY (ouid, profile_id, av_session_id)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS av_sessions_mv {on_cluster} TO av_sessions AS
SELECT
  l.ouid AS ouid,
  l.profile_id AS profile_id,
  l.av_session_id AS av_session_id,
  l.ext_reference_id AS ext_reference_id,
  JSONExtractString(l.details, 'av', 'agentId') AS agent_id,
  l.queue_id AS queue_id,
  l.queue_name AS queue_name,
  l.language AS language,
  l.attempt AS attempt,
  JSONExtractString(l.details, 'av', 'room') AS room,
  parseDateTime64BestEffortOrNull(JSONExtractString(l.details, 'av', 'openedAt'), 3, 'UTC') AS opened_at,
  parseDateTime64BestEffortOrNull(JSONExtractString(l.details, 'av', 'startedAt'), 3, 'UTC') AS started_at,
  parseDateTime64BestEffortOrNull(JSONExtractString(l.details, 'av', 'endedAt'), 3, 'UTC') AS ended_at,
  JSONExtractString(l.details, 'av', 'endWhy') AS end_why,
  JSONExtractString(l.details, 'av', 'endParty') AS end_party,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'profile' AND startsWith(l.event_type, 'av.') AND l.av_session_id != ''
  AND JSONHas(l.details, 'av');
