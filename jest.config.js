// One runner, five levels. `unit` needs no server; `workflows` gets the time-skipping server,
// `engine` the embedded ClickHouse, `e2e` and `chaos` everything: each test file starts what it uses through
// test/support, on free ports and in temporary directories.
const base = {
  rootDir: __dirname,
  testEnvironment: 'node',
  transform: { '^.+\\.[jt]s$': ['@swc/jest'] },
  // jose is published as ES modules only; jest runs CommonJS.
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  modulePathIgnorePatterns: ['<rootDir>/dist'],
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/{src,workflows,activities,workers,api,clickhouse}/**/*.spec.ts',
        '<rootDir>/test/{bench,emulator}/**/*.spec.ts',
        '<rootDir>/scripts/**/*.spec.ts',
      ],
    },
    {
      ...base,
      displayName: 'workflows',
      testMatch: ['<rootDir>/test/{workflows,replay}/**/*.spec.ts'],
    },
    { ...base, displayName: 'engine', testMatch: ['<rootDir>/test/engine/**/*.spec.ts'] },
    { ...base, displayName: 'chaos', testMatch: ['<rootDir>/test/chaos/**/*.spec.ts'] },
    { ...base, displayName: 'e2e', testMatch: ['<rootDir>/test/{api,browser,e2e}/**/*.spec.ts'] },
  ],
  testTimeout: 60_000,
  // Modules of a finished file stay in memory: with 190 files one process came to node's limit of 4 GB,
  // and what ran last ran three times slower. This also has them run in a process of their own.
  workerIdleMemoryLimit: '1GB',
};
