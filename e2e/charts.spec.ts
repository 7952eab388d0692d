import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';

test('a chart is drawn on request for one API call, and a click filters the grid', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const refused: string[] = [];
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) refused.push(message.text());
  });
  await page.goto(`/connections/${id}/opportunities`);
  await expect(page.getByText('12,000 opportunities')).toBeVisible();
  await stack.control.clearLedger();
  await page.getByRole('button', { name: 'Charts' }).click();
  const panel = page.getByRole('region', { name: 'Charts' });
  await expect(panel.getByText('1 API call each')).toBeVisible();
  const calls = async () =>
    (await stack.control.listRequests({ org: 'production' })).filter(({ path }) =>
      path.startsWith('/services/data'),
    );
  expect(await calls()).toHaveLength(0);
  await panel.getByRole('button', { name: 'Pipeline by stage' }).click();
  await expect(panel.locator('.recharts-bar-rectangle')).not.toHaveCount(0);
  expect(await calls()).toHaveLength(1);
  await expect(panel.getByText(/corporate currency/)).toBeVisible();
  await expect(panel.getByRole('table', { name: 'Pipeline by stage' })).toBeAttached();
  await expectAccessibleNow(page);
  await panel.getByRole('button', { name: 'Show as table' }).click();
  await panel.getByRole('button', { name: /^Prospecting/ }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/filter=.*StageName.*Prospecting/);
  await expect(panel.getByText(/Drawn before the rows of the list changed/)).toBeVisible();
  expect(refused).toEqual([]);
});

test('a bar under the pointer filters the grid, too', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts`);
  await page.getByRole('button', { name: 'Charts' }).click();
  const panel = page.getByRole('region', { name: 'Charts' });
  await panel.getByRole('button', { name: /by Industry/ }).click();
  await panel.locator('.recharts-bar-rectangle').first().click();
  await expect(page).toHaveURL(/filter=.*Industry/);
});

test('amounts by close month and accounts by owner are drawn, with the same numbers in their tables', async ({
  page,
  steps,
}) => {
  const id = await steps.connect(page);
  const panel = page.getByRole('region', { name: 'Charts' });
  const rows = (table: string) => panel.getByRole('table', { name: table }).locator('tbody tr');
  await page.goto(`/connections/${id}/opportunities`);
  await page.getByRole('button', { name: 'Charts' }).click();
  await panel.getByRole('button', { name: 'Amount by close month' }).click();
  await expect(rows('Amount by close month'), 'a year back, this month, and a year ahead').toHaveCount(25);
  await expect(panel.getByText(/corporate currency/)).toBeVisible();
  await expect(rows('Amount by close month').nth(12).getByRole('cell').first()).toHaveText(/\d/);
  await panel.getByRole('button', { name: 'Count', exact: true }).click();
  // Of the bars of one month, the lowest stands on the axis.
  await panel.locator('.recharts-bar-rectangle path').last().scrollIntoViewIfNeeded();
  const bars = panel.locator('.recharts-bar-rectangle path');
  const tall = await bars.evaluateAll((paths) =>
    paths
      .map((path) => path.getBoundingClientRect().height)
      .reduce((best, height, at, all) => (height > (all[best] ?? 0) ? at : best), 0),
  );
  await bars.nth(tall).click();
  await expect(page).toHaveURL(/filter=.*CloseDate/);
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText(/Close Date is between/);

  await page.goto(`/connections/${id}/accounts`);
  await page.getByRole('button', { name: 'Charts' }).click();
  await panel.getByRole('button', { name: /^Accounts by Owner/ }).click();
  await expect(panel.locator('.recharts-bar-rectangle')).not.toHaveCount(0);
  const first = rows(String(await panel.getByRole('heading', { level: 3 }).textContent())).first();
  const count = String(await first.getByRole('cell').textContent());
  const owner = String(await first.getByRole('button').textContent()).replace(/, filter the list by it$/, '');
  await panel.locator('.recharts-bar-rectangle').first().click();
  await expect(page).toHaveURL(/filter=.*OwnerId/);
  await expect(page.getByText(`${count} accounts`, { exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Filters' })).toContainText(owner);
});

test('a chart says that an amount is hidden from its reader', async ({ page, steps }) => {
  const id = await steps.connected(page, 'production', 'franz');
  await page.goto(`/connections/${id}/opportunities`);
  await page.getByRole('button', { name: 'Charts' }).click();
  const panel = page.getByRole('region', { name: 'Charts' });
  await panel.getByRole('button', { name: 'Pipeline by stage' }).click();
  await expect(panel.getByText(/Amount exists, and field-level security hides it/)).toBeVisible();
});

test.describe('while Salesforce does not answer', () => {
  test.use({ expectedNoise: /504 \(Gateway Timeout\)/ });

  test('a chart that Salesforce does not answer shows its words, and can be tried again', async ({
    page,
    steps,
    stack,
  }) => {
    const id = await steps.connected(page);
    await page.goto(`/connections/${id}/opportunities`);
    await expect(page.getByText('12,000 opportunities')).toBeVisible();
    await page.getByRole('button', { name: 'Charts' }).click();
    const panel = page.getByRole('region', { name: 'Charts' });
    await stack.control.addFault({
      fault: 'query_timeout',
      org: 'production',
      endpoint: 'query',
      count: null,
    });
    await panel.getByRole('button', { name: 'Win rate' }).click();
    await expect(panel.getByText(/QUERY_TIMEOUT/)).toBeVisible();
    await stack.control.clearFaults();
    await panel.getByRole('button', { name: 'Try again' }).click();
    await expect(panel.locator('.recharts-line-curve')).toBeVisible();
  });
});

test('all rows are summarised on request for one API call', async ({ page, steps, stack }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/opportunities`);
  await expect(page.getByText('12,000 opportunities')).toBeVisible();
  await stack.control.clearLedger();
  await page.getByRole('button', { name: /Summarise all 12,000/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Summary' });
  const amount = dialog.getByRole('row', { name: /^Amount/ });
  await expect(amount.getByRole('cell')).toHaveCount(5);
  await expect(dialog.getByText(/12,000 rows/)).toBeVisible();
  await expect(dialog.getByText(/corporate currency/)).toBeVisible();
  const calls = await stack.control.listRequests({ org: 'production' });
  expect(calls.filter(({ path }) => path.startsWith('/services/data'))).toHaveLength(1);
});
