-- The organizations and the version of their settings (details.organization).
CREATE TABLE IF NOT EXISTS organizations {on_cluster} (
  ouid LowCardinality(String),
  version UInt64,
  name String,
  seq UInt64,
  updated_at DateTime64(3, 'UTC'),
  expires_at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY ouid
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS organizations_mv {on_cluster} TO organizations AS
SELECT
  l.ouid AS ouid,
  JSONExtractUInt(l.details, 'organization', 'version') AS version,
  JSONExtractString(l.details, 'organization', 'name') AS name,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'organization' AND JSONHas(l.details, 'organization');
