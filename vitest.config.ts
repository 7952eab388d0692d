import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { filesAlone } from './tests/alone.mjs';
import { LongestFirst } from './tests/longest-first.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));
const never = ['**/node_modules/**', '**/.next*/**', '**/.data/**', 'e2e/**'];

const [unitAlone, integrationAlone] = [false, true].map((isIntegration) =>
  // A path is a pattern here, and those of routes have brackets in them.
  filesAlone(root)
    .filter((file) => file.includes('.integration.') === isIntegration)
    .map((file) => file.replace(/[()[\]]/g, '\\$&')),
) as [string[], string[]];

/** Settings that a test may rely on. The key is for tests only. */
const testSettings = {
  LOG_LEVEL: 'silent',
  NEXTAUTH_URL: 'http://localhost:3000',
  NEXTAUTH_SECRET: 'a-secret-for-tests-only-a-secret-for-tests-only',
  ORGDOCK_KEYRING: JSON.stringify({
    active: 'test',
    keys: { test: { value: 'hjLj8H9-fVIj84sTcwAx1jJfYYLyCks8A3YUTr_TnsA' } },
  }),
};

/** Every call must be served here, and callers wait ten seconds at most: it has the machine for itself. */
const CROWD = 'tests/processes/grants/crowd.test.ts';

/** Where a branch that no test takes costs somebody a grant: the least share of branches, in per cent. */
const BRANCHES = {
  'lib/connections/**/*.ts': { branches: 90 },
  'lib/consent/**/*.ts': { branches: 90 },
  'lib/soql/**/*.ts': { branches: 90 },
  'lib/vault/**/*.ts': { branches: 90 },
};

const PGBOUNCER = 'tests/processes/pgbouncer.test.ts';
/** What the projects of whole processes have in common. */
const PROCESSES = {
  pool: 'forks' as const,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  globalSetup: ['./tests/processes/bundle-scripts.ts'],
};

/** What tests on a database have in common. */
const INTEGRATION = {
  pool: 'forks' as const,
  testTimeout: 30_000,
  hookTimeout: 30_000,
  globalSetup: ['./tests/database-server.ts'],
  setupFiles: ['./tests/database.ts'],
};

export default defineConfig({
  resolve: { alias: { '@': root } },
  test: {
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    // Most of them wait for the database half of the time: two, also where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    setupFiles: ['./tests/quiet.ts', './tests/own-registry.ts'],
    env: testSettings,
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: Object.keys(BRANCHES),
      exclude: ['**/*.test.ts', '**/types.ts'],
      thresholds: BRANCHES,
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...never, ...unitAlone, '**/*.integration.test.ts', 'simulator/**', 'tests/processes/**'],
          isolate: false,
        },
      },
      { extends: true, test: { name: 'unit-alone', include: unitAlone } },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: [...never, ...integrationAlone],
          ...INTEGRATION,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'integration-alone', include: integrationAlone, ...INTEGRATION } },
      {
        extends: true,
        test: { name: 'simulator', include: ['simulator/**/*.test.ts'], exclude: never, testTimeout: 30_000 },
      },
      {
        extends: true,
        test: {
          name: 'processes',
          include: ['tests/processes/**/*.test.ts'],
          exclude: [...never, CROWD, PGBOUNCER],
          ...PROCESSES,
          // Most of their time is waiting for leases and pauses, which they can do side by side.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'crowd',
          include: [CROWD],
          exclude: never,
          ...PROCESSES,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // By itself, because not every machine has one: scripts/test.mjs says so then.
        extends: true,
        test: { name: 'pgbouncer', include: [PGBOUNCER], exclude: never, ...PROCESSES },
      },
    ],
  },
});
