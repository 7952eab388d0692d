import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.afterEach(async ({ stack }) => {
  await stack.sql`TRUNCATE orgdock.connections CASCADE`;
  await stack.sql`DELETE FROM orgdock.environments WHERE slug NOT IN ('production', 'uat')`;
});

test('an admin adds an environment and finds its exact redirect URI', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await page.getByRole('link', { name: 'Environments' }).click();
  await page.getByRole('link', { name: 'Add environment' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Partial Copy');
  await expect(page.getByText(`${stack.portal}/api/auth/callback/partial-copy`)).toBeVisible();
  await page
    .getByLabel('Address of the org')
    .fill('https://acme--partial.sandbox.lightning.force.com/lightning/n/x');
  await page.getByLabel('Consumer key').fill('3MVG9.example');
  await expect(page.getByText('Also called client id')).toBeVisible();
  await page.getByLabel('Consumer secret').fill('A1B2C3-nobody-sees-this-again');
  await expect(page.getByText('Also called client secret')).toBeVisible();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page).toHaveURL('/admin/environments/partial-copy');
  await expect(page.getByText(`${stack.portal}/api/auth/callback/partial-copy`)).toBeVisible();
  await page.getByRole('navigation', { name: 'Environment' }).getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByLabel('Address of the org')).toHaveValue(
    'https://acme--partial.sandbox.my.salesforce.com',
  );
  for (const path of ['/admin/environments/partial-copy', '/admin/environments/partial-copy/settings']) {
    const html = await (await page.request.get(path)).text();
    expect(html).not.toContain('A1B2C3-nobody-sees-this-again');
  }
});

test('whatever page of an org is pasted, its address is found, checked and taken over', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/new');
  const address = page.getByLabel('Address of the org');
  const origin = stack.simulator.orgs[0]?.origin ?? '';
  await address.fill(`${origin}/lightning/r/Account/001000000000001AAA/view`);
  await page.getByRole('button', { name: 'Check address' }).click();
  const result = page.getByRole('status').filter({ hasText: `The org answers at ${origin}` });
  await expect(result).toContainText('a Salesforce org');
  await page.getByRole('button', { name: `Use ${origin}` }).click();
  await expect(address).toHaveValue(origin);
  await address.fill('https://me:secret@acme.my.salesforce.com');
  await page.getByRole('button', { name: 'Check address' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'a user name or password' })).toBeVisible();
  await expect(address).toHaveValue('https://me:secret@acme.my.salesforce.com');
});

test('scopes are chosen from all that there are, and too much or too little is said at once', async ({
  page,
  steps,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/new');
  const scopes = page.getByLabel('Scopes', { exact: true });
  await expect(scopes).toHaveValue('openid id api refresh_token');
  await scopes.fill('openid, full');
  await expect(page.getByText('more than Orgdock needs')).toBeVisible();
  await expect(page.getByText('Orgdock needs refresh_token')).toBeVisible();
  await page.getByText('All scopes, and what they mean').click();
  await page.getByRole('checkbox', { name: /^refresh_token/ }).check();
  await expect(scopes).toHaveValue('openid full refresh_token');
  await page.getByRole('button', { name: 'Take what Orgdock needs' }).click();
  await expect(scopes).toHaveValue('openid id api refresh_token');
  await expect(page.getByText('more than Orgdock needs')).toHaveCount(0);
});

test('wrong input gets a clear answer and loses nothing', async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/new');
  await page.getByLabel('Name', { exact: true }).fill('<script>alert(1)</script>');
  for (const address of [
    'https://evil.example',
    'http://127.0.0.1:9',
    'https://acme.my.salesforce.com.evil.example',
    'javascript:alert(1)',
  ]) {
    await page.getByLabel('Address of the org').fill(address);
    await page.getByLabel('Consumer key').fill('x'.repeat(500));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByLabel('Address of the org')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByLabel('Address of the org')).toHaveValue(address);
    await expect(page.getByLabel('Name', { exact: true })).toHaveValue('<script>alert(1)</script>');
  }
});

