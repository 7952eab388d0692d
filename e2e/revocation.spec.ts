import type { Page } from '@playwright/test';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

test.afterEach(async ({ stack }) => {
  await stack.sql`TRUNCATE orgdock.connections, orgdock.stray_grants CASCADE`;
  await stack.sql`DELETE FROM orgdock.environments WHERE slug NOT IN ('production', 'uat')`;
});

/** Grants that can refresh; signing in makes one that cannot. */
async function liveGrants(stack: Stack, org: string) {
  const grants = await stack.control.listGrants(org);
  return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
}

async function addUatCopy(page: Page, stack: Stack): Promise<void> {
  const { origin, clientId, clientSecret } = stack.simulator.org('uat');
  await page.goto('/admin/environments/new');
  await page.getByLabel('Name', { exact: true }).fill('UAT Copy');
  await page.getByLabel('Address of the org').fill(origin);
  await page.getByLabel('Consumer key').fill(clientId);
  await page.getByLabel('Consumer secret').fill(clientSecret);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL('/admin/environments/uat-copy');
}

async function connectUatCopy(page: Page, stack: Stack, user: 'grace' | 'franz'): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: 'Connect UAT Copy' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf(user, 'uat'), DEMO_PASSWORD);
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
}

test('an admin deletes an environment: asked with names and numbers, revoked, offered nowhere', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await addUatCopy(page, stack);
  const asOwner = async (user: 'grace' | 'franz') => {
    const owner = await (await browser.newContext({ baseURL: stack.portal })).newPage();
    await steps.signIn(owner, user);
    await connectUatCopy(owner, stack, user);
    return owner;
  };
  const [grace, franz] = [await asOwner('grace'), await asOwner('franz')];
  expect(await liveGrants(stack, 'uat')).toHaveLength(2);

  await stack.sql`UPDATE orgdock.sessions SET authenticated_at = now() - interval '11 minutes'`;
  await page.goto('/admin/environments/uat-copy');
  await expect(page.getByText('2 connections of 2 people.')).toBeVisible();
  await page.getByRole('button', { name: 'Delete environment' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('Grace Whitmore');
  await expect(dialog).toContainText('Franz Lindner');
  await expectAccessibleNow(page);
  await dialog.getByRole('textbox').fill('UAT');
  await dialog.getByRole('button', { name: 'Delete and revoke' }).click();
  await expect(dialog.getByText('This is not “UAT Copy”.')).toBeVisible();
  await dialog.getByRole('textbox').fill('UAT Copy');
  await dialog.getByRole('button', { name: 'Delete and revoke' }).click();
  await expect(dialog.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  expect(await liveGrants(stack, 'uat')).toHaveLength(2);
  await steps.prove('ada');
  await dialog.getByRole('button', { name: 'Delete and revoke' }).click();

  await expect(page.getByText('2 of 2')).toBeVisible();
  await expect(page.getByText('nobody signs in or connects through it any more')).toBeVisible();
  await expectAccessibleNow(page);
  expect(await liveGrants(stack, 'uat')).toEqual([]);
  await page.goto('/admin/environments');
  await expect(page.getByText('UAT Copy')).toHaveCount(0);
  await grace.goto('/');
  await expect(grace.getByText('An administrator deleted the environment UAT Copy.')).toBeVisible();
  await expect(grace.getByRole('button', { name: 'Connect UAT Copy' })).toHaveCount(0);
  await grace.getByRole('link', { name: 'See what to do' }).click();
  await expect(grace.getByText('Disconnected, and Salesforce confirmed it')).toBeVisible();
  await expect(grace.getByRole('button', { name: 'Reconnect' })).toHaveCount(0);
  for (const owner of [grace, franz]) await owner.context().close();
});

test.describe('an environment that never was', () => {
  test.use({ expectedNoise: /status of 404/ });

  test('is a 404, not a deleted one', async ({ page, steps }) => {
    await steps.signedIn(page, 'ada');
    expect((await page.goto('/admin/environments/never-was'))?.status()).toBe(404);
  });
});

test('a disconnect that the org does not answer says when it is tried again', async ({
  page,
  steps,
  stack,
}) => {
  await steps.connect(page);
  await stack.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('the revocation could not be confirmed')).toBeVisible();
  await expect(page.getByText(/^Orgdock tries again at \d+/)).toBeVisible();
  await stack.control.clearFaults();
  await page.getByRole('button', { name: 'Try the revocation again' }).click();
  await expect(page.getByText('Disconnected, and Salesforce confirmed it')).toBeVisible();
  expect(await liveGrants(stack, 'production')).toEqual([]);
});

test('a sixth grant of one Salesforce user is warned of before the consent', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connect(page, 'production', 'grace');
  const warning = page.getByText('has 5 of 5 grants of this app in Acme Corporation');
  await expect(warning).toHaveCount(0);
  const insert = (since: string) => stack.sql`INSERT INTO orgdock.connections
      (environment_id, name, org_id, org_name, salesforce_user_id, username, user_display_name, instance_url,
       token_host, client_id, scopes, grant_id, consented_at)
    SELECT environment_id, 'Nightly export', org_id, org_name, salesforce_user_id, username, user_display_name,
           instance_url, token_host, client_id, scopes, gen_random_uuid(), ${since}
      FROM orgdock.connections WHERE id = ${id}`;
  for (const day of [1, 2, 3]) await insert(`2026-01-0${day}T10:00:00Z`);
  await page.goto('/');
  await expect(warning).toHaveCount(0);
  await insert('2025-12-24T10:00:00Z');
  await page.goto('/');
  await expect(warning).toBeVisible();
  await expect(page.getByText('held by a service connection of this portal')).toContainText('24 Dec 2025');
  await expectAccessibleNow(page);
  await page.goto(`/connections/${id}`);
  await expect(warning).toBeVisible();
  await expect(page.getByRole('button', { name: 'Reconnect' })).toBeVisible();
});
