/**
 * The layer law (docs/architecture.md, "Who may import whom"). Each message says where the code belongs instead.
 * Tests may import upwards only within the rules of `test` below; they are checked for cycles and for the simulator.
 */
const TEST = '\\.(test|spec)\\.tsx?$|^tests/|^e2e/|^simulator/testing/';
/** Benchmarks drive the product and the simulator from outside, as the tests of processes do. */
const BENCH = '^bench/';
const CLIENT_SAFE_LIB = '^lib/([^/]+/types|[^/]+/[^/]+/types|errors|context)\\.ts$|^lib/(format|soql)/';

/** Bottom to top: a folder may import those before it. */
const ORDER = [
  ['env', 'errors', 'form', 'log', 'context', 'registry', 'keyring', 'format', 'soql'],
  ['egress'],
  ['salesforce', 'openid'],
  ['vault'],
  ['audit'],
  ['queue'],
  ['limits'],
  ['session'],
  ['people'],
  ['environments'],
  ['connections'],
  ['consent'],
  ['custody'],
  ['provisioning'],
  ['records'],
  ['doctor'],
  ['broker'],
  ['notify'],
  ['jobs'],
  ['start-portal'],
];

/** `lib/<x>/…` or `lib/<x>.ts`. Types of any folder may be named from below: they are erased and client-safe. */
const libPath = (names) => `^lib/(${names.join('|')})(/|\\.ts$)`;

const upward = ORDER.slice(0, -1).map((names, index) => ({
  name: `lib-order-${names[0] === 'env' ? 'base' : names[0]}`,
  comment: `lib is ordered from bottom to top; ${names.join(', ')} may not import what stands above. Move the shared part down, or let the caller pass it in.`,
  severity: 'error',
  from: { path: libPath(names), pathNot: TEST },
  to: { path: libPath(ORDER.slice(index + 1).flat()), pathNot: '/types\\.ts$' },
}));

/** @param {string[]} names */
const only = (names) => `^lib/(${names.join('|')})/`;

