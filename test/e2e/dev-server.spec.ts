import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { registerSearchAttributes, setRetention } from '../../src/local/temporal/namespace';
import { startTemporal, type TestTemporal } from '../support/servers';

let directory: string;
let temporal: TestTemporal;
let connection: Connection;
const start = async (): Promise<void> => {
  temporal = await startTemporal({
    database: join(directory, 'temporal.db'),
    searchAttributes: { KycOuid: 'Keyword', KycAttempt: 'Int' },
  });
  connection = await Connection.connect({ address: temporal.address });
};
const stop = async (): Promise<void> => {
  await connection.close();
  await temporal.stop();
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vkyc-temporal-'));
  await start();
}, 600_000);
afterAll(async () => {
  await stop();
  rmSync(directory, { recursive: true });
});

const attributes = async (): Promise<string[]> => {
  const all = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  return Object.keys(all.customAttributes)
    .filter((name) => name.startsWith('Kyc'))
    .sort();
};
const retentionDays = async (): Promise<number> => {
  const { config } = await connection.workflowService.describeNamespace({ namespace: 'default' });
  return Number(config?.workflowExecutionRetentionTtl?.seconds) / 86_400;
};

describe('the dev server', () => {
  it('has the search attributes it was started with', async () => {
    await expect(attributes()).resolves.toEqual(['KycAttempt', 'KycOuid']);
  });

  it('is given those it lacks; a name in use with another type is refused', async () => {
    await registerSearchAttributes(connection, 'default', {
      KycOuid: 'Keyword',
      KycDue: 'Datetime',
    });
    await expect(attributes()).resolves.toEqual(['KycAttempt', 'KycDue', 'KycOuid']);
    await expect(
      registerSearchAttributes(connection, 'default', { KycDue: 'Keyword' }),
    ).rejects.toThrow(/KycDue .* another type than Keyword/);
  });

  it('keeps its retention and its attributes across a restart', async () => {
    await setRetention(connection, 'default', 30);
    await expect(retentionDays()).resolves.toBe(30);
    await stop();
    await start();
    await expect(retentionDays()).resolves.toBe(30);
    await expect(attributes()).resolves.toEqual(['KycAttempt', 'KycDue', 'KycOuid']);
  });
});
