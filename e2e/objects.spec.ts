import { expect, test } from './fixtures';

test('an object is found by typing, opened by Enter, counted on request, and stays as a favourite', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('heading', { name: /^Main objects/ })).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Search objects' });
  await expect(search).toBeFocused();
  await search.fill('no such object');
  await expect(page.getByText(/No object has “no such object” in its label or API name/)).toBeVisible();
  await search.fill('project');
  const row = page.getByRole('link', { name: /Project__c/ });
  await expect(row).toContainText('custom');
  await stack.control.clearLedger();
  await page.getByRole('button', { name: 'Count records in view' }).click();
  await expect(row).toContainText(/≈ [\d,]+/);
  const calls = (await stack.control.listRequests({ org: 'production' })).map(({ path }) => path);
  expect(calls.filter((path) => path.startsWith('/services/data'))).toHaveLength(1);
  await page.getByRole('button', { name: 'Add Projects to favourites' }).click();
  await expect(page.getByRole('button', { name: 'Remove Projects from favourites' })).toBeVisible();
  await search.press('Enter');
  await expect(page.getByRole('grid', { name: 'Projects' })).toBeVisible();
  await expect(page.getByRole('rowheader').first()).toHaveText(/^Project /);

  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('heading', { name: /^Favourites/ })).toBeVisible();
  await expect(page.getByRole('heading', { name: /^Recent/ })).toBeVisible();
  await page.getByRole('navigation', { name: 'Objects' }).getByRole('link', { name: 'Projects' }).click();
  await expect(page.getByRole('grid', { name: 'Projects' })).toBeVisible();
  await page.goto(`/connections/${id}/objects`);
  await expect(search).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-object]:focus')).toContainText('Project__c');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid', { name: 'Projects' })).toBeVisible();
});
