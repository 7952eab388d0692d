import { expect, test } from './fixtures';

test('accounts show their total, formatted cells and what they cost', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Account Name' })).toBeVisible();
  await expect(page.getByText(/API calls? ·/)).toBeVisible();
});

test('accounts sort by any sortable column, in the URL', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts`);
  const header = page.getByRole('columnheader', { name: 'Annual Revenue' });
  await header.getByRole('button').click();
  await expect(page).toHaveURL(/[?&]sort=-?AnnualRevenue/);
  await expect(header).toHaveAttribute('aria-sort', /ascending|descending/);
  await page.goto(`/connections/${id}/accounts?sort=-AnnualRevenue,Name`);
  await expect(header).toHaveAttribute('aria-sort', 'descending');
});

test('accounts are searched by name, and nothing found is said plainly', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts`);
  await page.getByRole('searchbox').fill("O'Hara");
  await expect(page).toHaveURL(/q=O/);
  await expect(page.getByText(/O'Hara/).first()).toBeVisible();
  await page.getByRole('searchbox').fill('zzz no such account zzz');
  await expect(page.getByText(/No accounts match/)).toBeVisible();
  await page.getByRole('button', { name: 'Clear search' }).last().click();
  await expect(page.getByText('5,000 accounts')).toBeVisible();
});

test('markup in a name is shown as text', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts?q=${encodeURIComponent('<script>')}`);
  await expect(page.getByText(/<script>/).first()).toBeVisible();
});

test('opportunities scroll to the last of them, and the URL keeps the place', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/opportunities?sort=CloseDate`);
  await expect(page.getByText('12,000 opportunities')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Opportunities' });
  await expect(grid).toHaveAttribute('aria-rowcount', '12001');
  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(grid.locator('[aria-rowindex="12001"]').getByRole('rowheader')).not.toBeEmpty();
  await expect(page).toHaveURL(/[?&]row=119\d\d/);
  await page.reload();
  await expect(grid.locator('[aria-rowindex="12001"]').getByRole('rowheader')).not.toBeEmpty();
});

test('opening and scrolling on cost one API call each after the first visit', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await stack.control.clearLedger();
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('1 API call ·')).toBeVisible();
  const grid = page.getByRole('grid', { name: 'Accounts' });
  await grid.evaluate((element) => element.scrollTo({ top: 36 * 2_500 }));
  await expect(page.getByText('2 API calls ·')).toBeVisible();
  await expect(grid.locator('[aria-rowindex="2502"]').getByRole('rowheader')).not.toBeEmpty();
  const calls = (await stack.control.listRequests({ org: 'production' })).filter(({ path }) =>
    path.startsWith('/services/data'),
  );
  expect(calls).toHaveLength(2);
});

test.describe('while Salesforce answers no window', () => {
  test.use({ expectedNoise: /status of 50[23]/ });

  test('a later window that fails leaves the rows before it on screen', async ({ page, steps, stack }) => {
    const id = await steps.connected(page);
    await page.goto(`/connections/${id}/accounts`);
    await expect(page.getByText('5,000 accounts')).toBeVisible();
    const first = (await page.getByRole('rowheader').first().textContent()) ?? '';
    await stack.control.addFault({
      fault: 'server_error',
      org: 'production',
      endpoint: 'query',
      count: null,
    });
    const grid = page.getByRole('grid', { name: 'Accounts' });
    await grid.evaluate((element) => element.scrollTo({ top: 36 * 2_500 }));
    await expect(page.getByRole('alert').getByText(/Rows that were loaded before stay here/)).toBeVisible();
    await grid.evaluate((element) => element.scrollTo({ top: 0 }));
    await expect(page.getByRole('rowheader').first()).toHaveText(first);
    await stack.control.clearFaults();
    await page.getByRole('button', { name: 'Try again' }).click();
    await expect(page.getByRole('alert').getByText(/stay here/)).toHaveCount(0);
  });
});

test('columns that the user may not see are named, not fatal', async ({ page, steps }) => {
  const id = await steps.connected(page, 'production', 'franz');
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText(/5[.,]000/).first()).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Annual Revenue' })).toHaveCount(0);
  await expect(page.getByText(/AnnualRevenue|Annual Revenue/).first()).toBeVisible();
});

test('amounts, dates and numbers follow the Salesforce user', async ({ page, steps }) => {
  const id = await steps.connected(page, 'uat', 'franz');
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText(/^500 /)).toBeVisible();
  await page.goto(`/connections/${id}/opportunities`);
  await expect(page.getByRole('gridcell', { name: /^\d{2}\.\d{2}\.\d{4}$/ }).first()).toBeVisible();
});

test('an outage never looks like an empty grid', async ({ page, steps, stack }) => {
  const id = await steps.connected(page);
  await stack.control.addFault({ fault: 'server_error', org: 'production', endpoint: 'query', count: null });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('Accounts could not be loaded')).toBeVisible();
  await expect(page.getByText(/^No accounts/)).toHaveCount(0);
  await stack.control.clearFaults();
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText('5,000 accounts')).toBeVisible();
});

test('a user without API access is told so', async ({ page, steps }) => {
  const id = await steps.connected(page, 'production', 'noapi');
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('API_DISABLED_FOR_ORG')).toBeVisible();
});

test('the grid works on a phone and by keyboard', async ({ page, steps }) => {
  const id = await steps.connect(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, 'the page itself does not scroll sideways').toBeLessThanOrEqual(0);
  await expect(page.getByRole('region', { name: 'Accounts' }).locator('[aria-posinset="1"]')).toBeVisible();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('grid', { name: 'Accounts' }).focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/sort=-Name/);
  await expect(page.getByRole('columnheader', { name: 'Account Name' })).toHaveAttribute(
    'aria-sort',
    'descending',
  );
  await expect(page.getByRole('rowheader').first()).not.toContainText('Quoted');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/records\/001/);
});
