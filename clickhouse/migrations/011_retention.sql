-- How long rows are kept (clickhouse/kept.ts has the rule). The policy is the organization's newest
-- settings event; 0 in an event of before there was one: the default.
ALTER TABLE organizations {on_cluster}
  ADD COLUMN IF NOT EXISTS approved_days UInt32 AFTER name,
  ADD COLUMN IF NOT EXISTS other_days UInt32 AFTER approved_days,
  ADD COLUMN IF NOT EXISTS desk_days UInt32 AFTER other_days,
  ADD COLUMN IF NOT EXISTS organization_days UInt32 AFTER desk_days;

ALTER TABLE organizations_mv {on_cluster} MODIFY QUERY
SELECT
  l.ouid AS ouid,
  JSONExtractUInt(l.details, 'organization', 'version') AS version,
  JSONExtractString(l.details, 'organization', 'name') AS name,
  toUInt32(JSONExtractUInt(l.details, 'organization', 'retention', 'approvedDays')) AS approved_days,
  toUInt32(JSONExtractUInt(l.details, 'organization', 'retention', 'otherDays')) AS other_days,
  toUInt32(JSONExtractUInt(l.details, 'organization', 'retention', 'deskDays')) AS desk_days,
  toUInt32(JSONExtractUInt(l.details, 'organization', 'retention', 'organizationDays')) AS organization_days,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'organization' AND JSONHas(l.details, 'organization');

-- What came after profiles had ended: ends of relationships, legal holds (details.fact of the retention
-- stream's events). Of one kind, profile and ref the highest seq counts. An empty profile_id is the
-- whole organization. No TTL, as for all current states: see 003.
CREATE TABLE IF NOT EXISTS retention {on_cluster} (
  ouid LowCardinality(String),
  profile_id String,
  kind LowCardinality(String),
  ref String,
  at DateTime64(3, 'UTC'),
  active Bool,
  actor_type LowCardinality(String),
  actor_id String,
  seq UInt64,
  updated_at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY (ouid, profile_id, kind, ref)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS retention_mv {on_cluster} TO retention AS
SELECT
  l.ouid AS ouid,
  l.profile_id AS profile_id,
  JSONExtractString(l.details, 'fact', 'kind') AS kind,
  JSONExtractString(l.details, 'fact', 'ref') AS ref,
  ifNull(parseDateTime64BestEffortOrNull(JSONExtractString(l.details, 'fact', 'at'), 3, 'UTC'), l.occurred_at) AS at,
  JSONExtractBool(l.details, 'fact', 'active') AS active,
  l.actor_type AS actor_type,
  l.actor_id AS actor_id,
  l.seq AS seq,
  l.occurred_at AS updated_at
FROM activity_log AS l
WHERE l.stream = 'retention' AND JSONHas(l.details, 'fact');
