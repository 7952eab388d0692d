import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { filterOf, GridPage } from './pages/grid-page';

/** Chooses a field for the last condition, whose picker is opened by its button. */
async function pickField(page: Page, typed: string): Promise<void> {
  await page.getByRole('button', { name: 'Choose a field…' }).last().click();
  const picker = page.getByRole('dialog', { name: 'Choose a field' });
  await picker.getByRole('combobox', { name: 'Search fields' }).fill(typed);
  await expect(picker.getByRole('option').first()).toContainText(new RegExp(typed, 'i'));
  await page.keyboard.press('Enter');
}

test('a filter of AND and OR is built, told in words, shown as SOQL, and shared by its link', async ({
  page,
  steps,
  stack,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open();
  await grid.control('Filter').click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  await pickField(page, 'industry');
  await dialog.getByRole('checkbox', { name: 'Banking' }).check();
  await dialog.getByRole('checkbox', { name: 'Energy' }).check();
  await dialog.getByRole('button', { name: 'Add group' }).first().click();
  await pickField(page, 'employees');
  await dialog.getByLabel('How Employees is compared').selectOption({ label: 'is more than' });
  await dialog.getByLabel('Value of Employees').fill('500');
  await dialog.getByRole('button', { name: 'Add condition' }).first().click();
  await pickField(page, 'account rating');
  await dialog.getByRole('checkbox', { name: 'Hot' }).check();
  await stack.control.clearLedger();
  await dialog.getByRole('button', { name: 'Apply' }).click();

  const chips = page.getByRole('list', { name: 'Filters' });
  await expect(chips).toContainText('Industry is Banking or Energy');
  await expect(chips).toContainText('Employees is more than 500 or Account Rating is Hot');
  await expect(page.getByText(/^[\d,]+ accounts$/)).not.toHaveText('5,000 accounts');
  const total = String(await page.getByText(/^[\d,]+ accounts$/).textContent());
  const soql = await grid.copySoql();
  expect(soql).toContain("Industry IN ('Banking', 'Energy')");
  expect(soql).toMatch(/\(NumberOfEmployees > 500 OR Rating (?:IN \('Hot'\)|= 'Hot')\)/);
  expect(await grid.calls()).toHaveLength(1);

  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const other = await elsewhere.newPage();
  await steps.signedIn(other, 'grace');
  await other.goto(page.url());
  await expect(other.getByText(total, { exact: true })).toBeVisible();
  await expect(other.getByRole('list', { name: 'Filters' })).toContainText('Industry is Banking or Energy');
  await elsewhere.close();

  await chips.getByRole('button', { name: /^Remove filter: Industry/ }).click();
  await expect(chips).not.toContainText('Industry');
  await chips.getByRole('button', { name: /^Remove filter: .*Employees/ }).click();
  await grid.expectTotal('5,000 accounts');
});

test('numbers, texts, days and empty fields are compared as their kind asks for', async ({
  page,
  steps,
  stack,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'opportunities', name: 'Opportunities' });
  await grid.open();
  await grid.control('Filter').click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  const add = () => dialog.getByRole('button', { name: 'Add condition' }).last().click();
  await pickField(page, 'probability');
  await dialog.getByLabel(/^How Probability/).selectOption({ label: 'is between' });
  await dialog.getByLabel(/^Probability.* from$/).fill('20');
  await dialog.getByLabel(/^Probability.* to$/).fill('90');
  await add();
  await pickField(page, 'close date');
  await dialog.getByLabel('Time of Close Date').selectOption({ label: 'the next N days' });
  await dialog.getByLabel('Time of Close Date: N').fill('60');
  await add();
  await pickField(page, 'next step');
  await dialog.getByLabel('How Next Step is compared').selectOption({ label: 'is empty' });
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const chips = page.getByRole('list', { name: 'Filters' });
  await expect(chips).toContainText(/Probability \(%\) is between 20\s?% and 90\s?%/);
  await expect(chips).toContainText('Close Date is in the next 60 days');
  await expect(chips).toContainText('Next Step is empty');
  const soql = await grid.copySoql();
  expect(soql).toMatch(/Probability >= 20 AND Probability <= 90/);
  expect(soql).toContain('CloseDate = NEXT_N_DAYS:60');
  expect(soql).toContain('NextStep = null');
});