module.exports = {
  forbidden: [
    ...upward,
    {
      name: 'no-cycles',
      comment: 'A cycle has no order to load in. Move the shared part into a file of its own.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-unresolvable',
      comment: 'This import leads nowhere.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(next|server-only)' },
    },
    {
      name: 'lib-known-folders',
      comment:
        'A new folder of lib needs its place in the order (ORDER in this file and docs/architecture.md).',
      severity: 'error',
      from: {},
      to: { path: '^lib/', pathNot: libPath(ORDER.flat()) },
    },
    {
      name: 'lib-not-upward',
      comment: 'lib knows no page and no component. Return data; let app compose it.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components|instrumentation|proxy|scripts|server)' },
    },
    {
      name: 'components-are-pure',
      comment:
        'components import components, types of lib, lib/format and lib/soql. Fetch in the page and pass the data in.',
      severity: 'error',
      from: { path: '^components/', pathNot: TEST },
      to: { path: '^(app|db|lib|simulator|scripts|server)/', pathNot: CLIENT_SAFE_LIB },
    },
    {
      name: 'app-has-no-db',
      comment: 'Pages and routes call lib; only lib opens a transaction.',
      severity: 'error',
      from: { path: '^app/', pathNot: TEST },
      to: { path: '^db/', pathNot: '^db/start\\.ts$' },
    },
    {
      name: 'db-start-for-readiness-only',
      comment: 'Only the readiness probe looks at the database itself.',
      severity: 'error',
      from: { path: '^app/', pathNot: `${TEST}|^app/api/ready/` },
      to: { path: '^db/' },
    },
    {
      name: 'db-is-below-lib',
      comment: 'db imports only env, errors, log, context, registry and keyring of lib.',
      severity: 'error',
      from: { path: '^db/', pathNot: TEST },
      to: {
        path: '^(app|components|lib|scripts|server)/',
        pathNot: '^lib/(env|errors|log|context|registry|keyring)\\.ts$',
      },
    },
    {
      name: 'pure-folders-have-no-db',
      comment: 'format, soql, egress, salesforce and openid know no database: they are given what they need.',
      severity: 'error',
      from: { path: only(['format', 'soql', 'egress', 'salesforce', 'openid']), pathNot: TEST },
      to: { path: '^(db/|node_modules/(drizzle-orm|pg)/)' },
    },
    {
      name: 'format-and-soql-run-in-the-browser',
      comment: 'format and soql are used by client components: nothing of Node, no settings, no log.',
      severity: 'error',
      from: { path: only(['format', 'soql']), pathNot: TEST },
      to: { path: '^lib/(env|log|registry|keyring)\\.ts$|^node:', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-node-in-format-and-soql',
      comment: 'format and soql are used by client components: nothing of Node.',
      severity: 'error',
      from: { path: only(['format', 'soql']), pathNot: TEST },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'proxy-imports-nothing',
      comment: 'proxy.ts writes headers. Gates live in pages and routes, never in the proxy.',
      severity: 'error',
      from: { path: '^proxy\\.ts$' },
      to: { path: '^(app|components|db|lib|scripts|server|simulator)' },
    },
    {
      name: 'next-auth-in-consent-and-session-only',
      comment: 'next-auth is an implementation detail of lib/session and lib/consent.',
      severity: 'error',
      from: { pathNot: `^(node_modules|lib/(session|consent))/|${TEST}` },
      to: { path: '^node_modules/next-auth/' },
    },
    {
      name: 'oauth4webapi-in-protocol-folders-only',
      comment:
        'OAuth calls go through lib/salesforce/oauth and lib/openid; oauth4webapi’s errors hold whole token answers.',
      severity: 'error',
      from: { pathNot: `^(node_modules|lib/(salesforce|openid))/|${TEST}` },
      to: { path: '^node_modules/oauth4webapi/' },
    },
    {
      name: 'undici-in-egress-only',
      comment: 'lib/egress is the one way out: host rules and address guard stand there.',
      severity: 'error',
      from: { path: '^(app|components|lib|db)/', pathNot: `^lib/egress/|${TEST}` },
      to: { path: '^node_modules/undici/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'graphile-worker-in-jobs-only',
      comment:
        'Jobs are added with lib/queue/enqueue.ts, in the transaction of what causes them, and run by lib/jobs.',
      severity: 'error',
      from: { pathNot: `^(node_modules|lib/jobs|db/queue)/|${TEST}` },
      to: { path: '^node_modules/graphile-worker/' },
    },
    {
      name: 'pg-in-db-and-jobs-only',
      comment: 'db opens the connections; everybody else gets a transaction from db/client.ts.',
      severity: 'error',
      from: { pathNot: `^(node_modules|lib/jobs|db)/|${TEST}` },
      to: { path: '^node_modules/pg/' },
    },
    {
      name: 'nodemailer-in-notify-only',
      comment: 'Mail goes out through lib/notify/mail.ts, which lets no word of the server into a log.',
      severity: 'error',
      from: { pathNot: `^(node_modules|lib/notify)/|${TEST}` },
      to: { path: '^node_modules/nodemailer/' },
    },
    {
      name: 'vault-is-for-holders-of-secrets',
      comment: 'Only the folders that hold sealed columns may open the vault.',
      severity: 'error',
      from: {
        pathNot: `${only(['vault', 'audit', 'environments', 'people', 'connections', 'consent', 'custody', 'provisioning', 'notify'])}|^scripts/|${BENCH}|${TEST}`,
      },
      to: { path: '^lib/vault/', pathNot: '/types\\.ts$' },
    },
    {
      name: 'simulator-stands-alone',
      comment: 'The simulator is the counterpart: it must not share a mistake with the product.',
      severity: 'error',
      from: { path: '^simulator/' },
      to: { path: '^(app|components|lib|db|scripts|server|tests)/' },
    },
    {
      name: 'nobody-imports-the-simulator',
      comment:
        'Only scripts, benchmarks and tests talk to the simulator, through its facts, its control client and startSimulator.',
      severity: 'error',
      from: { pathNot: `^simulator/|^scripts/|${BENCH}|${TEST}` },
      to: { path: '^simulator/' },
    },
    {
      name: 'simulator-by-its-front-door',
      comment: 'Use simulator/server.ts, simulator/control-client.ts or simulator/seed/facts.ts.',
      severity: 'error',
      from: { pathNot: '^simulator/' },
      to: {
        path: '^simulator/',
        pathNot: '^simulator/((server|control-client|seed/facts|types)\\.ts$|testing/)',
      },
    },
    {
      name: 'no-dev-dependencies-in-the-product',
      comment: 'What the portal needs at run time belongs in dependencies.',
      severity: 'error',
      from: {
        path: '^(app|components|lib|db|server|simulator)/|^(server|instrumentation|proxy)\\.',
        pathNot: TEST,
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-code-in-the-product',
      comment: 'A test file is no library. Move the helper into tests/.',
      severity: 'error',
      from: { pathNot: `${BENCH}|${TEST}` },
      to: { path: TEST },
    },
    {
      name: 'bench-stands-above-everything',
      comment: 'Benchmarks import lib, db, the simulator and helpers of the tests.',
      severity: 'error',
      from: { path: BENCH },
      to: { path: '^(app|components|scripts|server|e2e)/' },
    },
    {
      name: 'nobody-imports-bench',
      comment: 'Baselines are written to be compared with, not to be used.',
      severity: 'error',
      from: { pathNot: BENCH },
      to: { path: BENCH },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.data|coverage|node_modules/\\.cache)' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
    },
  },
};
