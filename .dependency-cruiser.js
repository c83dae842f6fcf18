// Imports go one way (docs/architecture.md): domain ← workflows ← (names and types) api;
// activities and clickhouse know neither api nor workers.
/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'Machines know no Temporal, no Nest, no clock: nothing but themselves.',
      severity: 'error',
      from: { path: '^src/domain', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: '^src/domain' },
    },
    {
      name: 'workflows-are-deterministic',
      severity: 'error',
      from: { path: '^workflows', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^workflows', '^src/domain', 'node_modules/@temporalio/(workflow|common)'] },
    },
    {
      name: 'workflows-by-contract-only',
      comment: 'Others import names and types of the workflows, never what runs in them.',
      severity: 'error',
      from: { path: '^(src|api|activities|workers|clickhouse)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^workflows', pathNot: '^workflows/contracts' },
    },
    {
      name: 'api-knows-no-worker',
      severity: 'error',
      from: { path: '^api', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(activities|workers)' },
    },
    {
      name: 'activities-one-way',
      severity: 'error',
      from: { path: '^activities', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(api|workers|workflows/(?!contracts))' },
    },
    {
      name: 'clickhouse-is-a-leaf',
      severity: 'error',
      from: { path: '^clickhouse', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(api|workers|workflows|activities)' },
    },
    {
      name: 'one-door-to-100ms',
      comment: 'Several methods of the package are defective: docs/adr/0011-hundredms.md.',
      severity: 'error',
      from: { pathNot: '^src/video/hundredms/client\\.ts$' },
      to: { path: 'node_modules/@100mslive' },
    },
    {
      name: 'no-test-in-the-product',
      severity: 'error',
      from: { pathNot: '(^test|\\.spec\\.ts$)' },
      to: { path: '(^test|\\.spec\\.ts$)' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
