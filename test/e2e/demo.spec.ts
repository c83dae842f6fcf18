import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogClient, select, type LogClient } from '../../clickhouse/client';
import { OUTCOMES } from '../../src/demo/outcomes';
import { parseDemoOptions } from '../../src/demo/options';
import { planRun } from '../../src/demo/plan';
import { readRecord, RecordFile } from '../../src/demo/record/record-file';
import { runDemo, type DemoResult } from '../../src/demo/run/run-demo';
import { fitted } from '../../src/demo/settings';
import { verifyRecord } from '../../src/demo/verify/verify-record';
import { isFinal, PROFILE_STATUSES } from '../../src/domain/words';
import { insightsAgree } from '../support/insights-agree';
import { startStack, type Stack } from '../support/stack';

const OUID = 'demo-test';
const PROFILES = 60;
const AGENTS = 8;

let stack: Stack;
let log: LogClient;
let result: DemoResult;
const directory = mkdtempSync(join(tmpdir(), 'vkyc-demo-spec-'));
const file = join(directory, 'record.jsonl');

beforeAll(async () => {
  stack = await startStack();
  log = createLogClient(stack.config.clickhouse);
  const flags = { profiles: PROFILES, agents: AGENTS, seed: 3, 'link-seconds': 25 };
  const { plan, staff, timers, blindReviewPercent } = planRun(
    parseDemoOptions(Object.entries(flags).flatMap(([name, n]) => [`--${name}`, String(n)])),
  );
  const client = await stack.organization(OUID, (settings) =>
    fitted(settings, staff, timers, blindReviewPercent),
  );
  const recorder = new RecordFile(file);
  result = await runDemo({ apiUrl: stack.url, apiKey: client.token, staff }, plan, {
    recorder,
    dataDir: '',
    alone: true,
    signal: new AbortController().signal,
    show: () => undefined,
  });
  recorder.close();
}, 600_000);

afterAll(async () => {
  await log.close();
  await stack.stop();
  rmSync(directory, { recursive: true });
}, 30_000);

/** What `npm run verify` says of a record, by default of the run's own. */
async function differences(path = file, settleMs = 0): Promise<readonly string[]> {
  return (await verifyRecord(readRecord(path), stack.config, settleMs)).differences;
}

type Row = Readonly<Record<string, unknown>>;

const KEYS: Readonly<Record<string, string>> = {
  activity_log: 'event_id',
  profiles: 'profile_id',
  tasks: 'task_id',
  av_sessions: 'av_session_id',
  agents: 'agent_id',
};

async function oneRow(table: string, where: string): Promise<Row> {
  const query = `SELECT * FROM ${table} FINAL WHERE ouid = {ouid:String} AND ${where} LIMIT 1`;
  const [row] = await select<Row>(log, query, { ouid: OUID });
  return row!;
}

async function remove(table: string, row: Row): Promise<void> {
  const key = KEYS[table]!;
  await log.command({
    query: `DELETE FROM ${table} WHERE ouid = {ouid:String} AND ${key} = {value:String}`,
    query_params: { ouid: OUID, value: row[key] },
    clickhouse_settings: { lightweight_deletes_sync: '2', wait_end_of_query: 1 },
  });
}

async function insert(table: string, row: Row): Promise<void> {
  await log.insert({ table, values: [row], format: 'JSONEachRow' });
}

it('ends every journey as its script says', () => {
  const wrong = result.played.filter((journey) => journey.wrong !== '');
  const told = wrong.map(({ script, events, ...journey }) => ({
    ...journey,
    script: script.outcome.name,
    events: events.map(({ eventType, reason }) => `${eventType} ${reason}`),
  }));
  expect(told).toEqual([]);
  expect(result.played).toHaveLength(PROFILES);
});

it('shows every outcome at least twice', () => {
  const names = result.played.map(({ script }) => script.outcome.name);
  const rare = OUTCOMES.filter(({ name }) => names.filter((n) => n === name).length < 2);
  expect(rare).toEqual([]);
  const ends = new Set(result.played.map(({ status }) => status));
  expect(ends).toEqual(new Set(PROFILE_STATUSES.filter(isFinal)));
});

