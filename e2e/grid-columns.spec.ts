import { expect, test } from './fixtures';
import { GridPage } from './pages/grid-page';

test('columns are chosen by name, put in order, and taken away', async ({ page, steps, stack }) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,Industry,Phone' });
  await grid.control('Columns').click();
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await dialog.getByRole('searchbox', { name: 'Search fields' }).fill('account number');
  await dialog.getByRole('checkbox', { name: 'Account Number' }).check();
  await dialog.getByRole('button', { name: 'Move Account Number up' }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(dialog.getByText('Account Number is now 2 of 4.')).toBeAttached();
  await dialog.getByRole('button', { name: 'Hide Account Phone' }).click();
  await stack.control.clearLedger();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(grid.header('Account Number')).toBeVisible();
  expect(await grid.labels()).toEqual(['Account Name', 'Account Number', 'Industry']);
  await expect(page).toHaveURL(/columns=Name,AccountNumber,Industry/);
  await expect(await grid.cell(1, 'Account Number')).toHaveText(/^AC-\d+$/);
  expect(await grid.calls(), 'a column more is one call').toHaveLength(1);

  await grid.control('Columns').click();
  await dialog.getByRole('button', { name: 'Reset to default' }).click();
  await expect(grid.header('Annual Revenue')).toBeVisible();
});

test('columns are moved, pinned, hidden and made wider by mouse and by keyboard, without a call', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,Industry,Phone,Site,Rating,BillingCity,Website,Type,Ownership' });
  await grid.expectRow(1);
  await stack.control.clearLedger();
  await grid.header('Account Site').dragTo(grid.header('Industry'));
  await expect.poll(() => grid.labels()).toEqual(expect.arrayContaining(['Account Name', 'Account Site']));
  expect((await grid.labels()).slice(0, 3)).toEqual(['Account Name', 'Account Site', 'Industry']);
  await grid.fromMenu('Account Site', 'Move right');
  await expect
    .poll(async () => (await grid.labels()).slice(0, 3))
    .toEqual(['Account Name', 'Industry', 'Account Site']);
  await grid.fromMenu('Account Site', 'Hide column');
  await expect(grid.header('Account Site')).toHaveCount(0);

  const width = async () => (await grid.header('Industry').boundingBox())?.width ?? 0;
  const first = await width();
  const box = await grid.header('Industry').boundingBox();
  const [x, y] = [(box?.x ?? 0) + (box?.width ?? 0), (box?.y ?? 0) + 18];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 60, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBeCloseTo(first + 60, 0);
  await grid.press('Control+Home', 'ArrowRight', 'Alt+ArrowLeft');
  await expect.poll(width).toBeCloseTo(first + 44, 0);

  await grid.press('Control+Home', 'ArrowRight', 'ArrowRight', 'Alt+ArrowDown');
  await page.getByRole('menuitem', { name: 'Pin', exact: true }).click();
  await expect
    .poll(async () => (await grid.labels()).slice(0, 3))
    .toEqual(['Account Name', 'Account Phone', 'Industry']);
  await grid.press('End');
  await expect(grid.header('Account Phone'), 'a pinned column stays in place').toBeInViewport();
  expect(await grid.calls()).toHaveLength(0);
});

test('fields of parents and counts of children are columns, from the chooser and from a link', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,Industry' });
  await grid.control('Columns').click();
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await dialog.getByRole('searchbox', { name: 'Search fields' }).fill('contacts');
  await dialog.getByRole('checkbox', { name: 'Contacts' }).check();
  await dialog.getByRole('searchbox', { name: 'Search fields' }).fill('owner');
  await dialog.getByRole('button', { name: /^Owner/ }).click();
  await dialog.getByRole('checkbox', { name: 'Full Name' }).check();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/columns=Name,Industry,count\(Contacts\),Owner\.Name/);
  const count = await grid.cell(1, 'Number of Contacts');
  await expect(count).toHaveText(/^\d+$/);

  await stack.control.clearLedger();
  await grid.open({ columns: 'Name,Parent.Name,Parent.Owner.Name', sort: '-Parent.Name' });
  await grid.expectRow(1);
  expect((await grid.labels()).slice(1)).toEqual([
    expect.stringMatching(/Parent.*Account Name/),
    expect.stringMatching(/Parent.*Owner.*Full Name/),
  ]);
  await expect(grid.row(1).getByRole('gridcell').first()).not.toBeEmpty();
  await expect(grid.row(1).getByRole('gridcell').last()).not.toBeEmpty();
});

test('a column that is not there says why, and the others are shown', async ({ page, steps, stack }) => {
  const id = await steps.connected(page, 'production', 'franz');
  await stack.sql`UPDATE orgdock.environments SET api_version = '52.0' WHERE slug = 'production'`;
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  await grid.open({ columns: 'Name,Amount,PushCount,Mood__c,Nonsense,StageName' });
  await grid.expectRow(1);
  expect(await grid.labels()).toEqual(['Name', 'Stage']);
  await page.getByText('Not shown:').click();
  await expect(
    page.getByText('Not visible to you: Amount exists, and field-level security hides it.'),
  ).toBeVisible();
  await expect(page.getByText('Needs API version 53.0 or newer: PushCount.')).toBeVisible();
  await expect(page.getByText('Not in this org, as far as you can see: Mood__c.')).toBeVisible();
  await expect(page.getByText('Salesforce does not name Nonsense to you')).toBeVisible();
  await expect(grid.control(/^Columns/)).toContainText('4 missing');
});

test('an object of 800 fields shows them all, and scrolls sideways to the last', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'objects/Wide__c', name: 'Wide Records' });
  await grid.open();
  await grid.expectRow(1);
  await grid.control('Columns').click();
  const dialog = page.getByRole('dialog', { name: 'Columns' });
  await expect(dialog.getByRole('checkbox', { name: 'Field 001' })).toBeVisible();
  const groups = dialog.getByRole('button', { name: /^Show all of/ });
  // Each is “Hide all of …” once it was pressed.
  for (let left = await groups.count(); left > 0; left--) await groups.first().click();
  await expect(dialog.getByRole('heading', { name: /^Shown 8\d\d$/ })).toBeVisible();
  await stack.control.clearLedger();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(grid.table).toHaveAttribute('aria-colcount', /^8\d\d$/);
  expect(await grid.calls()).toHaveLength(1);
  await grid.expectRow(1);
  expect(await grid.table.getByRole('columnheader').count(), 'only columns in view are drawn').toBeLessThan(
    60,
  );
  await grid.press('Control+Home', 'End');
  const last = await grid.table.getAttribute('aria-colcount');
  await expect(grid.table.locator(`[role="columnheader"][aria-colindex="${last}"]`)).toBeInViewport();
  await grid.press('Control+End');
  await grid.expectRow(300);
  await page.reload();
  await expect(grid.table, 'a link with all of them opens').toHaveAttribute('aria-colcount', String(last));
});
