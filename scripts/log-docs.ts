// `npm run docs:log`: says whether docs/log.md is what the events and the migrations give;
// `-- --write` writes it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBetweenMarkers } from './between-markers';
import { logPage } from './log-docs/page';

const file = join(__dirname, '..', 'docs', 'log.md');
const written = readFileSync(file, 'utf8');
const wanted = withBetweenMarkers(written, 'docs:log', logPage());
const same = written === wanted;

if (process.argv.includes('--write')) {
  if (!same) writeFileSync(file, wanted);
  process.stdout.write(`docs/log.md ${same ? 'was as it should be' : 'was written'}\n`);
} else {
  process.stdout.write(
    same ? 'docs/log.md has the same\n' : 'docs/log.md is other: run it with -- --write\n',
  );
  process.exitCode = same ? 0 : 1;
}
