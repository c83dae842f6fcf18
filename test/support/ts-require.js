// Lets child processes of a test run our TypeScript entries: `node --require <this file> entry.ts`.
// The same transform as jest's (.swcrc), without types: those are tsc's business.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

const root = resolve(__dirname, '../..');
const config = JSON.parse(readFileSync(join(root, '.swcrc'), 'utf8'));
delete config.$schema;

Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    ...config,
    filename,
    swcrc: false,
  });
  module._compile(code, filename);
};
