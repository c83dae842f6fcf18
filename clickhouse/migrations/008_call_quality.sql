-- What the clients of a call saw of it: scores, statistics, lost connections, errors of the SDK.
--
-- A batch sent again has the same keys, so a merge or FINAL leaves each sample once. `at` is the
-- client's clock. `code` is in the key because two errors may come in one millisecond. A sample lives
-- as long as its profile: reads ask the profile, clickhouse/purge.ts deletes by it.
CREATE TABLE IF NOT EXISTS call_quality {on_cluster} (
  ouid LowCardinality(String),
  profile_id String CODEC(ZSTD(1)),
  av_session_id String CODEC(ZSTD(1)),
  who LowCardinality(String),
  at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  kind LowCardinality(String),
  score Nullable(Int8),
  jitter_ms Nullable(Float64),
  round_trip_ms Nullable(Float64),
  packet_loss_percent Nullable(Float64),
  frame_drop_percent Nullable(Float64),
  bitrate_up_kbps Nullable(Float64),
  bitrate_down_kbps Nullable(Float64),
  code UInt16,
  terminal Bool,
  expires_at DateTime64(3, 'UTC') CODEC(ZSTD(1)),
  recorded_at DateTime64(3, 'UTC') DEFAULT now64(3) CODEC(Delta(8), ZSTD(1)),
  CONSTRAINT has_tenant CHECK ouid != ''
) ENGINE = {replicated}ReplacingMergeTree
PARTITION BY toYYYYMM(at)
ORDER BY (ouid, av_session_id, who, at, kind, code)
TTL expires_at
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;
