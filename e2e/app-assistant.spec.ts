import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

const APP = '/admin/environments/next/app';

test.beforeEach(async ({ stack }) => {
  await stack.control.act({ act: 'secrets_by_rest', org: 'production', on: true });
});

async function insertDraft(stack: Stack): Promise<void> {
  const { origin } = stack.simulator.org('production');
  await stack.sql`INSERT INTO orgdock.environments
    (slug, name, kind, status, origin, client_id, api_version, scopes, contact_email)
    VALUES ('next', 'Next', 'uat', 'draft', ${origin}, '', '66.0', '{openid,api,refresh_token}', 'crm@acme.example')`;
}

test.afterEach(async ({ stack }) => {
  await stack.sql`DELETE FROM orgdock.secret_rotations`;
  await stack.sql`DELETE FROM orgdock.connections`;
  await stack.sql`DELETE FROM orgdock.environments WHERE slug = 'next'`;
});

test('an admin goes from a pasted address to a created app, a connection, seen drift and a rotated secret', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/environments/new');
  await page.getByLabel('Name', { exact: true }).fill('Next');
  await page.getByLabel('Kind of org').selectOption('uat');
  await page.getByLabel('Contact e-mail').fill('crm@acme.example');
  const pasted = `${stack.simulator.org('production').origin}/lightning/r/Account/001dM000000000AAAQ/view`;
  await page.getByLabel('Address of the org').fill(pasted);
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page).toHaveURL('/admin/environments/next');
  await page.getByRole('link', { name: 'App', exact: true }).click();
  await expect(page).toHaveURL(APP);
  await expect(page.getByRole('heading', { name: 'What will be created' })).toBeVisible();
  await expect(page.getByText(`${stack.portal}/api/auth/callback/next`).first()).toBeVisible();
  await expect(page.getByText('Nobody has read them yet.')).toBeVisible();

  const salesforce = new ConsentPage(page, stack.portal);
  await page.getByRole('button', { name: 'Give set-up access through Production' }).click();
  await salesforce.logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  await expect(page).toHaveURL(APP);
  await page.getByRole('button', { name: 'Deploy the app' }).click();
  const deployment = page.getByRole('region', { name: 'Deployment' });
  await expect(deployment.getByText('Key and secret were read from the org and stored.')).toBeVisible({
    timeout: 60_000,
  });
  await expect(deployment.getByText('5 of 5 components')).toBeVisible();
  await expect(page.getByText('Nothing that is visible differs.')).toBeVisible({ timeout: 30_000 });
  await expectAccessibleNow(page);

  // What set the app up reads no record, and is offered nowhere.
  const [setUp] = await stack.sql`SELECT id FROM orgdock.connections WHERE purpose = 'bootstrap'`;
  expect((await page.request.get(`/connections/${setUp?.id}/accounts`)).status()).toBe(404);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Accounts' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Connect Next' }).click();
  await salesforce.logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  const connection = page.url();
  await stack.control.act({ act: 'rotation', org: 'production', app: 'Orgdock_next', on: false });

  await page.goto(APP);
  await page.getByRole('button', { name: 'Read again' }).click();
  const rotation = page.locator('[data-setting="rotation"]');
  await expect(rotation).toHaveAttribute('data-state', 'different', { timeout: 30_000 });
  await expect(rotation).toContainText('Each refresh token works once');
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessibleNow(page);

  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Get a new secret from the org' }).click();
  await page.getByRole('button', { name: 'Apply the new secret' }).click();
  const question = page.getByRole('alertdialog');
  await question.getByLabel('Type “Next” to confirm').fill('Next');
  await question.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Next: wait for the first success')).toBeVisible();
  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await page.goto(`${connection}/accounts`);
  await expect(page.getByRole('columnheader').first()).toBeVisible();
  await page.goto(APP);
  await expect(page.getByText(/^Finished/)).toBeVisible();

  await deployment.getByRole('button', { name: 'Disconnect the set-up access' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(deployment.getByRole('button', { name: 'Disconnect the set-up access' })).toHaveCount(0);
});

test('what Salesforce refuses is told by component, and the choice stays', async ({ page, steps, stack }) => {
  await insertDraft(stack);
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto(APP);
  await page.getByRole('button', { name: 'Give set-up access through Production' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  await page.getByLabel('Who may use the app').selectOption('AdminApprovedPreAuthorized');
  await page.getByLabel('Permission set').fill('Nobody_knows_it');
  await page.getByRole('button', { name: 'Deploy the app' }).click();
  const refused = page.getByRole('list', { name: 'What Salesforce refused' });
  await expect(refused).toContainText('no PermissionSet named Nobody_knows_it found', { timeout: 60_000 });
  await expect(page.getByLabel('Permission set')).toHaveValue('Nobody_knows_it');
});

test('the pack is downloaded, and an existing app is compared by hand', async ({ page, steps, stack }) => {
  await insertDraft(stack);
  await steps.signedIn(page, 'ada');
  await page.goto(APP);
  await expect(page.getByText('sf project deploy start --metadata-dir app')).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download the app pack' }).click();
  expect((await download).suggestedFilename()).toBe('orgdock-next-app.zip');
  await stack.sql`UPDATE orgdock.environments SET app_type = 'connected_app' WHERE slug = 'next'`;
  await page.reload();
  await expect(page.getByRole('heading', { name: 'What the existing app needs' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Download the app pack' })).toHaveCount(0);
  await page.getByText('Every setting, and why').click();
  await expect(page.getByRole('rowheader', { name: 'Enable Refresh Token Rotation' }).first()).toBeVisible();
  await expect(page.getByText('Manage Consumer Details')).toBeVisible();
});
