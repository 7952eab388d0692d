import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.afterEach(async ({ stack }) => {
  await stack.sql`DELETE FROM orgdock.environments WHERE slug NOT IN ('production', 'uat')`;
  await stack.sql`UPDATE orgdock.environments SET rank = 0`;
});

/** Pastes a file and asks for the plan. */
async function planOf(page: Page, file: unknown): Promise<void> {
  await page.goto('/admin/environments/import');
  await page.getByLabel('Or paste its content').fill(JSON.stringify(file));
  await page.getByRole('button', { name: 'Show the plan' }).click();
}

test('settings leave as a file without secrets and come in by a plan that is looked at first', async ({
  page,
  steps,
}) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/environments');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export all' }).click();
  const file = JSON.parse(readFileSync(await (await download).path(), 'utf8'));
  expect(file).toMatchObject({ orgdock: 'environments', version: 1 });
  const uat = file.environments.find(({ slug }: { slug: string }) => slug === 'uat');

  await planOf(page, file);
  await expect(page.getByText('2 unchanged.')).toBeVisible();
  await expect(page.getByText('There is nothing to apply.')).toBeVisible();

  const qa = { ...uat, slug: 'qa', name: 'QA' };
  await planOf(page, { ...file, environments: [qa] });
  await expect(page.getByText('1 to create.')).toBeVisible();
  await expect(page.getByText('It is a draft until its consumer secret is entered')).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByLabel('Consumer secret of QA').fill('A1B2C3-nobody-sees-this-again');
  await page.getByRole('button', { name: 'Apply the plan' }).click();
  await expect(page.getByText('Created qa.')).toBeVisible();

  await planOf(page, { ...file, environments: [{ slug: 'qa', name: 'QA 2', clientId: '3MVG9.other' }] });
  await expect(page.getByText('1 needs its secret.')).toBeVisible();
  await expect(page.getByRole('row', { name: /^name QA QA 2$/ })).toBeVisible();
  await page.getByRole('button', { name: 'Apply the plan' }).click();
  await expect(page.getByText('Nothing was changed. Left out qa.')).toBeVisible();

  await page.getByRole('link', { name: 'To the environments' }).click();
  const row = page.getByRole('row', { name: /^QA / });
  await expect(row).toContainText('just now');
  await row.getByRole('button', { name: 'Move QA up' }).click();
  await expect(page.getByRole('row').nth(1)).toContainText('QA');
  await expectAccessibleNow(page);
});

test('an administrator exchanges a code by hand and sees the answer without its tokens', async ({
  page,
  context,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/environments/production/exchange');
  await page.getByRole('button', { name: 'Make a PKCE pair' }).click();
  const link = page.getByRole('link', { name: 'Open it in a new tab' });
  const url = (await link.getAttribute('href')) ?? '';
  const consent = await context.newPage();
  const back = consent.waitForRequest((request) => request.url().includes('/api/auth/callback/production?'));
  await consent.goto(url);
  await new ConsentPage(consent, stack.portal).logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  const address = (await back).url();
  await consent.close();

  await page.getByLabel('Code', { exact: true }).fill(address);
  await page.getByRole('button', { name: 'Exchange and give back' }).click();
  await expect(page.getByText('This is not “Production”.')).toBeVisible();
  await page.getByLabel('Type “Production” to confirm').fill('Production');
  await page.getByRole('button', { name: 'Exchange and give back' }).click();
  await expect(page.getByText('Salesforce has revoked it')).toBeVisible();
  await expect(page.getByText('The signature was verified')).toBeVisible();
  await expect(
    page.getByRole('row', { name: /^access_token 00D.{3}… ?masked, \d+ characters$/ }),
  ).toBeVisible();
  await expect(page.getByRole('row', { name: /^refresh_token 5Aep.{2}… ?masked/ })).toBeVisible();
  await expectAccessibleNow(page);

  await page.getByRole('button', { name: 'Exchange and give back' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'invalid_grant' })).toBeVisible();
  const [held] = await stack.sql`SELECT count(*)::int AS connections FROM orgdock.connections`;
  expect(held?.connections).toBe(0);
});
