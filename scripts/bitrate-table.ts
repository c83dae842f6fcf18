// `npm run video:bitrates`: says whether the tables in docs/video.md are what the declared template
// gives; `-- --write` writes them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withBetweenMarkers } from './between-markers';
import { bitrateTables } from './bitrates/tables';

const file = join(__dirname, '..', 'docs', 'video.md');
const written = readFileSync(file, 'utf8');
const wanted = withBetweenMarkers(written, 'video:bitrates', bitrateTables());
const same = written === wanted;

if (process.argv.includes('--write')) {
  if (!same) writeFileSync(file, wanted);
  process.stdout.write(`docs/video.md ${same ? 'was as it should be' : 'was written'}\n`);
} else {
  process.stdout.write(`${bitrateTables()}\n\n`);
  process.stdout.write(
    same ? 'docs/video.md has the same\n' : 'docs/video.md is other: run it with -- --write\n',
  );
  process.exitCode = same ? 0 : 1;
}
