import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { BreachPage } from './pages/breach-page';
import type { Stack } from './stack';

test.describe.configure({ timeout: 240_000 });

/** Grants that can refresh; signing in makes one that cannot. */
async function liveGrants(stack: Stack, org: string) {
  const grants = await stack.control.listGrants(org);
  return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
}

function verifyReport(stack: Stack, file: string) {
  const root = path.resolve(import.meta.dirname, '..');
  const script = path.join(root, 'scripts/admin.ts');
  return spawnSync(process.execPath, ['--import', 'tsx', script, 'verify-report', file], {
    cwd: root,
    encoding: 'utf8',
    env: { ...stack.environment, LOG_LEVEL: 'silent' },
  });
}

test('an admin ends everything in an environment, watches it, and takes the signed report away', async ({
  page,
  browser,
  steps,
  stack,
}, testInfo) => {
  const kept = await steps.connected(page, 'uat', 'grace');
  await steps.connect(page, 'production', 'grace');
  const office = await browser.newContext({ baseURL: stack.portal });
  const admin = await office.newPage();
  await steps.connect(admin, 'production', 'ada');
  expect(await liveGrants(stack, 'production')).toHaveLength(2);

  const breach = new BreachPage(admin);
  await breach.choose({ environment: 'Production' });
  await expect(breach.preview).toContainText('2 connections stop working and are revoked at Salesforce.');
  await expect(breach.preview).toContainText('Grace Whitmore: 1');
  await expect(breach.preview).toContainText('Ada Okafor: 1');
  await expect(breach.preview).toContainText('1 session of 1 person ends');
  await expect(breach.preview).toContainText('New ones are not blocked');
  await expectAccessibleNow(admin);

  await breach.fill({ reason: '', confirmation: 'Production' });
  await breach.press();
  await expect(admin.getByText('Say what happened: it is in the report.')).toBeVisible();
  await breach.fill({ reason: 'A backup was lost.', backupDays: '30', confirmation: 'UAT' });
  await breach.press();
  await expect(admin.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('ada');
  await breach.press();
  await expect(admin.getByText('This is not “Production”.')).toBeVisible();
  expect(await liveGrants(stack, 'production')).toHaveLength(2);
  await breach.fill({ reason: 'A backup was lost.', backupDays: '30', confirmation: 'Production' });
  await breach.press();

  await expect(admin).toHaveURL(/\/admin\/connections\/breach\/[0-9a-f-]{36}$/);
  await expect(admin.getByRole('heading', { name: 'Finished' })).toBeVisible();
  await expect(admin.getByText('2 of 2 grants ended for certain.')).toBeVisible();
  await expect(admin.getByText(/^May hold the sealed tokens until /)).toBeVisible();
  await expect(breach.grants).toHaveCount(2);
  await expect(breach.grants.filter({ hasText: usernameOf('grace') })).toContainText('Ended for certain');
  await expectAccessibleNow(admin);
  expect(await liveGrants(stack, 'production')).toEqual([]);
  expect(await liveGrants(stack, 'uat')).toHaveLength(1);
  const [sealed] = await stack.sql`SELECT count(*)::int AS n FROM orgdock.connection_secrets
    WHERE connection_id <> ${kept}`;
  expect(sealed?.n).toBe(0);

  await page.goto('/');
  await expect(page).toHaveURL(/\/sign-in/);

  const report = await breach.export();
  const text = await readFile(report, 'utf8');
  const verified = verifyReport(stack, report);
  expect(verified.stdout).toContain('Signed by this key ring');
  expect(verified.stdout).toContain(usernameOf('grace'));
  expect(verified.stdout).toContain('A backup was lost.');
  expect(verified.status).toBe(0);
  const [header, payload = '', signature] = text.trim().split('.');
  const lie = Buffer.from(payload, 'base64url')
    .toString()
    .replace('A backup was lost.', 'A backup was lent.');
  const changed = testInfo.outputPath('changed.jws');
  await writeFile(changed, [header, Buffer.from(lie).toString('base64url'), signature].join('.'));
  expect(verifyReport(stack, changed)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('NOT signed by this key ring'),
  });
  await office.close();
});

test('an org that does not answer stays open, over a reload, until it does', async ({
  page,
  steps,
  stack,
}) => {
  await steps.connect(page, 'production', 'ada');
  await steps.prove('ada');
  await stack.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
  const breach = new BreachPage(page);
  await breach.choose('everything');
  await breach.fill({ reason: 'A laptop was stolen.', confirmation: 'everything' });
  await breach.press();
  await expect(page.locator('[data-outcome="waiting"]')).toBeVisible();
  await expect(page.getByText('0 of 1 grant ended for certain. 1 waiting for another try.')).toBeVisible();
  await expect(page.getByText('whoever keeps backups of the database must answer')).toBeVisible();
  await page.reload();
  await expect(page.locator('[data-outcome="waiting"]')).toBeVisible();
  await expectAccessibleNow(page);
  await stack.control.clearFaults();
  await stack.sql`UPDATE orgdock.connections SET revocation_next_at = now() WHERE state = 'disconnecting'`;
  // The sweep runs once a minute, and the page looks by itself.
  await expect(page.getByRole('heading', { name: 'Finished' })).toBeVisible({ timeout: 150_000 });
  await expect(page.locator('[data-outcome="confirmed"]')).toBeVisible();
  await page.getByRole('link', { name: 'Breaches' }).click();
  await expect(page.getByText('1 of 1 grant ended · finished')).toBeVisible();
});

test.describe('who may press it', () => {
  test.use({ expectedNoise: /status of 40[034]/ });

  test('an auditor reads everything and presses nothing; a name that nobody has is said', async ({
    page,
    steps,
    stack,
  }) => {
    await steps.signedIn(page, 'grace');
    await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
      (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('grace')})`;
    await page.goto('/admin/connections/breach?scope=person&name=nobody%40nowhere.example');
    await expect(page.getByText('Nobody is known as "nobody@nowhere.example".')).toBeVisible();
    await page.goto('/admin/connections/breach?scope=all');
    await expect(page.getByRole('heading', { name: /^What will happen/ })).toBeVisible();
    await expect(page.getByText('Administrators press the button')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Revoke at every org' })).toHaveCount(0);
  });

  test('a member sees neither it nor a breach, and gets no report', async ({ page, steps, stack }) => {
    await steps.signIn(page, 'franz');
    const id = '00000000-0000-4000-8000-000000000000';
    for (const place of ['/admin/connections/breach', `/admin/connections/breach/${id}`]) {
      expect((await page.goto(place))?.status(), place).toBe(403);
    }
    const headers = { origin: stack.portal };
    expect((await page.request.post(`/api/breaches/${id}/report`, { headers })).status()).toBe(403);
  });
});
