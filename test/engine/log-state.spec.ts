import fc from 'fast-check';
import { ProfilesRepository } from '../../clickhouse/profiles.repository';
import { TimelineRepository } from '../../clickhouse/timeline.repository';
import type { LogRow } from '../../src/domain/log-row';
import type { ProfileStatus } from '../../src/domain/words';
import { startLog, type TestLog } from './log-fixture';
import { profileRow } from './log-rows';

/** What happens next in a history: to which profile (or agent), and what kind of event it is. */
interface Step {
  readonly subject: number;
  readonly kind: 'status' | 'task' | 'av' | 'agent' | 'organization';
  readonly value: number;
}

const STATUSES: readonly ProfileStatus[] = ['CAPTURE_PENDING', 'QUEUED', 'IN_CALL', 'IN_REVIEW'];

const step: fc.Arbitrary<Step> = fc.record({
  subject: fc.nat({ max: 2 }),
  kind: fc.constantFrom('status', 'task', 'av', 'agent', 'organization'),
  value: fc.nat({ max: 3 }),
});

/** Each row at least once, some more often, in any order, in inserts of any size. */
const delivery = fc.array(fc.record({ row: fc.nat(), size: fc.integer({ min: 1, max: 7 }) }), {
  minLength: 5,
  maxLength: 40,
});

function historyOf(ouid: string, steps: readonly Step[]): LogRow[] {
  const seqs = new Map<string, number>();
  const next = (stream: string): number => {
    const seq = (seqs.get(stream) ?? 0) + 1;
    seqs.set(stream, seq);
    return seq;
  };
  return steps.map(({ subject, kind, value }) => {
    const profileId = `p${subject}`;
    if (kind === 'agent') {
      const agent = { state: `S${value}`, since: '2026-01-15T09:00:00.123Z', languages: ['hi'] };
      return {
        ...profileRow({ ouid, profileId: '', seq: next('desk') }),
        stream: 'desk',
        streamId: ouid,
        agentId: `a${subject}`,
        details: { agent: { ...agent, skills: [`k${value}`], profileId, offerId: '' } },
      };
    }
    if (kind === 'organization') {
      return {
        ...profileRow({ ouid, profileId: '', seq: next('organization') }),
        stream: 'organization',
        streamId: ouid,
        details: { organization: { version: value, name: `Bank ${value}` } },
      };
    }
    const row = profileRow({ ouid, profileId, seq: next(profileId), attempt: value });
    const status = { ...row, profileStatus: STATUSES[value] ?? 'QUEUED' };
    if (kind === 'status') return status;
    const task = { templateId: 'pan', title: 'PAN', mandatory: true, verdict: `V${value}` };
    const av = { agentId: `a${value}`, openedAt: '2026-01-15T09:00:00.5Z', endedAt: '', room: 'r' };
    return kind === 'task'
      ? { ...status, eventType: 'task.changed', taskId: `t${value}`, details: { task } }
      : { ...status, eventType: 'av.changed', avSessionId: `v${value}`, details: { av } };
  });
}

/** The seq that must be shown for each thing: the highest of the rows that are about it. */
function expected(rows: readonly LogRow[], idOf: (row: LogRow) => string): Record<string, number> {
  const newest: Record<string, number> = {};
  for (const row of rows) {
    const id = idOf(row);
    if (id !== '') newest[id] = Math.max(newest[id] ?? 0, row.seq);
  }
  return newest;
}

const TABLES: readonly [table: string, id: string, idOf: (row: LogRow) => string][] = [
  ['profiles', 'profile_id', (r) => (r.stream === 'profile' ? r.profileId : '')],
  ['tasks', "concat(profile_id, '/', task_id)", (r) => r.taskId && `${r.profileId}/${r.taskId}`],
  [
    'av_sessions',
    "concat(profile_id, '/', av_session_id)",
    (r) => r.avSessionId && `${r.profileId}/${r.avSessionId}`,
  ],
  ['agents', 'agent_id', (r) => r.agentId],
  ['organizations', 'ouid', (r) => (r.stream === 'organization' ? r.ouid : '')],
];

