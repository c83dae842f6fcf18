-- Webhooks of the video service as they were received, without what is personal or secret. The key
-- makes an event one row, however often it was sent; received_at is not in it. Events of rooms that
-- are none of ours have an empty ouid, so nobody's query finds them.
CREATE TABLE IF NOT EXISTS video_events {on_cluster} (
  ouid LowCardinality(String),
  av_session_id String CODEC(ZSTD(1)),
  profile_id String CODEC(ZSTD(1)),
  workspace LowCardinality(String),
  room_id String CODEC(ZSTD(1)),
  session_id String CODEC(ZSTD(1)),
  event_id String CODEC(ZSTD(1)),
  event_type LowCardinality(String),
  occurred_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  received_at DateTime64(3, 'UTC') CODEC(Delta(8), ZSTD(1)),
  body String CODEC(ZSTD(3)),
  expires_at DateTime64(3, 'UTC') CODEC(ZSTD(1))
) ENGINE = {replicated}ReplacingMergeTree
ORDER BY (ouid, av_session_id, event_id)
TTL expires_at
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;
