import { startOwnServers } from '../../src/demo/own-servers';
import { DEMO_OUID } from '../../src/local/demo/demo-settings';
import { ApiClient } from '../../src/local/demo/http';
import { testBundle } from '../support/bundle';
import { insightsAgree } from '../support/insights-agree';
import { childEnv } from '../support/servers';
import { demoAndVerify, type RecordedRun } from './recorded-run';
import { SMALL, writeReport } from './report';

const PROFILES = SMALL ? 30 : 300;
const AGENTS = SMALL ? 4 : 16;
const AT_ONCE = SMALL ? 12 : 28;

let run: RecordedRun;
let agreed: Awaited<ReturnType<typeof insightsAgree>> | undefined;

/** A supervisor's view of the API at `url`, by the built-in issuer. */
async function supervisorAt(url: string): Promise<ApiClient> {
  const api = new ApiClient(url);
  const who = { ouid: DEMO_OUID, role: 'SUPERVISOR', sub: 'supervisor-1' };
  const { token } = await api.post<{ token: string }>('/dev/tokens', who);
  return api.as(token);
}

beforeAll(async () => {
  const began = new Date();
  const load = ['--agents', AGENTS, '--at-once', AT_ONCE];
  run = await demoAndVerify(['--profiles', PROFILES, ...load, '--seed', 2], async (record) => {
    const { dataDir } = record.run;
    const env = childEnv({ WORKFLOW_BUNDLE: await testBundle() });
    const signal = new AbortController().signal;
    const servers = await startOwnServers({ dataDir, env, signal, tell: () => undefined });
    try {
      const supervisor = await supervisorAt(servers.context.apiUrl);
      agreed = await insightsAgree(record, (path) => supervisor.get(path));
    } finally {
      await servers.session.end();
    }
  });
  const told = [
    ...run.lines,
    '',
    `Insights: ${agreed?.compared ?? 0} numbers counted from the actors’ records, ${agreed?.differences.length ?? 0} differ.`,
  ];
  writeReport('insights', `${PROFILES} journeys, counted twice`, began, told);
}, 3_600_000);

it('ends every journey as its script says, and leaves no difference', () => {
  expect(run.demo.code).toBe(0);
  expect(run.verify.code).toBe(0);
});

it('counts what the actors counted', () => {
  expect(agreed?.differences).toEqual([]);
  expect(agreed?.compared).toBeGreaterThan(100);
});