it('finds no difference between what actors were told, the log, its tables and Temporal', async () => {
  expect(await differences(file, 20_000)).toEqual([]);
});

it('counts what its actors counted', async () => {
  const supervisor = await stack.staff(OUID, 'SUPERVISOR', 'supervisor-1');
  const found = await insightsAgree(readRecord(file), (path) => supervisor.get(path));
  expect(found.differences).toEqual([]);
  expect(found.compared).toBeGreaterThan(150);
  const record = readRecord(file);
  const decision = record.commands.find(({ said }) => said['decision'] === 'APPROVED');
  const forgotten = { ...record, commands: record.commands.filter((line) => line !== decision) };
  const { differences: named } = await insightsAgree(forgotten, (path) => supervisor.get(path));
  expect(named).toContainEqual(expect.stringMatching(/^operators approvals is \d+, by the actors/));
});

it.each([
  ['the log', 'activity_log', "event_type = 'maker.decided'", /profile \S+: \d+ of its \d+ events/],
  ['the desk', 'activity_log', "event_type = 'offer.accepted'", /the desk of demo-test: \d+ of/],
  ['the end of a journey', 'activity_log', "event_type = 'profile.closed'", /was closed 0 times/],
  ['profiles', 'profiles', '1', /profiles: \S+ is in the log, but not in the table/],
  ['tasks', 'tasks', '1', /tasks: \S+ is in the log, but not in the table/],
  ['AV sessions', 'av_sessions', '1', /av_sessions: \S+ is in the log, but not in the table/],
  ['agents', 'agents', '1', /agents: \S+ is in the log, but not in the table/],
])('names a row that was removed from %s', async (_, table, where, sentence) => {
  const row = await oneRow(table, where);
  await remove(table, row);
  const found = await differences();
  await insert(table, row);
  expect(found).toContainEqual(expect.stringMatching(sentence));
  expect(await differences()).toEqual([]);
});

it.each([
  ['an event after the last', { seq: 9_000 }, /of its 9000 events are not in the log/],
  ['an event again, at another time', { occurred_at: '2026-01-01 00:00:00' }, /in the log 2 times/],
  ['an event under another id', {}, /is not the one of its place/],
])('names %s that was added to the log', async (_, change, sentence) => {
  const row = await oneRow('activity_log', "event_type = 'consent.given'");
  const profile = await oneRow('profiles', `profile_id = '${String(row['profile_id'])}'`);
  const added: Row = { ...row, event_id: crypto.randomUUID(), ...change };
  await insert('activity_log', added);
  const found = await differences();
  await remove('activity_log', added);
  // With the same key it took the row's place; and the table took it for the profile's last event.
  await insert('activity_log', row);
  await remove('profiles', profile);
  await insert('profiles', profile);
  expect(found).toContainEqual(expect.stringMatching(sentence));
  expect(await differences()).toEqual([]);
});

it('names a command that nobody recorded, and one that was recorded twice or never happened', async () => {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const at = lines.findIndex((line) => line.includes('"command":"makerDecision"'));
  const tampered = async (changed: readonly string[]): Promise<readonly string[]> => {
    const path = join(directory, 'tampered.jsonl');
    writeFileSync(path, changed.join('\n'));
    return differences(path);
  };
  const decision = lines[at] ?? '';
  expect(await tampered(lines.toSpliced(at, 1))).toContainEqual(
    expect.stringMatching(/nobody was told of event \d+ \(maker.decided by AGENT/),
  );
  expect(await tampered([...lines, decision])).toContainEqual(
    expect.stringContaining('the record says so twice'),
  );
  const invented = decision.replace(/"key":"[^"]+"/, '"key":"another"');
  expect(await tampered([...lines, invented])).toContainEqual(
    expect.stringContaining('its event was another command’s already'),
  );
  expect(await tampered([...lines, invented.replace(/"seq":\d+/, '"seq":7777')])).toContainEqual(
    expect.stringContaining('the log has no maker.decided of it'),
  );
});