test('a new secret after ten minutes asks who is there, and keeps what was typed', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/uat/settings');
  await stack.sql`UPDATE orgdock.sessions SET authenticated_at = now() - interval '11 minutes'`;
  await page.getByRole('button', { name: 'Replace' }).click();
  const { clientSecret } = stack.simulator.org('uat');
  await page.getByLabel('Consumer secret').fill(clientSecret);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();

  const opened = page.context().waitForEvent('page');
  await page.getByRole('link', { name: 'Confirm in a new tab' }).click();
  const tab = await opened;
  await tab.getByRole('button', { name: 'Confirm through Production' }).click();
  const salesforce = new ConsentPage(tab, stack.portal);
  await salesforce.logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  await expect(tab.getByRole('heading', { name: 'Confirmed' })).toBeVisible();
  await tab.close();
  await expect(page.getByLabel('Consumer secret')).toHaveValue(clientSecret);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeHidden();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
});

test('a plain sign-in does not pin an org: the button asks who is there', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'ada');
  await stack.sql`INSERT INTO orgdock.environments
    (slug, name, kind, origin, client_id, api_version, scopes, proposed_org_id, proposed_org_name)
    VALUES ('proposed', 'Proposed', 'sandbox', 'https://acme.my.salesforce.com', 'x', '66.0', '{openid}',
      '00D000000000009EAA', 'Acme Copy')`;
  await page.goto('/admin/environments/proposed');
  await page.getByRole('button', { name: 'Pin this org' }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Confirm in a new tab' })).toBeVisible();
  await steps.prove('ada');
  await page.getByRole('button', { name: 'Pin this org' }).click();
  await expect(page.getByRole('button', { name: 'Pin this org' })).toBeHidden();
  await expect(page.getByText('Acme Copy')).toBeVisible();
});

test('a draft is completed, saved and connected in one go', async ({ page, steps, stack }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/new');
  await page.getByLabel('Name', { exact: true }).fill('UAT Copy');
  await page.getByLabel('Kind of org').selectOption('uat');
  await page.getByRole('button', { name: 'Save as draft' }).click();
  await expect(page).toHaveURL('/admin/environments/uat-copy');
  await expect(page.getByRole('note').filter({ hasText: 'This is a draft' })).toBeVisible();
  await expectAccessibleNow(page);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Connect UAT', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect UAT Copy' })).toHaveCount(0);
  expect((await page.request.get('/connections/new/uat-copy')).status()).toBe(404);

  await page.goto('/admin/environments/uat-copy/settings');
  await page.getByRole('button', { name: 'Save and activate' }).click();
  await expect(page.getByLabel('Consumer key')).toHaveAttribute('aria-invalid', 'true');
  await steps.prove('ada');
  const { origin, clientId, clientSecret } = stack.simulator.org('uat');
  await page.getByLabel('Address of the org').fill(origin);
  await page.getByLabel('Consumer key').fill(clientId);
  await page.getByLabel('Consumer secret').fill(clientSecret);
  await page.getByText('Advanced').click();
  await page.getByLabel('Wait for authentication (seconds)').fill('90');
  await expect(page.getByText('90 s = 1 minute 30 seconds.')).toBeVisible();
  await page.getByRole('button', { name: 'Save and authorize' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('ada', 'uat'), DEMO_PASSWORD);
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  await expect(page.getByText('Healthy')).toBeVisible();
});

test('a clone has the settings and not the keys', async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/production');
  await page.getByRole('button', { name: 'Clone environment' }).click();
  const dialog = page.getByRole('alertdialog');
  await expectAccessibleNow(page);
  await dialog.getByLabel('Name of the new environment').fill('Production <2>');
  await dialog.getByRole('button', { name: 'Clone' }).click();
  await expect(dialog.getByText('The name cannot hold')).toBeVisible();
  await dialog.getByLabel('Name of the new environment').fill('Second Production');
  await dialog.getByRole('button', { name: 'Clone' }).click();
  await expect(page).toHaveURL('/admin/environments/second-production/settings');
  await expect(page.getByLabel('Consumer key')).toHaveValue('');
  await expect(page.getByLabel('Production: warn before every change')).toBeChecked();
  await expect(page.getByLabel('Who becomes a member')).toHaveValue('everyone_of_org');
});

