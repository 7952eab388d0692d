import { expect, test as withOrgs } from './fixtures';
import { GridPage } from './pages/grid-page';
import { type Stack, startStack } from './stack';

const MILLION = 1_000_000;

const test = withOrgs.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
    async ({}, use) => {
      const stack = await startStack({ accounts: { production: MILLION } });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 240_000 },
  ],
});

test('the last of a million rows costs what the first costs; a row and a letter are jumped to', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name', columns: 'Name,AccountNumber' });
  await grid.expectTotal('1,000,000 accounts');
  await expect(grid.table).toHaveAttribute('aria-rowcount', '1000001');
  await grid.expectRow(1);
  await stack.control.clearLedger();

  await grid.press('Control+End');
  await grid.expectRow(MILLION);
  expect(await grid.calls()).toHaveLength(1);

  await grid.goTo('250,000');
  await grid.expectRow(250_000);
  await expect(page).toHaveURL(/[?&]row=250000/);
  expect(await grid.calls()).toHaveLength(2);
  await grid.press('ArrowDown', 'ArrowDown');
  await expect(grid.row(250_002).locator('[role="rowheader"][aria-selected="true"]')).toBeVisible();

  await page.keyboard.press('Control+g');
  await page.getByLabel(/^Account Name, from/).fill('M');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Go to' })).toHaveCount(0);
  await expect(page).toHaveURL((url) => Number(url.searchParams.get('row')) > 250_010);
  const row = Number(new URL(page.url()).searchParams.get('row'));
  await expect(grid.name(row)).toHaveText(/^m/i);
  expect(await grid.calls()).toHaveLength(3);

  await page.getByRole('button', { name: /^Go to/ }).click();
  await page.getByLabel(/^Row, of 1,000,000/).fill('1,000,001');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Type a number from 1 to 1,000,000.')).toBeVisible();
});
