import type { ControlClient } from '@/simulator/control-client';
import { expect, test, usernameOf } from './fixtures';
import { GridPage } from './pages/grid-page';
import { startReplica } from './replica';

// The browser's console names every answer that is an error, and requests without a network.
test.use({ expectedNoise: /status of (?:4|5)\d\d|ERR_INTERNET_DISCONNECTED/ });

const ALWAYS = { org: 'production', count: null } as const;
const FAULTS: ReadonlyArray<{
  fault: Parameters<ControlClient['addFault']>[0];
  title: string | RegExp;
  salesforce: RegExp;
  more?: string;
}> = [
  {
    fault: { fault: 'server_error', endpoint: 'data', ...ALWAYS },
    title: /could not be loaded: Salesforce is not available/,
    salesforce: /503|not available/,
  },
  {
    fault: { fault: 'query_timeout', endpoint: 'query', ...ALWAYS },
    title: 'Salesforce needed too long for this list',
    salesforce: /QUERY_TIMEOUT/,
    more: 'Clear search, filter and sorting',
  },
  {
    fault: { fault: 'concurrent_limit', endpoint: 'query', ...ALWAYS },
    title: 'This org is busy with other long requests',
    salesforce: /REQUEST_LIMIT_EXCEEDED/,
  },
];

test('what keeps rows from coming is told by its cause, over the last good rows', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectRow(1);
  const first = String(await grid.name(1).textContent());
  const strip = page
    .getByRole('alert')
    .filter({ hasText: /What you see is what Salesforce answered before|stay/ });

  for (const { fault, title, salesforce, more } of FAULTS) {
    await stack.control.addFault(fault);
    await grid.header('Industry').getByRole('button').first().click();
    await expect(strip, fault.fault).toContainText(title);
    await expect(strip).toContainText(salesforce);
    if (more) await expect(strip.getByRole('button', { name: more })).toBeVisible();
    await expect(grid.name(1), 'the last good rows stay').toHaveText(first);
    await stack.control.clearFaults();
    await strip.getByRole('button', { name: 'Try again' }).click();
    await expect(strip).toHaveCount(0);
    await grid.header('Account Name').getByRole('button').first().click();
    await expect(grid.name(1)).toHaveText(first);
  }

  const [org] = await stack.control.listOrgs();
  await stack.control.act({ act: 'use_api_calls', org: 'production', used: 1_000_000 });
  await grid.header('Industry').getByRole('button').first().click();
  await expect(strip, String(org?.name)).toContainText('This org has used up its API calls of today');
  await expect(strip).toContainText('TotalRequests Limit exceeded');
  await expect(grid.name(1)).toHaveText(first);
});

test('a reserve for other jobs is kept, and says so', async ({ page, steps, stack }) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open();
  await grid.expectRow(1);
  await stack.sql`UPDATE orgdock.environments SET api_reserve_percent = 90 WHERE slug = 'production'`;
  const words = String(await grid.cost.textContent());
  const most = Number(/ of ([\d,]+) used/.exec(words)?.[1]?.replaceAll(',', ''));
  await stack.control.act({ act: 'use_api_calls', org: 'production', used: Math.round(most * 0.5) });
  await grid.control(/^Refresh/).click();
  await grid.control(/^Refresh/).click();
  const strip = page.getByRole('alert').filter({ hasText: 'kept for other jobs' });
  await expect(strip).toContainText('leaves 90 % of the org’s API calls to other jobs');
  await grid.expectRow(1);
  await stack.sql`UPDATE orgdock.environments SET api_reserve_percent = 0`;
  await strip.getByRole('button', { name: 'Try again' }).click();
  await expect(strip).toHaveCount(0);
});

test('a browser without a network keeps its rows, and goes on when the network is back', async ({
  page,
  steps,
  stack,
  context,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectRow(1);
  await context.setOffline(true);
  await grid.press('Control+End');
  const strip = page.getByRole('alert').filter({ hasText: 'You are offline' });
  await expect(strip).toContainText('Rows that were loaded before stay here.');
  await grid.press('Control+Home');
  await grid.expectRow(1);
  await context.setOffline(false);
  await grid.press('Control+End');
  await strip.getByRole('button', { name: 'Try again' }).click();
  await grid.expectRow(5_000);
  await expect(strip).toHaveCount(0);
});

test('an object that is hidden, and one that does not exist, are said to be out of sight', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open();
  await grid.expectRow(1);
  await stack.control.act({
    act: 'hide_object',
    org: 'production',
    sobject: 'Account',
    username: usernameOf('grace'),
  });
  await grid.header('Account Type').getByRole('button').first().click();
  await expect(page.getByRole('alert').filter({ hasText: 'not visible to this user' })).toBeVisible();
  await grid.expectRow(1);
  await page.goto(`/connections/${id}/objects/Nothing__c`);
  await expect(page.getByText('Nothing__c are not visible to this user')).toBeVisible();
  await expect(page.getByText(/ask a Salesforce administrator for read access/)).toBeVisible();
});

