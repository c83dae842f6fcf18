import { appendFileSync } from 'node:fs';
import { basename } from 'node:path';

// Stands for one of our processes under a test of the launcher: serves nothing, and writes into the
// file named by VKYC_TEST_TRACE when it starts (with its pid) and when it is asked to stop.
const trace = (what: string): void => {
  const file = process.env['VKYC_TEST_TRACE'];
  if (file !== undefined) appendFileSync(file, `${name} ${what}\n`);
};
const name = basename(process.argv[1] ?? '', '.ts');
const keep = setInterval(() => undefined, 1_000);

process.on('SIGTERM', () => {
  trace('stopped');
  clearInterval(keep);
  process.disconnect();
});
process.on('SIGINT', () => {
  trace('interrupted'); // a terminal's Ctrl-C must never reach a child
});
trace(`started ${process.pid}`);
process.send?.({ ready: true });
