-- What was to be checked and how it was judged. An event about a task carries it whole in
-- details.task. The JSON functions give an empty value where another type stands: a view that threw
-- would keep the event itself out of the log.
CREATE TABLE IF NOT EXISTS tasks {on_cluster} (
  ouid LowCardinality(String),
  profile_id String,
  task_id String,
  ext_reference_id String,
  av_session_id String,
  agent_id String,
  reviewer_id String,
  template_id LowCardinality(String),
  title LowCardinality(String),
  kind LowCardinality(String),
  subject LowCardinality(String),
  mandatory Bool,
  verdict LowCardinality(String),
  review_verdict LowCardinality(String),
  seq UInt64,
  updated_at DateTime64(3, 'UTC'),
  expires_at DateTime64(3, 'UTC')
) ENGINE = {replicated}ReplacingMergeTree(seq)
ORDER BY (ouid, profile_id, task_id)
SETTINGS non_replicated_deduplication_window = 0, replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS tasks_mv {on_cluster} TO tasks AS
SELECT
  l.ouid AS ouid,
  l.profile_id AS profile_id,
  l.task_id AS task_id,
  l.ext_reference_id AS ext_reference_id,
  l.av_session_id AS av_session_id,
  l.agent_id AS agent_id,
  l.reviewer_id AS reviewer_id,
  JSONExtractString(l.details, 'task', 'templateId') AS template_id,
  JSONExtractString(l.details, 'task', 'title') AS title,
  JSONExtractString(l.details, 'task', 'kind') AS kind,
  JSONExtractString(l.details, 'task', 'subject') AS subject,
  JSONExtractBool(l.details, 'task', 'mandatory') AS mandatory,
  JSONExtractString(l.details, 'task', 'verdict') AS verdict,
  JSONExtractString(l.details, 'task', 'reviewVerdict') AS review_verdict,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'profile' AND l.task_id != '' AND JSONHas(l.details, 'task');
