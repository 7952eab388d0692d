import { expect, test } from './fixtures';

test('records are searched from anywhere below a connection, by keyboard, for one call', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  // The list of objects is asked for once, before or with the first search.
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('heading', { name: /^Main objects/ })).toBeVisible();
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByRole('grid', { name: 'Accounts' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search records' });
  const input = dialog.getByRole('combobox', { name: 'Search records' });
  await expect(input).toBeFocused();
  await expect(dialog.getByText('A search costs one API call.')).toBeVisible();
  await stack.control.clearLedger();
  await input.pressSequentially('acme');
  await expect(dialog.getByRole('option').first()).toBeVisible();
  await expect(dialog.getByText(/^1 API call/)).toBeVisible();
  const requests = await stack.control.listRequests({ org: 'production' });
  expect(requests.filter(({ path }) => path.startsWith('/services/data'))).toHaveLength(1);
  const name = String(await dialog.getByRole('option').nth(1).locator('span').first().textContent());
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/connections/${id}/records/`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);

  await page.getByRole('button', { name: 'Search records' }).click();
  await input.fill('zzz nothing like this');
  await expect(dialog.getByText(/Nothing found for “zzz nothing like this”/)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Search records' })).toHaveCount(0);
});

test('a search that Salesforce does not answer says so, and is no empty answer', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('searchbox', { name: 'Search objects' })).toBeVisible();
  await stack.control.addFault({ fault: 'server_error', endpoint: 'data', org: 'production', count: null });
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search records' });
  await dialog.getByRole('combobox').fill('acme');
  await expect(dialog.getByRole('alert')).toBeVisible();
  await expect(dialog.getByText(/Nothing found/)).toHaveCount(0);
});
test.use({ expectedNoise: /status of 5\d\d/ });
