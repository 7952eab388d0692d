import { expect, test } from './fixtures';

test('a view is chosen, edited, saved under a name, made the default and deleted again', async ({
  page,
  steps,
}) => {
  const id = await steps.connect(page);
  const grid = `/connections/${id}/opportunities`;
  await page.goto(grid);
  const menu = page.getByRole('button', { name: /^View: / });
  await menu.click();
  await page.getByRole('option', { name: /^My open opportunities/ }).click();
  await expect(page).toHaveURL(/[?&]view=my-open-opportunities/);
  await expect(menu).toHaveAccessibleName('View: My open opportunities');

  await page.getByRole('columnheader', { name: 'Amount' }).getByRole('button').first().click();
  await expect(menu).toHaveAccessibleName('View: My open opportunities, edited');
  const act = async (name: string | RegExp) => {
    await page.getByRole('button', { name: 'Actions of this view' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await act('Save as new view…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Mine by amount');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(menu).toHaveAccessibleName('View: Mine by amount');
  await act('Make it my default');
  await expect(page.getByText('opens first from now on')).toBeVisible();

  await page.goto(grid);
  await expect(menu).toHaveAccessibleName('View: Mine by amount');
  await act('Delete…');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(menu).toHaveAccessibleName('View: All Opportunities');
});

test('an object is found by typing, opened by Enter, and kept as a favourite', async ({ page, steps }) => {
  const id = await steps.connect(page);
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('heading', { name: /Main objects/ })).toBeVisible();
  await page.getByRole('button', { name: 'Count records in view' }).click();
  await expect(page.getByText('≈ 5,000').first()).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search objects' }).fill('contact');
  await page.getByRole('button', { name: 'Add Contacts to favourites' }).click();
  await expect(page.getByRole('button', { name: 'Remove Contacts from favourites' })).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search objects' }).press('Enter');
  await expect(page).toHaveURL(/objects\/Contact/);
  await expect(
    page.getByRole('navigation', { name: 'Objects' }).getByRole('link', { name: 'Contacts' }),
  ).toBeVisible();
});

test('records are searched from anywhere below a connection, by the keyboard alone', async ({
  page,
  steps,
}) => {
  const id = await steps.connect(page);
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('searchbox', { name: 'Search objects' })).toBeVisible();
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: 'Search records' });
  await field.fill('zzqqzz');
  await expect(page.getByText(/Nothing found for “zzqqzz” in Accounts/)).toBeVisible();
  await field.fill('acme');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expect(page.getByRole('dialog').getByText(/1 API call/)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/connections/${id}/records/`));
});