test('a user without the API is told so, without an empty grid', async ({ page, steps }) => {
  const id = await steps.connected(page, 'production', 'noapi');
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('This user has no access to Salesforce’s API')).toBeVisible();
  await expect(page.getByText('API_DISABLED_FOR_ORG')).toBeVisible();
  await expect(page.getByText(/^No accounts/)).toHaveCount(0);
});

test('a connection that died keeps its rows and is reconnected from the grid', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectRow(1);
  const first = String(await grid.name(1).textContent());
  await stack.control.act({ act: 'revoke_grants', org: 'production', username: usernameOf('grace') });
  await grid.header('Industry').getByRole('button').first().click();
  const strip = page.getByRole('alert').filter({ hasText: 'This connection does not serve any more' });
  await expect(strip).toBeVisible();
  await expect(grid.name(1)).toHaveText(first);
  await expect(strip.getByRole('link', { name: 'Open the connection' })).toBeVisible();
  await strip.getByRole('button', { name: 'Reconnect' }).click();
  await page.waitForURL((url) => url.origin !== stack.portal);
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(new RegExp(`/connections/${id}`));
  await grid.open({ sort: 'Name' });
  await expect(grid.name(1)).toHaveText(first);
});

test('a grid that waits for Salesforce shows its shape, and one that has rows keeps them meanwhile', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id);
  const slow = { fault: 'slow', endpoint: 'query', org: 'production', ms: 3_000 } as const;
  await stack.control.addFault(slow);
  await page.goto(`/connections/${id}/accounts?sort=Name`, { waitUntil: 'commit' });
  const loading = page.getByRole('status').filter({ hasText: 'Loading accounts…' });
  await expect(loading).toBeAttached();
  await expect(page.getByRole('heading', { level: 1, name: 'Accounts' })).toBeVisible();
  await expect(page.getByText(/^No accounts/)).toHaveCount(0);
  await expect(grid.table).toHaveCount(0);
  await grid.expectRow(1);
  await expect(loading).toHaveCount(0);

  const first = String(await grid.name(1).textContent());
  await stack.control.addFault(slow);
  await grid.header('Account Name').getByRole('button').first().click();
  await expect(grid.table).toHaveAttribute('aria-busy', 'true');
  await expect(grid.name(1)).toHaveText(first);
  await expect(grid.table).toHaveAttribute('aria-busy', 'false');
  await expect(grid.name(1)).not.toHaveText(first);

  await stack.control.addFault({ ...slow, endpoint: 'locator' });
  await grid.press('Control+End');
  await expect(page.getByText('Loading rows…')).toBeVisible();
  await grid.expectRow(5_000);
  await expect(page.getByText('Loading rows…')).toHaveCount(0);
});

test('who reads too fast is told how long to wait, over the last good rows', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectRow(1);
  const first = String(await grid.name(1).textContent());
  await stack.sql`UPDATE orgdock.rate_limits SET points = 1000 WHERE key LIKE 'records:%'`;
  await grid.header('Industry').getByRole('button').first().click();
  const strip = page.getByRole('alert').filter({ hasText: 'That was too many requests at once' });
  await expect(strip).toContainText(/Try again in \d+ (?:seconds|minutes)/);
  await expect(grid.name(1)).toHaveText(first);
  await page.reload();
  await expect(page.getByText('That was too many requests at once')).toBeVisible();
  await expect(page.getByText(/^No accounts/)).toHaveCount(0);
  await stack.sql`DELETE FROM orgdock.rate_limits WHERE key LIKE 'records:%'`;
  await page.getByRole('button', { name: 'Try again' }).click();
  await grid.expectRow(1);
});

test('a list goes on at another replica, since the browser holds what names it', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectRow(1);
  const replica = await startReplica(stack);
  try {
    let served = 0;
    await page.route('**/api/connections/**', async (route) => {
      served += 1;
      const { pathname, search } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: `${replica.origin}${pathname}${search}` }) });
    });
    await stack.control.clearLedger();
    await grid.press('Control+End');
    await grid.expectRow(5_000);
    expect(served).toBe(1);
    const calls = await grid.calls();
    expect(calls.filter((path) => /\/query\/\w+-\d+$/.test(path))).toHaveLength(1);
    expect(
      calls.filter((path) => path.endsWith('/query')),
      'no list is opened again',
    ).toEqual([]);
    await expect(page.getByText(/opened again/)).toHaveCount(0);
  } finally {
    await page.unrouteAll({ behavior: 'wait' });
    await replica.stop();
  }
});
