import { expect, test } from './fixtures';
import { GridPage } from './pages/grid-page';

test('the keyboard moves, selects and copies as in a spreadsheet', async ({
  page,
  steps,
  stack,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({
    columns: 'Name,AccountNumber,NumberOfEmployees,LastActivityDate',
    sort: 'AccountNumber',
  });
  await grid.expectRow(1);
  await grid.press('Control+Home', 'ArrowRight', 'ArrowDown', 'Shift+ArrowDown', 'Shift+ArrowRight');
  await expect(grid.table.locator('[aria-selected="true"]')).toHaveCount(4);
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 2 rows, 2 columns.')).toBeVisible();
  expect(await grid.clipboard()).toMatch(/^AC-100002\t[\d,]*\nAC-100003\t[\d,]*\n$/);
  await page.keyboard.press('Control+Shift+c');
  await expect.poll(() => grid.clipboard()).toMatch(/^Account Number\tEmployees\nAC-100002\t/);
  await page.getByRole('button', { name: 'Copy as CSV' }).click();
  await expect(page.getByText('Copied 2 rows, 2 columns as CSV.')).toBeVisible();
  expect(await grid.clipboard()).toMatch(
    /^Account Number,Employees\r?\nAC-100002,\d*\r?\nAC-100003,\d*\r?\n$/,
  );

  await grid.press('Escape', 'Escape', 'Control+Home', 'PageDown');
  const cursor = page.locator('[id$="-cell"]');
  await expect(cursor).toBeInViewport();
  await expect(cursor.locator('xpath=ancestor::*[@role="row"]')).not.toHaveAttribute('aria-rowindex', '2');
  await grid.press('End');
  await expect(cursor).toHaveAttribute('aria-colindex', '4');
  await grid.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys of the grid' })).toBeVisible();
  await page.keyboard.press('Escape');
  await grid.press('Control+Home', 'Enter');
  await expect(page).toHaveURL(/\/records\/001/);
});

test('a range of cells is selected by mouse, and is counted and summed where that means something', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  await grid.open({ columns: 'Name,TotalOpportunityQuantity,Probability,CloseDate,Amount', sort: 'Name' });
  await grid.expectRow(1);
  const summary = page.getByLabel('Summary of the selection');
  const drag = async (from: [number, string], to: [number, string]) => {
    await (await grid.cell(...from)).hover();
    await page.mouse.down();
    await (await grid.cell(...to)).hover();
    await page.mouse.up();
  };
  await drag([1, 'Probability (%)'], [6, 'Probability (%)']);
  await expect(grid.table.locator('[aria-selected="true"]')).toHaveCount(6);
  await expect(summary).toHaveText(/^Count6Average[\d.]+\s?%Min\d+\s?%Max\d+\s?%$/);
  await drag([1, 'Close Date'], [4, 'Close Date']);
  await expect(summary).toHaveText(/^Count4First.+Last.+$/);
  await (await grid.cell(1, 'Amount')).click();
  await (await grid.cell(12, 'Amount')).click({ modifiers: ['Shift'] });
  await expect(summary, 'euros are not added to dollars').toContainText('several currencies');
});

test('rows are drawn closer, wrapped and numbered, and each amount has its own currency', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,AnnualRevenue,Description,CreatedDate', sort: '-AnnualRevenue' });
  await grid.expectRow(1);
  const height = async () => (await grid.row(1).boundingBox())?.height;
  expect(await height()).toBe(36);
  const toggle = async (name: string) => {
    await page.getByRole('button', { name: 'Display' }).click();
    await page.getByRole('menuitemcheckbox', { name }).click();
    await page.keyboard.press('Escape');
  };
  await toggle('Compact rows');
  await expect.poll(height).toBe(28);
  await toggle('Wrap text');
  await expect.poll(height).toBe(64);
  await toggle('Row numbers');
  await expect(grid.row(3)).toContainText(/^3/);
  const amounts = await Promise.all(
    [1, 2, 3, 4, 5, 6].map(async (row) =>
      String(await (await grid.cell(row, 'Annual Revenue')).textContent()),
    ),
  );
  for (const amount of amounts) expect(amount).toMatch(/^(?:\p{Sc}|[A-Z]{2,3}\p{Sc}?)\s?[\d,]+$/u);
  expect(new Set(amounts.map((amount) => amount.replace(/[\d,\s]/g, ''))).size).toBeGreaterThan(1);
});

test('markup in rich text, names and links is shown as text and does nothing', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'objects/Project__c', name: 'Projects' });
  await grid.open({
    columns: 'Name,Summary__c,Site_Link__c,Margin__c,Standup__c,Billable__c',
    sort: 'CreatedDate',
  });
  await grid.expectRow(1);
  await grid.press('Control+End', 'Control+Home');
  await grid.expectRow(1);
  await expect(
    grid.table.getByText(/Open the plan|Anywhere|Picture|Before after/).first(),
    'hostile rows are in view',
  ).toBeVisible();
  expect(await page.evaluate(() => Reflect.get(window, 'hacked')), 'nothing ran').toBeUndefined();
  await expect(grid.table.locator('script, iframe, svg circle, img, style')).toHaveCount(0);
  await expect(grid.table.getByText('<p>'), 'tags are not shown either').toHaveCount(0);
  await expect(grid.table.locator('a[href^="javascript"]')).toHaveCount(0);
});

test('on a phone every record is a card, and the page does not scroll sideways', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/connections/${id}/accounts?sort=Name`);
  const cards = page.getByRole('region', { name: 'Accounts' });
  const card = (number: number) => cards.locator(`[aria-posinset="${number}"]`);
  await expect(card(1)).toContainText('Annual Revenue');
  await expect(card(1)).toHaveAttribute('aria-setsize', '5000');
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
  await stack.control.clearLedger();
  await cards.focus();
  await page.keyboard.press('End');
  await expect(card(5_000)).toBeVisible();
  await expect(card(5_000)).not.toHaveAttribute('aria-busy', 'true');
  // A slow machine may rest once on the way.
  const calls = await GridPage.of(page, stack, id).calls();
  expect(calls.length).toBeLessThanOrEqual(2);
  await card(4_999).getByRole('link').first().click();
  await expect(page).toHaveURL(/\/records\/001/);
});
