import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { GridPage } from './pages/grid-page';

const menuOf = (page: Page) => page.getByRole('button', { name: /^View: / });

async function choose(page: Page, name: RegExp): Promise<void> {
  await menuOf(page).click();
  await page.getByRole('dialog', { name: 'Views' }).getByRole('option', { name }).click();
}

async function act(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions of this view' }).click();
  await page.getByRole('menuitem', { name, exact: true }).click();
}

async function acts(page: Page): Promise<string[]> {
  await page.getByRole('button', { name: 'Actions of this view' }).click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
  const names = await page.getByRole('menuitem').allTextContents();
  await page.keyboard.press('Escape');
  return names;
}

test('the views of the first day show what their names say', async ({ page, steps, stack }) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  await grid.open();
  await expect(menuOf(page)).toHaveAccessibleName('View: All Opportunities');
  const words = page.getByText(/^[\d,]+ opportunities$/);
  const filters = page.getByRole('list', { name: 'Filters' });
  for (const [name, says] of [
    ['Closing this month', 'Close Date is this month'],
    ['Stalled 30 days', 'Created Date is before'],
    ['Won this quarter', 'Won is yes'],
    ['My open opportunities', 'Owner'],
  ] as const) {
    await choose(page, new RegExp(`^${name}`));
    await expect(menuOf(page)).toHaveAccessibleName(`View: ${name}`);
    await expect(filters).toContainText(says);
    await expect(words).not.toHaveText('12,000 opportunities');
    await expect(page.getByRole('alert').filter({ hasText: /\S/ })).toHaveCount(0);
  }
  const accounts = GridPage.of(page, stack, id);
  await accounts.open({ view: 'my-accounts' });
  await expect(menuOf(page)).toHaveAccessibleName('View: My accounts');
  await accounts.expectRow(1);
  await choose(page, /^Recently viewed/);
  await expect(menuOf(page)).toHaveAccessibleName('View: Recently viewed');
  await accounts.expectTotal('12 accounts');
});

test('a view is saved, edited, renamed, shared with somebody who cannot change it, and deleted', async ({
  page,
  steps,
  stack,
  browser,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ sort: '-NumberOfEmployees', columns: 'Name,NumberOfEmployees,Industry' });
  await expect(menuOf(page)).toHaveAccessibleName('View: All Accounts, edited');
  await act(page, 'Save as new view…');
  const name = page.getByRole('alertdialog').getByRole('textbox', { name: 'Name' });
  await name.fill('');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Save' }).click();
  await expect(name, 'a view without a name is refused').toBeVisible();
  await name.fill('By size');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Save' }).click();
  await expect(menuOf(page)).toHaveAccessibleName('View: By size');
  await expect(page).toHaveURL(/[?&]view=[0-9a-f-]{36}/);

  await grid.header('Industry').getByRole('button').first().click();
  await expect(menuOf(page)).toHaveAccessibleName('View: By size, edited');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('“By size” was saved.')).toBeVisible();
  await expect(menuOf(page)).toHaveAccessibleName('View: By size');
  // A view says how it is drawn; what is changed under it is its, and the reader's own stays.
  const height = async () => (await grid.row(1).boundingBox())?.height;
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Compact rows' }).click();
  await page.keyboard.press('Escape');
  await expect.poll(height).toBe(28);
  await expect(menuOf(page)).toHaveAccessibleName('View: By size, edited');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(menuOf(page)).toHaveAccessibleName('View: By size');
  await choose(page, /^All Accounts/);
  await expect.poll(height).toBe(36);
  await choose(page, /^By size/);
  await expect.poll(height).toBe(28);
  await act(page, 'Rename…');
  await name.fill('By industry');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rename' }).click();
  await expect(menuOf(page)).toHaveAccessibleName('View: By industry');
  await act(page, 'Share with everybody');
  await expect(page.getByText('“By industry” is shared.')).toBeVisible();
  await act(page, 'Make it my default');
  await expect(page.getByText('“By industry” opens first from now on.')).toBeVisible();
  await grid.open();
  await expect(menuOf(page)).toHaveAccessibleName('View: By industry');
  await expect(grid.header('Industry')).toHaveAttribute('aria-sort', 'ascending');
  expect(await grid.labels()).toEqual(['Account Name', 'Employees', 'Industry']);

  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const other = await elsewhere.newPage();
  const theirs = await steps.connect(other, 'production', 'franz');
  await GridPage.of(other, stack, theirs).open();
  await expect(menuOf(other), 'a default is of one person').toHaveAccessibleName('View: All Accounts');
  await choose(other, /^By industry/);
  await expect(menuOf(other)).toHaveAccessibleName('View: By industry');
  const offered = await acts(other);
  expect(offered).toEqual(['Save as new view…', 'Make it my default', 'Copy link']);

  await act(page, 'Delete…');
  await expect(page.getByText(/It is gone for everybody who uses it/)).toBeVisible();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(menuOf(page)).toHaveAccessibleName('View: All Accounts');
  await other.reload();
  await expect(menuOf(other), 'a link to a view that is gone shows all').toHaveAccessibleName(
    /^View: All Accounts/,
  );
  await elsewhere.close();
});
