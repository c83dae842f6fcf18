-- Everything that ever happened, append-only, without personal data.
--
-- The sorting key makes rows idempotent: a row written again has the same key, and a merge or FINAL
-- leaves one. It starts with the tenant and holds nothing that a retry could change (occurred_at is
-- minted once, by the workflow). LowCardinality instead of Enum: an unknown value in an Enum fails
-- the whole insert. Blocks are not deduplicated: the key does it, and a window could drop rows.
CREATE TABLE IF NOT EXISTS activity_log {on_cluster} (
  ouid LowCardinality(String),
  stream LowCardinality(String),
  stream_id String CODEC(ZSTD(1)),
  seq UInt64 CODEC(T64, ZSTD(1)),
  event_id UUID,
  event_type LowCardinality(String),
  occurred_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  profile_id String CODEC(ZSTD(1)),
  ext_reference_id String CODEC(ZSTD(1)),
  capture_session_id String CODEC(ZSTD(1)),
  av_session_id String CODEC(ZSTD(1)),
  agent_id String CODEC(ZSTD(1)),
  reviewer_id String CODEC(ZSTD(1)),
  task_id String CODEC(ZSTD(1)),
  document_id String CODEC(ZSTD(1)),
  queue_id LowCardinality(String),
  queue_name LowCardinality(String),
  profile_status LowCardinality(String),
  reason LowCardinality(String),
  reason_class LowCardinality(String),
  party LowCardinality(String),
  actor_type LowCardinality(String),
  actor_id String CODEC(ZSTD(1)),
  language LowCardinality(String),
  attempt UInt64 CODEC(T64, ZSTD(1)),
  created_at Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
  status_since Nullable(DateTime64(3, 'UTC')) CODEC(ZSTD(1)),
  duration_ms UInt64 CODEC(T64, ZSTD(1)),
  details String CODEC(ZSTD(3)),
  -- 2100-01-01 = kept until the retention rule can be known. Later values are never written: a
  -- 32-bit time ends in 2106 and wraps, and a wrapped TTL deletes live rows.
  expires_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),
  INDEX ix_profile profile_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX ix_agent agent_id TYPE bloom_filter(0.01) GRANULARITY 1,
  INDEX ix_recorded recorded_at TYPE minmax GRANULARITY 1,
  CONSTRAINT has_tenant CHECK ouid != ''
) ENGINE = {replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(occurred_at)
ORDER BY (ouid, stream, occurred_at, stream_id, seq)
TTL expires_at
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;
