import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DOCS = join(__dirname, '../docs');
const PAGES = readdirSync(DOCS).filter((name) => /^video(-\w+)?\.md$/.test(name));
/** As docs/video-clients.md shortens them. */
const SHORT: Readonly<Record<string, string>> = {
  C: '/v1/capture/call',
  A: '/v1/av-sessions/{avSessionId}',
};
const read = (name: string): string => readFileSync(join(DOCS, name), 'utf8');

/** `POST C/join` → `POST /v1/capture/call/join`; what is 100ms' own is not ours to check. */
function routesIn(text: string): string[] {
  const found = text.matchAll(/\b(GET|POST) (?:([CA])(?=\/)|(?=\/(?:v1|webhooks)\/))([\w\-{}/]+)/g);
  return [...found].map(([, method = '', short = '', path = '']) => {
    return `${method} ${SHORT[short] ?? ''}${path}`;
  });
}

function routesOfTheApi(): string[] {
  const text = readFileSync(join(__dirname, '../openapi.json'), 'utf8');
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
}

it('reads the short and the long form of a route, and leaves 100ms’ own alone', () => {
  const text = '`POST C/join`, `GET /v1/capture`?x, `POST /rooms/:id`, `POST A/images?kind=X`';
  expect(routesIn(text)).toEqual([
    'POST /v1/capture/call/join',
    'GET /v1/capture',
    'POST /v1/av-sessions/{avSessionId}/images',
  ]);
});

it.each(PAGES)('docs/%s names routes that exist', (page) => {
  const known = routesOfTheApi();
  expect(routesIn(read(page)).filter((route) => !known.includes(route))).toEqual([]);
});

it.each(PAGES)('docs/%s links to pages and headings that exist', (page) => {
  const links = [...read(page).matchAll(/\]\(([\w-]+\.md)?(?:#([\w-]+))?\)/g)];
  const broken = links.filter(([, target = page, heading]) => {
    if (!readdirSync(DOCS).includes(target)) return true;
    return heading !== undefined && !headingsOf(read(target)).includes(heading);
  });
  expect(broken.map(([link]) => link)).toEqual([]);
});

it.each(PAGES)('docs/%s names files of ours that exist', (page) => {
  const named = [...read(page).matchAll(/`((?:src|api|test|scripts)\/[\w./-]+)`/g)];
  const missing = named.map(([, path = '']) => path).filter((path) => !exists(path));
  expect(missing).toEqual([]);
});

function headingsOf(text: string): string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );
}

function exists(path: string): boolean {
  const parts = path.split('/');
  const name = parts.pop() ?? '';
  return readdirSync(join(__dirname, '..', ...parts)).includes(name);
}
