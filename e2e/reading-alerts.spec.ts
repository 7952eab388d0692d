import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 240_000 });

/** The one weekday in UTC that is farthest from now: reading is outside its hours, whenever this runs. */
const NEVER_NOW = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
  (new Date().getUTCDay() + 3) % 7
];

test('reading outside the hours of an environment is told to the administrator and to the owner', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const office = await browser.newContext({ baseURL: stack.portal });
  const admin = await office.newPage();
  await steps.signedIn(admin, 'ada');
  await admin.goto('/admin/environments/production/settings');
  const form = admin.getByRole('form', { name: 'Environment' });
  await form.getByLabel('Has reading hours').check();
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await form.getByLabel(day).uncheck();
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByText('Choose at least one day.')).toBeVisible();
  await form.getByLabel(NEVER_NOW ?? '').check();
  await expectAccessibleNow(admin);
  await form.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(form.getByText('Saved.', { exact: true })).toBeVisible();
  await admin.reload();
  await expect(form.getByLabel(NEVER_NOW ?? '')).toBeChecked();

  const id = await steps.connected(page, 'production', 'grace');
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();

  await expect(async () => {
    await admin.goto('/admin/connections');
    await expect(admin.locator('[data-alert="outside_hours"]')).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expect(admin.getByRole('heading', { name: 'Unusual reading (1)' })).toBeVisible();
  await expect(admin.locator('[data-alert]')).toContainText('Grace Whitmore read 200 rows on');
  await expectAccessibleNow(admin);
  await expect(async () => {
    await admin.reload();
    await expect(admin.locator('[data-notice="outside_hours"]')).toBeVisible({ timeout: 1_000 });
    await page.goto('/');
    await expect(page.locator('[data-notice="outside_hours"]')).toContainText('tell an administrator', {
      timeout: 1_000,
    });
  }).toPass({ timeout: 30_000 });

  await admin.locator('[data-notice="outside_hours"]').getByRole('link', { name: 'Open' }).click();
  await expect(admin).toHaveURL(`/admin/connections/${id}`);
  await expect(admin.getByText('200 rows in the last 30 days')).toBeVisible();
  await admin.getByText('As a table').click();
  await expect(
    admin.getByRole('table', { name: 'Rows read by day' }).getByText('200', { exact: true }),
  ).toBeVisible();
  await expectAccessibleNow(admin);
  const alert = admin.locator('[data-alert="outside_hours"]');
  await alert.getByText('Mark as seen').first().click();
  await alert.getByLabel('What you found (optional)').fill('Month end, agreed');
  await alert.getByRole('button', { name: 'Mark as seen' }).click();
  await expect(alert).toContainText('Seen by Ada');
  await expect(alert).toContainText('Month end, agreed');
  await expect(admin.locator('[data-notice="outside_hours"]')).toHaveCount(0);
  await admin.goto('/admin/connections');
  await expect(admin.locator('[data-alert]')).toHaveCount(0);
  const rows =
    await stack.sql`SELECT action FROM orgdock.audit_log WHERE action LIKE 'alert.%' AND subject_id = ${id} ORDER BY id`;
  expect(rows.map(({ action }) => action)).toEqual(['alert.raise', 'alert.settle']);
  await office.close();
});
