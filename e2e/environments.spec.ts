import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.afterEach(async ({ stack }) => {
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
  await page.getByLabel('Consumer secret').fill('A1B2C3-nobody-sees-this-again');
  await page.getByRole('button', { name: 'Add environment' }).click();
  await expect(page).toHaveURL('/admin/environments/partial-copy');
  await expect(page.getByLabel('Address of the org')).toHaveValue(
    'https://acme--partial.sandbox.my.salesforce.com',
  );
  const html = await (await page.request.get('/admin/environments/partial-copy')).text();
  expect(html).not.toContain('A1B2C3-nobody-sees-this-again');
});

test('whatever page of an org is pasted, its address is found, checked and taken over', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
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
  await steps.signIn(page, 'ada');
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
  await steps.signIn(page, 'ada');
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
    await page.getByRole('button', { name: 'Add environment' }).click();
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
  await steps.signIn(page, 'ada');
  await page.goto('/admin/environments/uat');
  await stack.sql`UPDATE orgdock.sessions SET authenticated_at = now() - interval '11 minutes'`;
  await page.getByRole('button', { name: 'Replace' }).click();
  const { clientSecret } = stack.simulator.org('uat');
  await page.getByLabel('Consumer secret').fill(clientSecret);
  await page.getByRole('button', { name: 'Save' }).click();
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
  await page.getByRole('button', { name: 'Save' }).click();
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
