import { readFile } from 'node:fs/promises';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';

test.describe.configure({ timeout: 240_000 });
// What is refused answers 403, and the console says so.
test.use({ expectedNoise: /status of 40[34]/ });

test('an administrator reviews access: keeps one, revokes one at Salesforce, closes, and takes the evidence out', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.connect(page, 'production', 'grace');
  const others = await browser.newContext({ baseURL: stack.portal });
  await steps.connected(await others.newPage(), 'production', 'franz');
  const office = await browser.newContext({ baseURL: stack.portal });
  const admin = await office.newPage();
  await steps.signedIn(admin, 'ada');
  await admin.goto('/admin/connections');
  await admin.getByRole('link', { name: 'Access reviews' }).click();
  await expect(admin.getByText('No review yet')).toBeVisible();
  await admin.getByLabel('Grants of').selectOption('production');
  await admin.getByRole('button', { name: 'Start review' }).click();
  await expect(admin.getByRole('heading', { name: 'Access review: Production' })).toBeVisible();
  await expect(admin.getByText('0 of 2 reviewed')).toBeVisible();
  await expectAccessibleNow(admin);

  const rowOf = (user: 'grace' | 'franz') => admin.locator(`[data-item="${usernameOf(user)}"]`);
  await rowOf('grace').getByRole('checkbox').focus();
  await admin.keyboard.press('Space');
  const bar = admin.getByRole('region', { name: 'Decide on the selected grants' });
  await expect(bar.getByText('1 selected')).toBeVisible();
  await bar.getByLabel('Note (optional)').fill('Works with it daily');
  await expectAccessibleNow(admin);
  await bar.getByRole('button', { name: 'Keep' }).press('Enter');
  await expect(rowOf('grace').getByText('Keep', { exact: true })).toBeVisible();
  await expect(rowOf('grace')).toContainText('Works with it daily');
  await expect(rowOf('grace')).toContainText('by Ada');
  await expect(admin.getByText('1 of 2 reviewed')).toBeVisible();
  await expect(bar).toHaveCount(0);

  await admin.getByRole('link', { name: 'Undecided' }).click();
  await expect(rowOf('grace')).toHaveCount(0);
  await rowOf('franz').getByRole('button', { name: 'Revoke' }).click();
  const dialog = admin.getByRole('alertdialog');
  await expect(dialog).toContainText(usernameOf('franz'));
  await dialog.getByLabel('Note for the evidence (optional)').fill('Has left the team');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(dialog.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('ada');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(admin.getByText('2 of 2 reviewed')).toBeVisible();
  await admin.getByRole('link', { name: 'Undecided' }).click();
  await expect(rowOf('franz').getByText('Salesforce has confirmed it.')).toBeVisible();
  await expect(rowOf('franz').getByRole('button')).toHaveCount(0);
  const alive = (await stack.control.listGrants('production')).filter(
    ({ ended, refreshToken }) => ended === null && refreshToken !== null,
  );
  expect(alive).toHaveLength(1);

  await admin.getByRole('button', { name: 'Close review' }).click();
  await admin.getByRole('alertdialog').getByRole('button', { name: 'Close review' }).click();
  await expect(admin.getByText('Closed', { exact: true })).toBeVisible();
  await expect(admin.getByRole('checkbox')).toHaveCount(0);
  const download = admin.waitForEvent('download');
  await admin.getByRole('button', { name: 'Export CSV' }).click();
  const file = await (await download).path();
  const lines = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines.find((line) => line.includes(usernameOf('franz')))).toMatch(
    /,revoke,Ada [^,]+,[^,]+,Has left the team,confirmed,/,
  );
  expect(lines.find((line) => line.includes(usernameOf('grace')))).toMatch(/,keep,Ada [^,]+,/);
  const acts =
    await stack.sql`SELECT action FROM orgdock.audit_log WHERE subject_type = 'access_review' ORDER BY id`;
  expect(acts.map(({ action }) => action).slice(-5)).toEqual([
    'access_review.start',
    'access_review.decide',
    'access_review.decide',
    'access_review.close',
    'access_review.export',
  ]);
  await office.close();
  await others.close();
});

test('a grant that has changed is not revoked, closing asks about the undecided, and an auditor only reads', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const id = await steps.connect(page, 'production', 'grace');
  const others = await browser.newContext({ baseURL: stack.portal });
  await steps.connected(await others.newPage(), 'production', 'franz');
  const office = await browser.newContext({ baseURL: stack.portal });
  const admin = await office.newPage();
  await steps.signedIn(admin, 'ada');
  await steps.prove('ada');
  await admin.goto('/admin/connections/reviews');
  await admin.getByRole('button', { name: 'Start review' }).click();
  const row = admin.locator(`[data-item="${usernameOf('grace')}"]`);
  await expect(row.getByText('Undecided')).toBeVisible();
  await stack.sql`UPDATE orgdock.connections SET grant_id = gen_random_uuid() WHERE id = ${id}`;
  await row.getByRole('button', { name: 'Revoke' }).click();
  const dialog = admin.getByRole('alertdialog');
  await dialog.getByRole('button', { name: 'Revoke' }).click();
  await expect(admin.getByText(`1 grant was left as it is: ${usernameOf('grace')}`)).toBeVisible();
  await expect(dialog).toHaveCount(0);
  await expect(row.getByText('Changed since')).toBeVisible();
  const [stored] = await stack.sql`SELECT state FROM orgdock.connections WHERE id = ${id}`;
  expect(stored?.state).toBe('idle');

  const auditor = await others.newPage();
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
    (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('franz')})`;
  await auditor.goto(admin.url());
  await expect(auditor.getByText('0 of 2 reviewed')).toBeVisible();
  await expect(auditor.getByRole('button', { name: 'Export CSV' })).toBeVisible();
  for (const name of ['Keep', 'Revoke', 'Close review']) {
    await expect(auditor.getByRole('button', { name })).toHaveCount(0);
  }
  await auditor.goto('/admin/connections/reviews');
  await expect(auditor.getByRole('button', { name: 'Start review' })).toHaveCount(0);
  const review = new URL(admin.url()).pathname.split('/').at(-1);
  const refused = await page.request.post(`/api/access-reviews/${review}/export`, {
    headers: { origin: stack.portal },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain('take out the evidence of access reviews');
  expect((await page.goto(`/admin/connections/reviews/${review}`))?.status()).toBe(403);

  await admin.getByRole('button', { name: 'Close review' }).click();
  await expect(
    dialog.getByRole('heading', { name: 'Close this review with 1 grant undecided?' }),
  ).toBeVisible();
  await expectAccessibleNow(admin);
  await dialog.getByRole('button', { name: 'Close review' }).click();
  await expect(admin.getByText('Not decided', { exact: true }).first()).toBeVisible();
  await expect(row).toContainText('replaced by a new consent');
  await office.close();
  await others.close();
});
