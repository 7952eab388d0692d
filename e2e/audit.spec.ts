import { readFile } from 'node:fs/promises';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';

test.describe.configure({ timeout: 240_000 });

test('an administrator finds an entry, opens it, verifies the chain and takes the log out', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/account');
  await page.getByLabel('Numbers and dates').selectOption('de-DE');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved')).toBeVisible();

  await page.getByRole('link', { name: 'Audit log' }).click();
  const entries = page.getByRole('list', { name: 'Entries, newest first' }).locator(':scope > li');
  await expect(entries.first()).toContainText('Ada Okafor changed their preferences');
  await expectAccessibleNow(page);

  await page.getByLabel('What').selectOption('People');
  await expect(page).toHaveURL(/group=people/);
  await expect(page.locator('[data-action="session.sign_in"]')).toHaveCount(0);
  const entry = page.locator('[data-action="person.preferences"]').first();
  await entry.locator('summary').click();
  const changes = entry.getByRole('table', { name: 'What was changed' });
  await expect(changes.getByRole('row', { name: /locale/ })).toContainText('de-DE');
  await expect(entry.getByRole('button', { name: 'Copy request id' })).toBeVisible();
  await expectAccessibleNow(page);

  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  const lines = (await readFile(await (await download).path(), 'utf8')).trimEnd().split('\r\n');
  expect(lines[0]).toMatch(/^at,who,what,outcome,/);
  expect(lines.some((line) => line.includes('changed their preferences'))).toBe(true);
  expect(lines.some((line) => line.includes('session.sign_in'))).toBe(false);
  const [noted] = await stack.sql`SELECT details FROM orgdock.audit_log
    WHERE action = 'audit.export' AND details->>'state' = 'finished' ORDER BY id DESC LIMIT 1`;
  expect(noted?.details).toMatchObject({
    format: 'csv',
    rows: lines.length - 1,
    filter: { group: 'people' },
  });

  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Every sealed entry is as it was written.')).toBeVisible();
  await expect(page.getByText(/Head: link \d+/)).toBeVisible();

  await page.getByRole('searchbox').fill('nothing like this');
  await expect(page.getByText('No entry fits')).toBeVisible();
});

test('a row that was changed in the database is found and named', async ({ page, steps, stack }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/audit');
  const sealed = async () => {
    const [row] =
      await stack.sql`SELECT audit_id::text AS id FROM orgdock.audit_seals ORDER BY position LIMIT 1`;
    return row?.id as string | undefined;
  };
  await expect.poll(sealed).toBeTruthy();
  const id = await sealed();
  const [before] = await stack.sql`SELECT outcome FROM orgdock.audit_log WHERE id = ${id}`;
  await stack.sql`UPDATE orgdock.audit_log SET outcome = 'failed' WHERE id = ${id}`;
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText(`Row ${id}, link 1, is not what was sealed`)).toBeVisible();
  await stack.sql`UPDATE orgdock.audit_log SET outcome = ${before?.outcome} WHERE id = ${id}`;
  await page.getByRole('button', { name: 'Verify' }).click();
  await expect(page.getByText('Every sealed entry is as it was written.')).toBeVisible();
});

test('how long entries are kept asks for a fresh sign-in, and is in the log', async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/audit');
  const form = page.getByRole('form', { name: 'How long entries are kept' });
  await form.getByLabel('Days').fill('400');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('ada');
  await form.getByLabel('Days').fill('7');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Give at least 30 days')).toBeVisible();
  await form.getByLabel('Days').fill('400');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form.getByText('Saved. It is in the log.')).toBeVisible();
  await expect(page.getByText('Ada Okafor set audit rows to be kept for 400 days').first()).toBeVisible();
});

test.describe('others', () => {
  test.use({ expectedNoise: /status of 403/ });

  test('an auditor reads and verifies; a member is refused, and that is an entry', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    await steps.signedIn(page, 'franz');
    expect((await page.goto('/admin/audit'))?.status()).toBe(403);
    const headers = { origin: stack.portal };
    for (const path of ['/api/audit/export?format=csv', '/api/audit/verification']) {
      expect((await page.request.post(path, { headers })).status(), path).toBe(403);
    }
    expect(
      (
        await page.request.post('/api/audit/export', { headers: { origin: 'https://evil.example' } })
      ).status(),
    ).toBe(403);

    const office = await browser.newContext({ baseURL: stack.portal });
    const auditor = await office.newPage();
    await steps.signIn(auditor, 'grace');
    await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
      (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('grace')})`;
    await auditor.goto('/admin/audit?group=denied');
    await expect(auditor.getByText('was refused /admin/audit').first()).toBeVisible();
    await expect(auditor.getByText('was refused /api/audit/export').first()).toBeVisible();
    await expect(auditor.getByRole('form', { name: 'How long entries are kept' })).toHaveCount(0);
    await auditor.getByRole('button', { name: 'Verify' }).click();
    await expect(auditor.getByText('Every sealed entry is as it was written.')).toBeVisible();
    await auditor.setViewportSize({ width: 390, height: 844 });
    expect(await auditor.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await expectAccessibleNow(auditor);
    await office.close();
    await stack.sql`UPDATE orgdock.people SET role = 'member' WHERE role = 'auditor'`;
  });

  test('a bar of the histogram narrows the log to its time', async ({ page, steps }) => {
    await steps.signedIn(page, 'ada');
    await page.goto('/admin/audit?period=24h');
    await page.getByText('As a table').click();
    await page.getByRole('table', { name: 'Entries over time' }).getByRole('link').last().click();
    await expect(page).toHaveURL(/from=.*to=/);
    await expect(page.getByLabel('When')).toHaveValue('');
    await page.getByRole('button', { name: /^Remove: / }).click();
    await expect(page).toHaveURL((url) => !url.searchParams.has('from'));
  });
});
