import { isFinal } from '../../domain/words';
import { select, type LogClient } from '../../../clickhouse/client';
import { lastOf, type Log } from './log-reader';

/** A current-state table, and where in `activity_log` each of its columns comes from. */
interface StateTable {
  readonly table: 'profiles' | 'tasks' | 'av_sessions' | 'agents';
  readonly key: string;
  /** Which events of the log tell of it. */
  readonly from: string;
  /** Column → expression over a row of the log. */
  readonly columns: Readonly<Record<string, string>>;
}

const detail = (...path: string[]): string =>
  `JSONExtractString(details, ${path.map((part) => `'${part}'`).join(', ')})`;
const same = (...names: string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, name]));

const TABLES: readonly StateTable[] = [
  {
    table: 'profiles',
    key: 'profile_id',
    from: "stream = 'profile'",
    columns: same(
      'ext_reference_id',
      'profile_status',
      'queue_id',
      'language',
      'agent_id',
      'reviewer_id',
      'capture_session_id',
      'av_session_id',
      'attempt',
      'reason',
    ),
  },
  {
    table: 'tasks',
    key: 'task_id',
    from: "stream = 'profile' AND task_id != '' AND JSONHas(details, 'task')",
    columns: {
      ...same('profile_id', 'av_session_id', 'agent_id'),
      template_id: detail('task', 'templateId'),
      verdict: detail('task', 'verdict'),
      review_verdict: detail('task', 'reviewVerdict'),
    },
  },
  {
    table: 'av_sessions',
    key: 'av_session_id',
    from: "stream = 'profile' AND startsWith(event_type, 'av.') AND av_session_id != ''",
    columns: {
      profile_id: 'profile_id',
      agent_id: detail('av', 'agentId'),
      room: detail('av', 'room'),
      end_why: detail('av', 'endWhy'),
      end_party: detail('av', 'endParty'),
    },
  },
  {
    table: 'agents',
    key: 'agent_id',
    from: "stream = 'desk' AND agent_id != '' AND JSONHas(details, 'agent')",
    columns: {
      state: detail('agent', 'state'),
      profile_id: detail('agent', 'profileId'),
      offer_id: detail('agent', 'offerId'),
    },
  },
];

type Row = Readonly<Record<string, string>>;

/** Each table against the log it derives from, and against what an ended journey leaves behind. */
export async function checkTables(client: LogClient, ouid: string, log: Log): Promise<string[]> {
  const wrong: string[] = [];
  for (const state of TABLES) {
    const [logged, stored] = await Promise.all([
      select<Row>(client, fromLog(state), { ouid }),
      select<Row>(client, fromTable(state), { ouid }),
    ]);
    wrong.push(...compare(state, logged, stored), ...checkEnded(state, stored, log));
  }
  return [...wrong, ...(await checkQuarantine(client, ouid))];
}

// The table's name stands before its columns where an alias has the name of a column of the log.
function fromLog({ key, from, columns }: StateTable): string {
  const values = Object.entries(columns).map(
    ([name, expression]) => `toString(argMax(${expression}, l.seq)) AS s_${name}`,
  );
  return `SELECT ${key} AS key, toString(max(l.seq)) AS s_seq, ${values.join(', ')}
    FROM activity_log AS l FINAL WHERE ouid = {ouid:String} AND ${from} GROUP BY key`;
}

function fromTable({ table, key, columns }: StateTable): string {
  const values = Object.keys(columns).map((name) => `toString(t.${name}) AS s_${name}`);
  return `SELECT ${key} AS key, toString(t.seq) AS s_seq, ${values.join(', ')}
    FROM ${table} AS t FINAL WHERE ouid = {ouid:String}`;
}

function compare({ table }: StateTable, logged: readonly Row[], stored: readonly Row[]): string[] {
  const byKey = new Map(stored.map((row) => [row['key'] ?? '', row]));
  const keys = new Set(logged.map((row) => row['key']));
  const wrong = logged.flatMap((expected) => {
    const key = expected['key'] ?? '';
    const found = byKey.get(key);
    if (!found) return [`${table}: ${key} is in the log, but not in the table`];
    const differing = Object.keys(expected).filter((name) => expected[name] !== found[name]);
    return differing.map(
      (name) =>
        `${table}: ${key} has ${name.slice(2)} "${found[name] ?? ''}", by the log it is "${expected[name] ?? ''}"`,
    );
  });
  const extra = [...byKey.keys()].filter((key) => !keys.has(key));
  return [...wrong, ...extra.map((key) => `${table}: ${key} is in the table, but not in the log`)];
}

/** Whose journey is over has no open call, no unlocked room, no busy agent. */
function checkEnded({ table }: StateTable, rows: readonly Row[], log: Log): string[] {
  if (table !== 'av_sessions' && table !== 'agents') return [];
  return rows.flatMap((row) => {
    const key = row['key'] ?? '';
    const status = lastOf(log.profiles.get(row['s_profile_id'] ?? '') ?? [])?.profileStatus ?? '';
    if (!isFinal(status)) return [];
    if (table === 'agents') {
      return [`agents: ${key} is ${row['s_state'] ?? ''} with a profile that is ${status}`];
    }
    const room = row['s_room'] ?? '';
    return [
      ...(row['s_end_why'] === '' ? [`av_sessions: ${key} is open, its profile is ${status}`] : []),
      ...(room === 'LOCKED' || roomNeverOpened(log, key)
        ? []
        : [`av_sessions: the room of ${key} is ${room}, its profile is ${status}`]),
    ];
  });
}

function roomNeverOpened(log: Log, avSessionId: string): boolean {
  const events = log.profiles.get(avSessionId.slice(0, avSessionId.lastIndexOf('.'))) ?? [];
  return events.some((e) => e.avSessionId === avSessionId && e.eventType === 'av.room-failed');
}

async function checkQuarantine(client: LogClient, ouid: string): Promise<string[]> {
  const rows = await select<Row>(
    client,
    `SELECT stream_id, seq, event_type, error_code FROM quarantine FINAL
     WHERE ouid = {ouid:String} ORDER BY stream_id, seq`,
    { ouid },
  );
  return rows.map(
    (row) =>
      `quarantine: event ${row['seq'] ?? ''} (${row['event_type'] ?? ''}) of ${row['stream_id'] ?? ''} was kept out of the log: ${row['error_code'] ?? ''}`,
  );
}
