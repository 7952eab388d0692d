import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';

test.describe.configure({ timeout: 240_000 });

test('an owner sees attempts and forecast, and is warned without keep-alive', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page);
  await expect(page.getByText('No attempt yet.')).toBeVisible();
  await expect(page.getByText(/^Ends on .* unless refreshed; Orgdock refreshes it by /)).toBeVisible();

  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await page.goto(`/connections/${id}`);
  const attempts = page.getByRole('table', { name: 'Attempts, newest first' });
  await expect(attempts.getByText('New tokens stored')).toBeVisible();
  await expect(attempts.getByText(/^\d+ ms$|^\d+\.\d s$/)).toBeVisible();
  await expect(page.getByText(/ by you$/)).toBeVisible();

  await page.getByText('Keep alive', { exact: true }).click();
  await expect(page.locator('[data-forecast][data-warning="true"]')).toContainText(
    'Orgdock does not refresh it by itself',
  );
  await expectAccessibleNow(page);
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Keep alive' })).not.toBeChecked();
  const [row] = await stack.sql`SELECT keep_alive FROM orgdock.connections WHERE id = ${id}`;
  expect(row?.keep_alive).toBe(false);
});

test('older attempts are a page further', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await stack.sql`INSERT INTO orgdock.refresh_attempts
    (connection_id, purpose, trigger, grant_id, generation, fence, lease_owner, claimed_at, finished_at, outcome, http_status)
    SELECT c.id, 'refresh', 'keep_alive', c.grant_id, c.generation, n, 'abcd1234/x', now() - n * interval '1 day',
      now() - n * interval '1 day' + interval '0.84 seconds', 'landed', 200
    FROM orgdock.connections c, generate_series(1, 25) n WHERE c.id = ${id}`;
  await page.goto(`/connections/${id}`);
  const rows = page.getByRole('table', { name: 'Attempts, newest first' }).locator('tbody tr');
  await expect(rows).toHaveCount(20);
  await page.getByRole('link', { name: 'Show older' }).click();
  await expect(rows).toHaveCount(5);
  await expect(page.getByRole('link', { name: 'Show older' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Show the newest' }).click();
  await expect(rows).toHaveCount(20);
});

test('a revoked grant shows what fits, the evidence, the words of Salesforce and one next step', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await stack.control.act({ act: 'revoke_grants', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('expired access/refresh token').first()).toBeVisible();
  await page.goto(`/connections/${id}`);
  const card = page.locator('[data-cause="revoked"]');
  await expect(
    card.getByRole('heading', { name: 'Salesforce does not say why this grant ended' }),
  ).toBeVisible();
  await expect(card.getByText('The grant was revoked in Salesforce')).toBeVisible();
  await expect(card.getByText(/Only the org’s own logs tell them apart/)).toBeVisible();
  await expect(card.getByText('expired access/refresh token')).toBeVisible();
  await expect(page.locator('[data-forecast]')).toHaveCount(0);
  await expectAccessibleNow(page);
  await card.getByRole('button', { name: 'Reconnect' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText('Healthy')).toBeVisible();
  await expect(card).toHaveCount(0);
});

test('a refused secret leads an administrator to the environment', async ({ page, steps, stack }) => {
  const id = await steps.connected(page, 'production', 'ada');
  await stack.control.act({ act: 'change_secret', org: 'production', clientSecret: 'A'.repeat(64) });
  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('invalid client credentials').first()).toBeVisible();
  await page.goto(`/connections/${id}`);
  const card = page.locator('[data-cause="secret_rotated"]');
  await expect(card.locator('[data-certainty="certain"]')).toBeVisible();
  await card.getByRole('link', { name: 'Open the environment' }).click();
  await expect(page).toHaveURL('/admin/environments/production');
});

test('while the outcome of a refresh is unknown, the page says how and when it is found out', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await stack.sql`UPDATE orgdock.connections SET state = 'uncertain', uncertain_since = now(),
    problem_code = 'GRANT_OUTCOME_UNKNOWN', problem_at = now() WHERE id = ${id}`;
  await page.goto(`/connections/${id}`);
  await expect(page.getByText(/^The answer to the refresh of \d\d:\d\d/)).toBeVisible();
  await expect(page.getByText(/it asks Salesforce at \d\d:\d\d/)).toBeVisible();
});

test.describe('the grants of others', () => {
  test.use({ expectedNoise: /status of 40[34]/ });

  test('an administrator sees and revokes them, and reads no record through them', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    const id = await steps.connect(page, 'production', 'grace');
    const office = await browser.newContext({ baseURL: stack.portal });
    const admin = await office.newPage();
    await steps.signIn(admin, 'ada');
    await admin.getByRole('link', { name: 'All connections' }).click();
    const row = admin.getByRole('row').filter({ hasText: usernameOf('grace') });
    await expect(row).toContainText('Grace Whitmore');
    await expect(row).toContainText('Healthy');
    await expectAccessibleNow(admin);

    await admin.getByRole('searchbox').fill('nobody like this');
    await admin.getByRole('button', { name: 'Search' }).click();
    await expect(admin.getByText('No grant fits')).toBeVisible();
    await admin.getByRole('link', { name: 'Clear search and filters' }).click();
    await expect(row).toBeVisible();
    await admin.getByLabel('Health').selectOption('needs_reconnect');
    await expect(admin.getByText('No grant fits')).toBeVisible();
    await admin.getByLabel('Health').selectOption('healthy');
    await expect(row).toBeVisible();
    await admin.getByRole('link', { name: 'Generation' }).click();
    await expect(admin.getByRole('columnheader', { name: 'Generation' })).toHaveAttribute(
      'aria-sort',
      'ascending',
    );
    await expect(admin).toHaveURL(/health=healthy&sort=generation/);

    await row.getByRole('link', { name: 'Grace Whitmore' }).click();
    await expect(admin).toHaveURL(`/admin/connections/${id}`);
    await expect(admin.getByText('Held by Grace Whitmore')).toBeVisible();
    await expectAccessibleNow(admin);
    for (const path of ['', '/accounts', '/opportunities']) {
      expect((await admin.goto(`/connections/${id}${path}`))?.status(), path).toBe(404);
    }
    const html = await (await admin.request.get(`/admin/connections/${id}`)).text();
    expect(html).not.toMatch(/00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?!|5Aep/);
    const [looked] = await stack.sql`SELECT count(*)::int AS n FROM orgdock.audit_log
      WHERE action = 'custody.view' AND subject_id = ${id}`;
    expect(looked?.n).toBe(2);

    await admin.goto(`/admin/connections/${id}`);
    await admin.getByRole('button', { name: 'Revoke' }).click();
    const dialog = admin.getByRole('alertdialog');
    await expect(dialog).toContainText(usernameOf('grace'));
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect(dialog.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
    await steps.prove('ada');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    await expect(admin.getByText('Disconnected').first()).toBeVisible();
    const alive = (await stack.control.listGrants('production')).filter(
      ({ ended, refreshToken }) => ended === null && refreshToken !== null,
    );
    expect(alive).toEqual([]);
    await page.goto(`/connections/${id}`);
    await expect(page.getByText('Disconnected').first()).toBeVisible();
    await office.close();
  });

  test('an auditor looks and revokes nothing', async ({ page, browser, steps, stack }) => {
    const id = await steps.connect(page, 'production', 'grace');
    const office = await browser.newContext({ baseURL: stack.portal });
    const auditor = await office.newPage();
    await steps.signIn(auditor, 'franz');
    await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
      (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('franz')})`;
    await steps.prove('franz');
    await auditor.goto('/admin/connections');
    await expect(auditor.getByRole('row').filter({ hasText: usernameOf('grace') })).toBeVisible();
    await expect(auditor.getByText('Still to be revoked')).toBeVisible();
    await auditor.goto(`/admin/connections/${id}`);
    await expect(auditor.getByText('Held by Grace Whitmore')).toBeVisible();
    await expect(auditor.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
    expect((await auditor.goto('/admin/environments/new'))?.status()).toBe(403);
    expect((await auditor.goto(`/connections/${id}`))?.status()).toBe(404);
    await stack.sql`UPDATE orgdock.people SET role = 'member' WHERE role = 'auditor'`;
    expect((await auditor.goto('/admin/connections'))?.status()).toBe(403);
    await office.close();
  });
});

test('what is still to be revoked is on the administrator’s page, with the last words', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await stack.sql`INSERT INTO orgdock.stray_grants
    (connection_id, environment_id, grant_id, generation, token_host, client_id, token, why, tries, error, http_status)
    SELECT 'refused', id, gen_random_uuid(), 1, origin, client_id, 'sealed-and-secret', 'refused after consent', 2,
      'http_503', 503 FROM orgdock.environments WHERE slug = 'uat'`;
  await page.goto('/admin/connections');
  await expect(page.getByText('refused after consent')).toBeVisible();
  await expect(page.getByText('http_503')).toBeVisible();
  expect(await page.content()).not.toContain('sealed-and-secret');
  await expectAccessibleNow(page);
  await stack.sql`DELETE FROM orgdock.stray_grants`;
});
