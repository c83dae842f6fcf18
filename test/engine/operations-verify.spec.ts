import { verifyServer } from '../../src/log-operations/verify-server';
import { startLog, type TestLog } from './log-fixture';

let log: TestLog;
beforeAll(async () => {
  log = await startLog();
});
afterAll(() => log.stop());

it('does not say yes of a server without users, and leaves nothing behind', async () => {
  const said: string[] = [];
  const server = { url: log.url, user: 'default', password: '', database: 'kyc', cluster: '' };
  expect(await verifyServer({ ...server, rowPolicy: false }, true, (line) => said.push(line))).toBe(
    false,
  );
  expect(said).toEqual([
    'NO   users, grants and row policies',
    expect.stringContaining('Not enough privileges'),
    '     what comes after it was not tried',
  ]);
  const databases = await log.rows<{ name: string }>('SHOW DATABASES');
  expect(databases.filter(({ name }) => name.startsWith('vkyc_verify'))).toEqual([]);
});