test.describe('of a disabled environment', () => {
  test.use({ expectedNoise: /status of 403/ });

  test('nobody reads or connects until it is enabled, and everybody sees why', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    const id = await steps.connect(page, 'uat', 'grace');
    const office = await browser.newContext({ baseURL: stack.portal });
    const admin = await office.newPage();
    await steps.signedIn(admin, 'ada');
    await steps.prove('ada');
    await admin.goto('/admin/environments/uat');
    await admin.getByRole('button', { name: 'Disable environment' }).click();
    await expect(admin.getByRole('alertdialog')).toContainText('1 connection');
    await admin.getByRole('button', { name: 'Disable', exact: true }).click();
    await expect(admin.getByRole('note').filter({ hasText: 'Disabled by an administrator' })).toBeVisible();
    await expectAccessibleNow(admin);

    await page.goto('/');
    await expect(page.getByText('Disabled by an administrator')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Connect UAT' })).toHaveCount(0);
    expect((await page.goto(`/connections/${id}/accounts`))?.status()).toBe(403);
    await page.goto('/connections/new/uat');
    await expect(page.getByText('UAT is disabled by an administrator.')).toBeVisible();
    await page.goto(`/connections/${id}`);
    await expect(page.getByText('UAT is disabled by an administrator.')).toBeVisible();
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await expect(page.getByRole('button', { name: 'Sign in through Production' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Sign in through UAT' })).toHaveCount(0);

    await admin.getByRole('button', { name: 'Enable environment' }).click();
    await admin.getByRole('button', { name: 'Enable', exact: true }).click();
    await expect(admin.getByRole('button', { name: 'Disable environment' })).toBeVisible();
    await steps.signedIn(page, 'grace');
    await page.goto(`/connections/${id}/accounts`);
    await expect(page.getByText(/\d accounts/)).toBeVisible();
    await office.close();
  });
});

test('what the settings say is what Salesforce sees: HTTP Basic, and a parameter of the consent page', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/environments/uat/settings');
  await page.getByLabel('How the secret is sent').selectOption('client_secret_basic');
  await page.getByText('Advanced').click();
  await page.getByRole('button', { name: 'Add parameter to Parameters of the authorize address' }).click();
  await page.getByLabel('Name of parameter 1').fill('prompt');
  await page.getByLabel('Value of parameter 1').fill('none');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Orgdock decides on prompt itself')).toBeVisible();
  await page.getByLabel('Name of parameter 1').fill('display');
  await page.getByLabel('Value of parameter 1').fill('touch');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await stack.control.clearLedger();
  await steps.connect(page, 'uat', 'ada');
  const requests = await stack.control.listRequests({ org: 'uat' });
  const authorize = requests.find(({ path }) => path.endsWith('/authorize'));
  expect(authorize?.params).toMatchObject({ display: 'touch', response_type: 'code' });
  const token = requests.find(({ path }) => path.endsWith('/token'));
  expect(token).toMatchObject({ status: 200, clientId: stack.simulator.org('uat').clientId });
  expect(token?.params).not.toHaveProperty('client_secret');
  expect(token?.params).not.toHaveProperty('client_id');
});

test('the versions of the API are read from the org', async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/production/settings');
  await page.getByRole('button', { name: 'Read versions from the org' }).click();
  await page.getByRole('button', { name: "Use Winter '27 (68.0)" }).click();
  await expect(page.getByLabel('API version', { exact: true })).toHaveValue('68.0');
  const list = page.getByLabel('Versions of this org');
  await expect(list.locator('option').first()).toHaveText("Winter '27 (68.0)");
  await expect(list.locator('option').last()).toContainText('(31.0): deprecated');
  await expectAccessibleNow(page);
});

test.describe('without the role', () => {
  test.use({ expectedNoise: /status of 403/ });

  test('a member is kept out with a page that says why', async ({ page, steps }) => {
    await steps.signIn(page, 'grace');
    await expect(page.getByRole('link', { name: 'Environments' })).toHaveCount(0);
    const answer = await page.goto('/admin/environments');
    expect(answer?.status()).toBe(403);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  });
});