test('a lookup is filtered by typing a name, and a list of several values by its labels', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id, { path: 'objects/Project__c', name: 'Projects' });
  await grid.open({ columns: 'Name,Regions__c,OwnerId' });
  await grid.control('Filter').click();
  const dialog = page.getByRole('dialog', { name: 'Filter' });
  await pickField(page, 'regions');
  await dialog.getByLabel('How Regions is compared').selectOption({ label: 'includes all of' });
  await dialog.getByRole('checkbox', { name: 'Germany, Austria & Switzerland' }).check();
  await dialog.getByRole('checkbox', { name: 'Southern Europe' }).check();
  await dialog.getByRole('button', { name: 'Add condition' }).click();
  await pickField(page, 'owner');
  await stack.control.clearLedger();
  await dialog.getByRole('combobox', { name: /^Name of Owner/ }).pressSequentially('ada');
  await expect(dialog.getByRole('option', { name: /Ada Okafor/ })).toBeVisible();
  await expect(dialog.getByText(/^Search: [12] API calls?/)).toBeVisible();
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  const chips = page.getByRole('list', { name: 'Filters' });
  await expect(chips).toContainText('Regions includes Germany, Austria & Switzerland and Southern Europe');
  await expect(chips).toContainText(/Owner.* is Ada Okafor/);
  await grid.expectRow(1);
  await expect(await grid.cell(1, 'Regions')).toContainText('Southern Europe');
});

test('a list is sorted by several columns and searched, from the keyboard and from its panel', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  const grid = GridPage.of(page, stack, id);
  await grid.open({ columns: 'Name,Industry,Rating,NumberOfEmployees' });
  await grid.header('Industry').getByRole('button').first().click();
  await expect(grid.header('Industry')).toHaveAttribute('aria-sort', 'ascending');
  await grid
    .header('Employees')
    .getByRole('button')
    .first()
    .click({ modifiers: ['Shift'] });
  await expect(page).toHaveURL(/sort=Industry,-NumberOfEmployees/);
  await expect(grid.header('Employees')).toHaveAttribute('aria-sort', 'descending');
  await grid.press('Control+Home', 'ArrowUp', 'Enter');
  await expect(page).toHaveURL(/sort=Name(?:&|$)/);

  await grid.control('Sort').click();
  const panel = page.getByRole('dialog', { name: 'Sort' });
  await panel.getByRole('button', { name: 'Add column' }).click();
  await page.getByRole('combobox', { name: 'Search fields' }).fill('account rating');
  await expect(page.getByRole('option', { name: 'Account Rating' })).toBeVisible();
  await page.keyboard.press('Enter');
  await panel.getByLabel('Direction of Account Rating').selectOption('descending');
  await panel.getByRole('button', { name: 'Move Account Rating up' }).click();
  await panel.getByRole('button', { name: 'Apply' }).click();
  await expect(page).toHaveURL(/sort=-Rating,Name/);

  await page.keyboard.press('Escape');
  await grid.press('/');
  await page.keyboard.type('bank');
  await expect(page).toHaveURL(/q=bank/);
  await expect(page.getByText('match “bank”')).toBeVisible();
  await grid.expectRow(1);
  await page.goBack();
  await expect(page).not.toHaveURL(/q=bank/);
  await expect(page.getByText('match “bank”')).toHaveCount(0);
  await grid.expectTotal('5,000 accounts');
  const nobody = encodeURIComponent(filterOf(['Name', 'eq', "nobody is called 'this'"]));
  await page.goto(`/connections/${id}/accounts?filter=${nobody}`);
  await expect(page.getByText('No accounts match this filter')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filter' }).click();
  await grid.expectTotal('5,000 accounts');
});
