import { expect, test } from './fixtures';
import { filterOf, GridPage } from './pages/grid-page';

test('rows come as they are scrolled to, one API call for each window, and the grid says what it cost', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: 'Name' });
  await grid.expectTotal('5,000 accounts');
  await grid.expectRow(1);
  await stack.control.clearLedger();

  await grid.press('Control+End');
  await grid.expectRow(5_000);
  expect(await grid.calls(), 'the last row costs what the first costs').toHaveLength(1);
  await expect(grid.cost).toHaveText(/^\d API calls · [\d,]+ of [\d,]+ used today/);
  await expect(page).toHaveURL(/[?&]row=49\d\d/);

  await grid.press('Control+Home');
  await grid.expectRow(1);
  expect(await grid.calls(), 'rows that are here cost nothing').toHaveLength(1);

  await grid.table.hover();
  await page.mouse.wheel(0, 310 * 36);
  await grid.expectRow(311);
  expect(await grid.calls()).toHaveLength(2);

  await grid.goTo('2,500');
  await grid.expectRow(2_500);
  await expect(page).toHaveURL(/[?&]row=2500/);
  expect(await grid.calls()).toHaveLength(3);
  const name = await grid.name(2_500).textContent();
  await page.reload();
  await grid.expectRow(2_500);
  await expect(grid.name(2_500)).toHaveText(String(name));

  await page.keyboard.press('Control+g');
  await page.getByLabel(/^Account Name, from/).fill('T');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL((url) => Number(url.searchParams.get('row')) > 2_501);
  const row = Number(new URL(page.url()).searchParams.get('row'));
  await expect(grid.name(row)).toHaveText(/^t/i);
  await grid.press('ArrowUp');
  await expect(grid.name(row - 1)).toHaveText(/^[^t-z]/i);
});

test('empty values stand behind the others, and rows go on across the border when the list was let go of', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,NumberOfEmployees', filter: filterOf(['NumberOfEmployees', 'notEmpty']) });
  const words = await page.getByText(/^[\d,]+ accounts$/).textContent();
  const filled = Number(words?.replace(/\D/g, ''));
  const window = Math.floor(filled / 200) * 200;
  await grid.open({
    columns: 'Name,NumberOfEmployees',
    sort: '-NumberOfEmployees',
    row: String(window - 20),
  });
  await grid.expectTotal('5,000 accounts');
  await grid.expectRow(window - 10);
  await stack.control.act({ act: 'expire_locators', org: 'production' });
  await stack.control.clearLedger();
  await grid.goTo(String(filled - 3));
  await grid.expectRow(filled + 1);
  await expect(await grid.cell(filled, 'Employees')).toHaveText(/^[\d,]+$/);
  await expect(await grid.cell(filled + 1, 'Employees')).toHaveText('');
  await expect(
    page.getByText(/Salesforce had let go of the list; it was opened again from row/),
  ).toBeVisible();
  expect(
    (await grid.calls()).filter((path) => path.endsWith('/query')),
    'a list that expired is opened again where it ended',
  ).toHaveLength(1);
  await grid.press('Control+End');
  await grid.expectRow(5_000);
  await expect(await grid.cell(5_000, 'Employees')).toHaveText('');
});

test('rows of one name come once each, also when the list is opened again between two windows', async ({
  page,
  steps,
  stack,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const id = await steps.connected(page);
  await stack.control.act({ act: 'fill_field', org: 'production', field: 'Account.Site', value: 'Harbour' });
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,Id,Site', sort: 'Site' });
  await grid.expectRow(1);
  await grid.goTo('250');
  await grid.expectRow(250);
  await stack.control.act({ act: 'expire_locators', org: 'production' });
  await grid.goTo('450');
  await grid.expectRow(450);
  await expect(page.getByText(/let go of the list/)).toBeVisible();
  await grid.press('Control+a');
  await expect(page.getByText('Selected the 600 loaded rows around the cursor')).toBeVisible();
  await page.keyboard.press('Control+c');
  await expect(page.getByText('Copied 600 rows, 3 columns.')).toBeVisible();
  const ids = (await grid.clipboard())
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t')[1]);
  expect(ids).toHaveLength(600);
  expect(new Set(ids).size, 'no row twice').toBe(600);
});

test('a field that an administrator takes away meanwhile is named, and rows go on without it', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,TickerSymbol,Phone' });
  await grid.expectRow(1);
  // One that no other test looks at: the portal keeps describes for ten minutes.
  await stack.control.act({ act: 'hide_field', org: 'production', field: 'Account.TickerSymbol' });
  // An open list keeps what it was opened with.
  await stack.control.act({ act: 'expire_locators', org: 'production' });
  await grid.goTo('1000');
  await grid.expectRow(1_000);
  await expect(await grid.cell(1_000, 'Ticker Symbol')).toHaveText('');
  await expect(
    page.getByText(/Ticker Symbol/).filter({ hasText: /does not give|Not visible|Not shown/ }),
  ).toBeVisible();
  await grid.open({ columns: 'Name,TickerSymbol,Phone' });
  await grid.expectRow(1);
  expect(await grid.labels()).toEqual(['Account Name', 'Account Phone']);
  await expect(page.getByText('Not shown:')).toContainText('TickerSymbol');
});