describe('current state', () => {
  let log: TestLog;
  beforeAll(async () => {
    log = await startLog();
  });
  afterAll(() => log.stop());

  it('is the highest seq, however the rows arrive', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 25 }),
        delivery,
        async (steps, arrivals) => {
          const ouid = `o${++runs}`;
          const rows = historyOf(ouid, steps);
          const inOrder = [...arrivals.map(({ row }) => rows[row % rows.length]!), ...rows];
          for (let from = 0, n = 0; from < inOrder.length; n++) {
            const size = arrivals[n % arrivals.length]!.size;
            await log.writer.write(inOrder.slice(from, (from += size)));
          }
          for (const [table, id, idOf] of TABLES) {
            const shown = await log.rows<{ id: string; seq: string }>(
              `SELECT ${id} AS id, seq FROM ${table} FINAL WHERE ouid = '${ouid}'`,
            );
            const seqs = Object.fromEntries(shown.map((s) => [s.id, Number(s.seq)]));
            expect(shown).toHaveLength(Object.keys(seqs).length);
            expect(seqs).toEqual(expected(rows, idOf));
          }
          const profiles = new ProfilesRepository(log.client);
          const timelines = new TimelineRepository(log.client);
          const page = await profiles.listProfiles(ouid, {}, { limit: 200 });
          for (const [profileId, seq] of Object.entries(expected(rows, TABLES[0]![2]))) {
            const mine = rows.filter((r) => r.stream === 'profile' && r.profileId === profileId);
            const { profileStatus, attempt } = mine.at(-1)!;
            const is = { profileId, seq, profileStatus, attempt };
            expect(await profiles.findProfile(ouid, profileId)).toMatchObject(is);
            expect(page.items.filter((p) => p.profileId === profileId)).toMatchObject([is]);
            expect(await timelines.timeline(ouid, profileId, { limit: 100 })).toMatchObject(mine);
          }
        },
      ),
      { numRuns: 12 },
    );
  });

  it('carries what the events say, in each table', async () => {
    const steps = ['task', 'av', 'agent', 'organization'].map(
      (kind) => ({ subject: 1, kind, value: 2 }) as Step,
    );
    await log.writer.write(historyOf('say', steps));
    const one = async (table: string): Promise<unknown> =>
      (await log.rows(`SELECT * FROM ${table} FINAL WHERE ouid = 'say'`))[0];
    expect(await one('tasks')).toMatchObject({
      profile_id: 'p1',
      task_id: 't2',
      template_id: 'pan',
      title: 'PAN',
      kind: '',
      mandatory: true,
      verdict: 'V2',
    });
    expect(await one('av_sessions')).toMatchObject({
      av_session_id: 'v2',
      agent_id: 'a2',
      room: 'r',
      opened_at: '2026-01-15T09:00:00.500Z',
      started_at: null,
      ended_at: null,
    });
    expect(await one('agents')).toMatchObject({
      agent_id: 'a1',
      state: 'S2',
      since: '2026-01-15T09:00:00.123Z',
      languages: ['hi'],
      skills: ['k2'],
      profile_id: 'p1',
    });
    expect(await one('organizations')).toMatchObject({ version: '2', name: 'Bank 2' });
  });

  it('takes events whose details have another shape than agreed, without losing them', async () => {
    const shapes = [{ task: 1 }, { task: [] }, { task: { mandatory: 'x', title: {} } }, {}];
    const rows = shapes.map((details, i) => ({
      ...profileRow({ ouid: 'odd', profileId: 'p', seq: i + 1 }),
      eventType: 'av.changed',
      taskId: 't',
      avSessionId: 'v',
      details: { ...details, av: { openedAt: 'soon', startedAt: 7 } },
    }));
    await log.writer.write(rows);
    const timeline = new TimelineRepository(log.client);
    expect(await timeline.timeline('odd', 'p', { limit: 9 })).toMatchObject(rows);
  });
});
