import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { filterOf, GridPage } from './pages/grid-page';

/** The instant that a cell such as `5 Feb 2024, 09:12` names, read as UTC. */
function instantOf(text: string | null): number {
  return Date.parse(`${String(text).replace(',', '')} UTC`);
}

async function chooseZone(page: Page, zone: string): Promise<void> {
  await page.goto('/account');
  await page.getByLabel('Time zone').selectOption(zone);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
}

test('times are of the reader’s zone, and days are the same day in every zone', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  const open = async () => {
    await grid.open({ columns: 'Name,CreatedDate,CloseDate', sort: 'Name' });
    await grid.expectRow(1);
    return {
      time: instantOf(await (await grid.cell(1, 'Created Date')).textContent()),
      day: await (await grid.cell(1, 'Close Date')).textContent(),
    };
  };
  const london = await open();
  await chooseZone(page, 'Asia/Tokyo');
  const tokyo = await open();
  expect([8, 9]).toContain((tokyo.time - london.time) / 3_600_000);
  await chooseZone(page, 'America/Los_Angeles');
  const angeles = await open();
  expect((angeles.time - london.time) / 3_600_000).toBe(-8);
  expect([tokyo.day, angeles.day]).toEqual([london.day, london.day]);
});

test('a day is jumped to in a column of dates, up and down; an order without a jump says why', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  const closes = async (row: number) => {
    await grid.expectRow(row);
    return instantOf(await (await grid.cell(row, 'Close Date')).textContent());
  };
  const jumpTo = async (label: RegExp, day: number) => {
    await page.keyboard.press('Control+g');
    await page.getByLabel(label).fill(new Date(day).toISOString().slice(0, 10));
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Go to' })).toHaveCount(0);
    const cursor = grid.table.locator('[role="row"]', { has: page.locator('[id$="-cell"]') });
    return Number(await cursor.getAttribute('aria-rowindex')) - 1;
  };
  await grid.open({ columns: 'Name,CloseDate,StageName,Amount', sort: 'CloseDate' });
  await grid.goTo('6,000');
  const day = await closes(6_000);
  await stack.control.clearLedger();
  const row = await jumpTo(/^Close Date, from$/, day);
  expect(await closes(row)).toBe(day);
  expect(await grid.calls(), 'a jump is one call').toHaveLength(1);
  await grid.press('ArrowUp');
  expect(await closes(row - 1), 'the row before is of an earlier day').toBeLessThan(day);

  await grid.open({ columns: 'Name,CloseDate,StageName,Amount', sort: '-CloseDate' });
  await grid.expectRow(1);
  const down = await jumpTo(/^Close Date, from the last down to$/, day);
  expect(await closes(down)).toBe(day);
  await grid.press('ArrowUp');
  expect(await closes(down - 1)).toBeGreaterThan(day);

  const panel = page.getByRole('dialog', { name: 'Go to' });
  for (const [label, words] of [
    ['Stage', /Salesforce orders Stage as its list of values is ordered.*Filter by Stage instead/],
    ['Amount', /Amount holds several currencies/],
  ] as const) {
    await grid.header(label).getByRole('button').first().click();
    await expect(grid.header(label)).toHaveAttribute('aria-sort', /ascending|descending/);
    await expect(grid.table).toHaveAttribute('aria-busy', 'false');
    await page.keyboard.press('Control+g');
    await expect(panel.getByText(words)).toBeVisible();
    await expect(panel.getByRole('textbox'), 'a row is gone to in any order').toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
  }
});

test('the header and the first column stay in view, however far one scrolls either way', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({
    columns:
      'Name,Industry,Phone,Site,Rating,BillingCity,BillingCountry,Website,Type,Ownership,AccountNumber',
    sort: 'Name',
  });
  await grid.expectRow(1);
  const [header, first] = [await grid.header('Account Name').boundingBox(), await grid.name(1).boundingBox()];
  await grid.table.hover();
  await page.mouse.wheel(0, 36 * 120);
  await page.mouse.wheel(900, 0);
  await grid.expectRow(125);
  await expect(grid.header('Account Number'), 'the last column is in view').toBeInViewport();
  await expect(grid.header('Industry')).not.toBeInViewport();
  expect(await grid.header('Account Name').boundingBox(), 'its header has not moved').toEqual(header);
  expect((await grid.header('Account Number').boundingBox())?.y).toBe(header?.y);
  expect((await grid.name(125).boundingBox())?.x, 'nor has the first column').toBe(first?.x);
  const under = await page.evaluate(
    ([x, y]) =>
      document
        .elementFromPoint(x ?? 0, y ?? 0)
        ?.closest('[role]')
        ?.getAttribute('role'),
    [(header?.x ?? 0) + 20, (header?.y ?? 0) + 10],
  );
  expect(under, 'no row shines through').not.toBe('rowheader');
});

test('a long text and an address open whole, and the grid has the keyboard again', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({
    columns: 'Name,Description,BillingAddress',
    sort: 'Name',
    filter: filterOf(['BillingCity', 'notEmpty']),
  });
  await grid.expectRow(1);
  const long = grid.table.getByText(/has been with us since \d{4}\.$/).first();
  const text = String(await long.textContent());
  await long.click();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Account Description' });
  await expect(dialog.getByText(text)).toBeVisible();
  expect(page.url(), 'a long text is no link').toContain('/accounts');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(grid.table).toBeFocused();

  await grid.press('Control+Home', 'End');
  const address = await grid.cell(1, 'Billing Address');
  await expect(address).toHaveText(/\S+, \S+/);
  const words = String(await address.textContent());
  await grid.press('Space');
  const whole = page.getByRole('dialog', { name: 'Billing Address' });
  for (const part of words.split(', ')) await expect(whole).toContainText(part);
  await page.keyboard.press('Escape');
  await expect(grid.table).toBeFocused();
});
