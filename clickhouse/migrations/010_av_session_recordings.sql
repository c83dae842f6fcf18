-- The room at the video service, what the system made of the call's end, and what became of its
-- recording. Rows of before have none of it.
ALTER TABLE av_sessions {on_cluster}
  ADD COLUMN IF NOT EXISTS room_id String AFTER end_party,
  ADD COLUMN IF NOT EXISTS system_cause LowCardinality(String) AFTER room_id,
  ADD COLUMN IF NOT EXISTS recording LowCardinality(String) AFTER system_cause,
  ADD COLUMN IF NOT EXISTS recording_doubts Array(LowCardinality(String)) AFTER recording;

ALTER TABLE av_sessions_mv {on_cluster} MODIFY QUERY
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
  JSONExtractString(l.details, 'av', 'roomId') AS room_id,
  JSONExtractString(l.details, 'av', 'systemCause') AS system_cause,
  JSONExtractString(l.details, 'av', 'recording') AS recording,
  JSONExtract(l.details, 'av', 'recordingDoubts', 'Array(String)') AS recording_doubts,
  l.seq AS seq,
  l.occurred_at AS updated_at,
  l.expires_at AS expires_at
FROM activity_log AS l
WHERE l.stream = 'profile' AND startsWith(l.event_type, 'av.') AND l.av_session_id != ''
  AND JSONHas(l.details, 'av');
