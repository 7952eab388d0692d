import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

test.use({ byPages: true });

/** Grants that can refresh; signing in makes one that cannot. */
async function liveGrants(stack: Stack, org: string) {
  const grants = await stack.control.listGrants(org);
  return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
}

test('a member connects Production and UAT and sees both cards', async ({ page, steps }) => {
  await steps.connect(page, 'production');
  await expect(page.getByText('Healthy')).toBeVisible();
  await steps.connect(page, 'uat');
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Acme Corporation', exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Acme Corporation UAT' })).toBeVisible();
});

test('a connection page shows its facts and never a token', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  for (const fact of [
    usernameOf('grace'),
    'refresh_token',
    'Generation',
    id,
    stack.simulator.org('production').orgId,
  ]) {
    await expect(page.getByText(fact).first()).toBeVisible();
  }
  const html = await (await page.request.get(`/connections/${id}`)).text();
  expect(html).not.toMatch(/00D[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?!|5Aep/);
});

test('a denied consent names the cause with the words of Salesforce', async ({ page, steps, stack }) => {
  await steps.signIn(page);
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await new ConsentPage(page, stack.portal).deny();
  await expect(page).toHaveURL(/\/consent\/[0-9a-f-]{36}$/);
  await expect(page.getByRole('heading', { name: 'The org was not connected' })).toBeVisible();
  await expect(page.getByText('access_denied')).toBeVisible();
  await expect(page.getByText('end-user denied authorization')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('disconnecting asks first and revokes at the org', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await page.getByRole('button', { name: 'Disconnect' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText(usernameOf('grace'));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(await liveGrants(stack, 'production')).toHaveLength(1);

  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByText('Disconnected').first()).toBeVisible();
  const revoked = (await stack.control.listRequests({ org: 'production' })).filter(
    ({ path, status }) => path === '/services/oauth2/revoke' && status === 200,
  );
  expect(revoked.length).toBeGreaterThanOrEqual(2);
  expect(await liveGrants(stack, 'production')).toEqual([]);
  const secrets = await stack.sql`SELECT 1 FROM orgdock.connection_secrets WHERE connection_id = ${id}`;
  expect(secrets).toHaveLength(0);
});

test('reconnecting keeps the connection and retires the old grant', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  // Salesforce remembers login and approval: the browser comes straight back.
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await expect(page.getByRole('definition').filter({ hasText: /^2\s*Counts/ })).toBeVisible();
  await expect(page).toHaveURL(`/connections/${id}`);
  await expect(page.getByText('Healthy')).toBeVisible();
  expect(await liveGrants(stack, 'production')).toHaveLength(1);
});

test('the address of an environment leads through signing in to one button, and starts nothing by itself', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await page.goto('/admin/environments/uat');
  const link = `${stack.portal}/connections/new/uat`;
  await expect(page.getByText(link)).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const grace = await elsewhere.newPage();
  await grace.goto(link);
  await expect(grace).toHaveURL(/\/sign-in\?/);
  await grace.getByRole('button', { name: 'Sign in through Production' }).click();
  await new ConsentPage(grace, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(grace).toHaveURL(link);
  await expect(grace.getByText('You are signed in as Grace Whitmore: the grant will be yours')).toBeVisible();
  expect(await stack.sql`SELECT 1 FROM orgdock.consent_attempts`).toHaveLength(0);
  await grace.getByRole('button', { name: 'Connect UAT' }).click();
  await new ConsentPage(grace, stack.portal).logInAndAllow(usernameOf('grace', 'uat'), DEMO_PASSWORD);
  await expect(grace.getByText('Healthy')).toBeVisible();
  await elsewhere.close();
});

test('the address of an environment for chosen people offers to ask', async ({ page, steps, stack }) => {
  await stack.sql`UPDATE orgdock.environments SET access = 'chosen' WHERE slug = 'uat'`;
  await steps.signIn(page, 'grace');
  // As it was sent around before it moved.
  await page.goto('/connect/uat');
  await expect(page).toHaveURL(/\/connections\/new\/uat$/);
  await expect(page.getByText('Ask for access to UAT')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect UAT' })).toHaveCount(0);
});

test('the same Salesforce user can be connected by two people', async ({ page, browser, steps, stack }) => {
  await steps.connect(page, 'uat', 'grace');
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const franz = await elsewhere.newPage();
  await steps.signIn(franz, 'franz');
  await franz.getByRole('button', { name: 'Connect UAT' }).click();
  await new ConsentPage(franz, stack.portal).logInAndAllow(usernameOf('grace', 'uat'), DEMO_PASSWORD);
  await expect(franz.getByText(usernameOf('grace', 'uat')).first()).toBeVisible();
  const rows = await stack.sql`SELECT owner_id FROM orgdock.connections
    WHERE username = ${usernameOf('grace', 'uat')}`;
  expect(new Set(rows.map(({ owner_id }) => owner_id)).size).toBe(2);
  await elsewhere.close();
});

test('an expired access token is renewed once and the page just shows', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  expect((await stack.control.counts()).refreshes).toBe(1);
});

test('a grant revoked in Salesforce says so, with the way back', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await stack.control.act({ act: 'revoke_grants', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('expired access/refresh token').first()).toBeVisible();
  await page.goto(`/connections/${id}`);
  await expect(page.getByText('Needs reconnect').first()).toBeVisible();
  await page.getByRole('button', { name: 'Reconnect' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByText('Healthy')).toBeVisible();
});

test('the back button after consent loses nothing and repeats nothing', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await page.goBack();
  // Salesforce’s page of before, which sends the browser on: another navigation must not meet that.
  await expect(page).toHaveURL(/RemoteAccessErrorPage/);
  await page.goto('/');
  await expect(page.getByRole('link', { name: 'Acme Corporation', exact: true })).toBeVisible();
  await page.goto(`/connections/${id}`);
  await expect(page.getByText('Healthy')).toBeVisible();
  const rows = await stack.sql`SELECT 1 FROM orgdock.connections`;
  expect(rows).toHaveLength(1);
});
