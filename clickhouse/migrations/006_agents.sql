-- What each agent is doing, as the desk saw it last (details.agent of the desk's events).
CREATE TABLE IF NOT EXISTS agents {on_cluster} (
  ouid LowCardinality(String),
  agent_id String,
  state LowCardinality(String),
  since Nullable(DateTime64(3, 'UTC')),
  languages Array(LowCardinality(String)),
  skills Array(LowCardinality(String)),
  profile_id String,
  offer_id String,
  seq UInt64,
  updated_at DateTime64(3, 'UTC'),
  expires_at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY (ouid, agent_id)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS agents_mv {on_cluster} TO agents AS
SELECT
  l.ouid AS ouid,
  l.agent_id AS agent_id,
  JSONExtractString(l.details, 'agent', 'state') AS state,
  parseDateTime64BestEffortOrNull(JSONExtractString(l.details, 'agent', 'since'), 3, 'UTC') AS since,
  JSONExtract(l.details, 'agent', 'languages', 'Array(String)') AS languages,
  JSONExtract(l.details, 'agent', 'skills', 'Array(String)') AS skills,
  JSONExtractString(l.details, 'agent', 'profileId') AS profile_id,
  JSONExtractString(l.details, 'agent', 'offerId') AS offer_id,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'desk' AND l.agent_id != '' AND JSONHas(l.details, 'agent');
