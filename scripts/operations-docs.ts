// `npm run docs:operations`: says whether docs/operations.md has the SQL that the code gives;
// `-- --write` writes it; `-- --database NAME --cluster NAME` prints it for a server of one's own.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { withBetweenMarkers } from './between-markers';
import { EXAMPLE, operationsSql } from './operations-sql';

const { values } = parseArgs({
  options: {
    write: { type: 'boolean' },
    database: { type: 'string' },
    cluster: { type: 'string' },
  },
});
const { write, ...own } = values;
const file = join(__dirname, '..', 'docs', 'operations.md');
const written = readFileSync(file, 'utf8');
const wanted = withBetweenMarkers(written, 'docs:operations', operationsSql(EXAMPLE));
const same = written === wanted;

if (Object.keys(own).length > 0) {
  const { database = EXAMPLE.database, cluster = '' } = own;
  process.stdout.write(`${operationsSql({ database, cluster })}\n`);
} else if (write) {
  if (!same) writeFileSync(file, wanted);
  process.stdout.write(`docs/operations.md ${same ? 'was as it should be' : 'was written'}\n`);
} else {
  process.stdout.write(
    same
      ? 'docs/operations.md has the same\n'
      : 'docs/operations.md is other: run it with -- --write\n',
  );
  process.exitCode = same ? 0 : 1;
}
