-- Rows that the log cannot store, as they came, so that they can be mended and replayed. Everything
-- is text: nothing a row holds can keep it out of here.
CREATE TABLE IF NOT EXISTS quarantine {on_cluster} (
  ouid String,
  stream String,
  stream_id String,
  seq String,
  profile_id String,
  event_id String,
  event_type String,
  error_code String,
  error_column String,
  row String CODEC(ZSTD(3)),
  quarantined_at DateTime64(3, 'UTC') DEFAULT now64(3)
) ENGINE = {replicated}ReplacingMergeTree
ORDER BY (ouid, stream, stream_id, seq, event_id)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;
