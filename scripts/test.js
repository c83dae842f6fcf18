// `npm test [-- jest's arguments]`: brings the servers the tests need, runs jest and ends with one
// line for those who only read the end: "N passed, N failed, N skipped".
const { spawn } = require('node:child_process');
const { existsSync, mkdtempSync, readFileSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const root = join(__dirname, '..');
const args = process.argv.slice(2);

/** A first build takes minutes: not within a test's time limit, and with its progress shown. */
async function bringServers() {
  require('../test/support/ts-require.js');
  const { startTemporal, timeSkippingExecutable } = require('../test/support/servers.ts');
  await (await startTemporal()).stop();
  await timeSkippingExecutable();
}

/** Only the unit tests are asked for, which need no server. */
function needsNoServer() {
  const at = args.indexOf('--selectProjects');
  return at >= 0 && args[at + 1] === 'unit' && (args[at + 2] ?? '-').startsWith('-');
}

/** How long jest may take to end once it has written its result. */
const END_MS = 30_000;

/** Jest's exit code; a jest that has its result and does not end is killed, and that is a failure. */
function ended(jest, resultFile) {
  return new Promise((resolve) => {
    let hangs;
    const look = setInterval(() => {
      if (hangs !== undefined || !existsSync(resultFile)) return;
      hangs = setTimeout(() => {
        process.stderr.write('The tests are over, but something they opened is still open.\n');
        jest.kill('SIGKILL');
      }, END_MS);
    }, 1_000);
    jest.once('exit', (code) => {
      clearInterval(look);
      clearTimeout(hangs);
      resolve(code ?? 1);
    });
  });
}

async function runJest() {
  const directory = mkdtempSync(join(tmpdir(), 'vkyc-jest-'));
  const file = join(directory, 'result.json');
  const jest = require.resolve('jest/bin/jest');
  try {
    const child = spawn(process.execPath, [jest, '--json', `--outputFile=${file}`, ...args], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const status = await ended(child, file);
    return { status, result: JSON.parse(readFileSync(file, 'utf8')) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function main() {
  if (!needsNoServer()) await bringServers();
  const { status, result } = await runJest();
  // A test file that could not even be loaded counts as one failure, and so does a run with no other.
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites || (status === 0 ? 0 : 1);
  const skipped = result.numPendingTests + result.numTodoTests;
  process.stdout.write(`${result.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  // No test at all is not a success.
  process.exitCode = failed > 0 || result.numPassedTests === 0 ? 1 : 0;
}

main().catch((error) => {
  process.stderr.write(`${error.name === 'StartError' ? error.message : error.stack}\n`);
  process.stdout.write('0 passed, 1 failed, 0 skipped\n');
  process.exitCode = 1;
});
