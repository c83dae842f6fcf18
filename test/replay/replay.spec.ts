import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DeterminismViolationError } from '@temporalio/workflow';
import { Worker } from '@temporalio/worker';
import { testBundle } from '../support/bundle';
import { readHistory, type RecordedHistory } from './history-file';

const FOLDER = join(__dirname, 'histories');
const NAMES = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));

/** Ours, and the server's own for a continued run. */
const KNOWN = ['test-worker', 'test-client', 'history-service'];

const history = (name: string): RecordedHistory => readHistory(join(FOLDER, name));

describe('the workflows as they are now', () => {
  it.each(NAMES)('replay %s', async (name) => {
    const { parsed, workflowId } = history(name);
    const replay = Worker.runReplayHistory(
      { workflowBundle: { codePath: await testBundle() } },
      parsed,
      workflowId,
    );
    await expect(replay).resolves.toBeUndefined();
  });

  it('were recorded with a main path, a re-queued, a cancelled one, one with opening hours, and both sides of a continue-as-new', () => {
    const all = Object.fromEntries(NAMES.map((name) => [name, history(name).text]));
    expect(all['profile-approved.json']).toContain('checkerDecision');
    expect(all['profile-utv-requeued.json']).toContain('EVENT_TYPE_TIMER_FIRED');
    expect(all['profile-cancelled.json']).toContain(
      'EVENT_TYPE_WORKFLOW_EXECUTION_CANCEL_REQUESTED',
    );
    expect(all['profile-closed-queues.json']).toContain('core_local_activity');
    expect(all['desk-continued.json']).toContain('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW');
    expect(all['desk-carried-over.json']).toContain('continuedExecutionRunId');
    expect(all['organization.json']).toContain('applySettings');
    expect(all['retention.json']).toContain('retentionWorkflow');
  });

  it.each(NAMES)('%s says nothing about the machine it was recorded on', (name) => {
    const { text } = history(name);
    const identities = [...text.matchAll(/"identity": "([^"]*)"/g)].map((match) => match[1]);
    expect(KNOWN).toEqual(expect.arrayContaining([...new Set(identities)]));
    const payloads = [...text.matchAll(/"(?:data|message)": "([^"]*)"/g)].map((match) =>
      Buffer.from(match[1] ?? '', 'base64').toString(),
    );
    for (const said of [text, ...payloads]) {
      expect(said).not.toMatch(/"\/?(home|root|Users|tmp|work|var)\//);
      expect(said).not.toMatch(/\b\d+@[\w.-]+/); // the SDK's default identity: pid@host
    }
  });
});

describe('a change that running profiles do not survive', () => {
  it.each(NAMES.filter((name) => name.startsWith('profile')))(
    'fails to replay %s',
    async (name) => {
      const { parsed, workflowId } = history(name);
      const replay = Worker.runReplayHistory(
        { workflowsPath: require.resolve('./incompatible.workflow') },
        parsed,
        workflowId,
      );
      await expect(replay).rejects.toThrow(DeterminismViolationError);
    },
  );
});
