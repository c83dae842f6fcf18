import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { bundleOf } from '../../workers/bundle';

const ROOT = join(__dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'video-kyc');

/** All that a workflow may import of ours (dependency-cruiser sees to it), and the versions of what it may import of others. */
function fingerprint(): string {
  const files = ['workflows', 'src/domain'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
      .map((name) => join(folder, name)),
  );
  const hash = createHash('sha256');
  for (const name of [...files.sort(), 'package-lock.json'])
    hash.update(name).update(readFileSync(join(ROOT, name)));
  return hash.digest('hex').slice(0, 16);
}

/** The workflows' bundle, made once for all test files and processes: webpack takes seconds each time. */
export async function testBundle(): Promise<string> {
  const path = join(CACHE, `workflows-${fingerprint()}.js`);
  if (existsSync(path)) return path;
  const { code } = await bundleOf(join(ROOT, 'workflows'), 'ERROR');
  mkdirSync(CACHE, { recursive: true });
  // Under its name at once and whole: other test files look for it meanwhile.
  writeFileSync(`${path}.${process.pid}`, code);
  renameSync(`${path}.${process.pid}`, path);
  return path;
}
