-- Where each profile stands: the row with the highest seq of its stream.
--
-- Current-state tables have no TTL on purpose. It would remove the newest row, which knows its end,
-- and leave an older one that did not know it yet: a finished case would come back as an open one
-- (measured, with OPTIMIZE FINAL too). Reads obey expires_at; clickhouse/purge.ts deletes by key.
CREATE TABLE IF NOT EXISTS profiles {on_cluster} (
  ouid LowCardinality(String),
  profile_id String,
  ext_reference_id String,
  profile_status LowCardinality(String),
  status_since DateTime64(3, 'UTC'),
  created_at DateTime64(3, 'UTC'),
  queue_id LowCardinality(String),
  queue_name LowCardinality(String),
  language LowCardinality(String),
  agent_id String,
  reviewer_id String,
  capture_session_id String,
  av_session_id String,
  attempt UInt64,
  reason LowCardinality(String),
  reason_class LowCardinality(String),
  party LowCardinality(String),
  seq UInt64,
  updated_at DateTime64(3, 'UTC'),
  expires_at DateTime64(3, 'UTC'),
  INDEX ix_reference ext_reference_id TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY (ouid, profile_id)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS profiles_mv {on_cluster} TO profiles AS
SELECT
  l.ouid AS ouid,
  l.profile_id AS profile_id,
  l.ext_reference_id AS ext_reference_id,
  l.profile_status AS profile_status,
  ifNull(l.status_since, l.occurred_at) AS status_since,
  ifNull(l.created_at, l.occurred_at) AS created_at,
  l.queue_id AS queue_id,
  l.queue_name AS queue_name,
  l.language AS language,
  l.agent_id AS agent_id,
  l.reviewer_id AS reviewer_id,
  l.capture_session_id AS capture_session_id,
  l.av_session_id AS av_session_id,
  l.attempt AS attempt,
  l.reason AS reason,
  l.reason_class AS reason_class,
  l.party AS party,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'profile' AND l.profile_id != '';
