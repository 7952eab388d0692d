import { defineConfig } from '@playwright/test';

/** Run by scripts/test.mjs, which finds the browser and builds the portal first. */
export default defineConfig({
  testDir: './e2e',
  // Emptied at every start: the reports of the other stages stand beside it.
  outputDir: './test-results/e2e',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  // A watchdog only: on two busy cores a journey through two orgs takes its time.
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_FILE ?? 'test-results/e2e.json' }]],
  use: {
    browserName: 'chromium',
    launchOptions: {
      ...(process.env.CHROMIUM_PATH ? { executablePath: process.env.CHROMIUM_PATH } : {}),
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    },
    locale: 'en-US',
    timezoneId: 'America/New_York',
    // A recording costs a fifth of the whole run: `npm test -- e2e <file> --trace on` makes one.
    trace: 'off',
    screenshot: 'only-on-failure',
  },
});
