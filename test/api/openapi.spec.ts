import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { createApp } from '../../api/bootstrap';
import { loadConfig } from '../../src/config';
import { freePort } from '../../src/local/ports';
import { Tokens } from '../../src/tokens/tokens';
import { problemFaults, request } from './http';
import { operationOf, routesOf, type OpenApi, type Route } from './routes';

const COMMITTED = join(__dirname, '..', '..', 'openapi.json');
const REGENERATE =
  'openapi.json is not what the code says: UPDATE_OPENAPI=1 npx jest --selectProjects e2e --testPathPatterns test/api/openapi && npx prettier --write openapi.json';

let app: NestExpressApplication;
let url: string;
let directory: string;
let tokens: Tokens;
let text: string;
let document: OpenApi;
let routes: Route[];

// As in production, and without any server: what is documented must not depend on them.
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'vkyc-openapi-'));
  const nowhere = await freePort();
  const config = loadConfig({
    VKYC_ENV: 'production',
    TEMPORAL_ADDRESS: `127.0.0.1:${nowhere}`,
    CLICKHOUSE_URL: `http://127.0.0.1:${nowhere}`,
    BLOB_DIR: join(directory, 'blobs'),
    VIDEO_DIR: join(directory, 'video'),
    MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    TOKEN_KEY: Buffer.alloc(32, 2).toString('base64'),
  });
  tokens = new Tokens(config.tokenKey);
  app = await createApp(config);
  await app.listen(0, '127.0.0.1');
  url = await app.getUrl();
  text = (await request(url, 'GET', '/openapi.json')).text;
  document = JSON.parse(text) as OpenApi;
  routes = routesOf(app);
}, 60_000);
afterAll(async () => {
  await app.close();
  rmSync(directory, { recursive: true });
});

it('is the committed one', () => {
  if (process.env['UPDATE_OPENAPI'] === '1')
    writeFileSync(COMMITTED, `${JSON.stringify(document, null, 2)}\n`);
  const committed = JSON.stringify(JSON.parse(readFileSync(COMMITTED, 'utf8')));
  expect(committed === JSON.stringify(document) ? '' : REGENERATE).toBe('');
});

it('has a schema for each class: of two with one name only one would be documented', () => {
  const folder = join(__dirname, '..', '..', 'api');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .flatMap((file) => [
      ...readFileSync(join(folder, file), 'utf8').matchAll(/^(?:export )?class (\w+)/gm),
    ])
    .map(([, name]) => name);
  expect(names.filter((name, n) => names.indexOf(name) !== n)).toEqual([]);
});

it('documents every route and no other', () => {
  const documented = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(documented.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
});

it('is a whole OpenAPI document', () => {
  expect(document.openapi).toMatch(/^3\.\d+\.\d+$/);
  const references = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
    ([, name]) => name ?? '',
  );
  expect(references.filter((name) => !(name in document.components.schemas))).toEqual([]);
  const ids = routes.map((route) => operationOf(document, route).operationId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    const properties = Object.keys(schema.properties ?? {});
    expect([name, (schema.required ?? []).filter((field) => !properties.includes(field))]).toEqual([
      name,
      [],
    ]);
  }
  for (const [, pattern = ''] of text.matchAll(/"pattern":"((?:[^"\\]|\\.)*)"/g)) {
    expect(() => new RegExp(JSON.parse(`"${pattern}"`) as string)).not.toThrow();
  }
});

it('says of every operation what it is, what it takes, who may and how it fails', () => {
  const faults = routes.flatMap((route) => {
    const {
      summary = '',
      parameters = [],
      responses,
      security = [],
    } = operationOf(document, route);
    const named = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const inPath = parameters.filter((p) => p.in === 'path');
    const statuses = Object.keys(responses);
    const guarded = route.access !== 'PUBLIC';
    return [
      ...(summary === '' ? ['no summary'] : []),
      ...(named.every((name) => inPath.some((p) => p.name === name && p.required)) &&
      named.length === inPath.length
        ? []
        : ['path parameters']),
      ...(statuses.some((status) => status.startsWith('2')) ? [] : ['no success']),
      ...(guarded && security.length === 0 ? ['no security'] : []),
      ...(guarded && !['401', '403'].every((status) => statuses.includes(status))
        ? ['no 401 and 403']
        : []),
      ...(named.length > 0 && !statuses.includes('404') ? ['no 404'] : []),
    ].map((fault) => `${route.method} ${route.path}: ${fault}`);
  });
  expect(faults).toEqual([]);
});

it('is shown as a page, by a process that lives and says it is not ready', async () => {
  const page = await request(url, 'GET', '/docs');
  expect([page.status, page.headers.get('content-type')]).toEqual([
    200,
    'text/html; charset=utf-8',
  ]);
  expect((await request(url, 'GET', '/docs/swagger-ui-init.js')).text).toContain('Start a KYC');
  expect((await request(url, 'GET', '/livez')).json).toEqual({ status: 'ok' });
  expect((await request(url, 'GET', '/readyz')).json).toEqual({
    status: 'not ready',
    temporal: false,
    clickhouse: false,
  });
});

it('answers what is hardly a request with a problem document', async () => {
  expect(problemFaults(await request(url, 'GET', `/livez?a=${'a'.repeat(20_000)}`), [400])).toEqual(
    [],
  );
  expect(
    problemFaults(
      await request(url, 'GET', '/livez', { headers: { cookie: 'a'.repeat(20_000) } }),
      [400],
    ),
  ).toEqual([]);
  expect((await request(url, 'GET', '/livez')).status).toBe(200);
});

it('has no development issuer in production, and takes nothing from one', async () => {
  expect(
    (
      await request(url, 'POST', '/dev/tokens', {
        json: { ouid: 'demo-bank', role: 'AGENT', sub: 'agent-1' },
      })
    ).status,
  ).toBe(404);
  const exp = Math.floor(Date.now() / 1_000) + 60;
  const token = await tokens.issue('development-staff', {
    ouid: 'demo-bank',
    sub: 'agent-1',
    role: 'AGENT',
    exp,
  });
  expect((await request(url, 'GET', '/v1/agents/me', { token })).json['code']).toBe(
    'CREDENTIAL_INVALID',
  );
});
