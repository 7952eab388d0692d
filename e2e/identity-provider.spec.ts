import type { Page } from '@playwright/test';
import { OPENID_CLIENT } from '@/tests/openid/openid-provider';
import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';
import type { Stack } from './stack';

test.beforeEach(({ stack }) => {
  stack.openId.users.set('vera', {
    name: 'Vera Example',
    preferred_username: 'vera@acme.example',
    groups: ['auditors'],
  });
  stack.openId.users.set('ada-at-acme', { name: 'Ada', preferred_username: 'ada@login.acme.example' });
});

test.afterEach(async ({ stack }) => {
  await stack.sql`UPDATE orgdock.portal SET salesforce_sign_in = true`;
  await stack.sql`DELETE FROM orgdock.identity_providers`;
  await stack.sql`DELETE FROM orgdock.identities WHERE issuer NOT LIKE 'salesforce:%'`;
  await stack.sql`DELETE FROM orgdock.people WHERE id NOT IN (SELECT person_id FROM orgdock.identities)`;
});

/** Fills in the form as a signed-in administrator, and stores it. */
async function addProvider(page: Page, stack: Stack): Promise<void> {
  await page.goto('/admin/identity-providers/new');
  await page.getByLabel('Name', { exact: true }).fill('Acme login');
  await expect(page.getByText(`${stack.portal}/api/auth/callback/acme-login`)).toBeVisible();
  await page.getByLabel('Issuer').fill(stack.openId.issuer);
  await page.getByLabel('Client id').fill(OPENID_CLIENT.id);
  await page.getByLabel('Client secret').fill(OPENID_CLIENT.secret);
  await page.getByLabel('Scopes').fill('openid profile email groups');
  await page.getByLabel('Groups claim').fill('groups');
  await page.getByRole('button', { name: 'Add mapping' }).click();
  await page.getByLabel('Group', { exact: true }).fill('auditors');
  await page.getByLabel('Role').selectOption('auditor');
  await page.getByRole('button', { name: 'Add identity provider' }).click();
  await expect(page).toHaveURL('/admin/identity-providers/acme-login');
  await page.getByRole('button', { name: 'Enable' }).click();
  await expect(page.getByText('Enabled', { exact: true })).toBeVisible();
}

/** What a person does on the provider's own page. */
async function logInAt(page: Page, account: string): Promise<void> {
  // The portal’s own “Account of …” is there until its page has gone.
  await page.getByLabel('Account', { exact: true }).fill(account);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('an admin tests and sets up the company’s login', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await page.getByRole('link', { name: 'Identity providers' }).click();
  await page.getByRole('link', { name: 'Add identity provider' }).click();
  await page.getByLabel('Issuer').fill(`${stack.openId.issuer}/`);
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'another name than the issuer' })).toBeVisible();
  await page.getByLabel('Issuer').fill(stack.openId.issuer);
  await page.getByRole('button', { name: 'Test' }).click();
  await expect(page.getByText(`The provider answers as ${stack.openId.issuer}`)).toBeVisible();
  await expectAccessibleNow(page);
  await addProvider(page, stack);
  await expectAccessibleNow(page);
  const html = await (await page.request.get('/admin/identity-providers/acme-login')).text();
  expect(html).not.toContain(OPENID_CLIENT.secret);
});

test('a mapped group makes an auditor, who reads and changes nothing', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await addProvider(page, stack);
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const vera = await elsewhere.newPage();
  await vera.goto('/sign-in');
  await expectAccessibleNow(vera);
  await vera.getByRole('button', { name: 'Continue with Acme login' }).click();
  await logInAt(vera, 'vera');
  await expect(vera.getByRole('button', { name: 'Account of Vera Example' })).toBeVisible();
  await vera.goto('/account');
  await expect(vera.getByText('Role: auditor')).toBeVisible();
  await vera.goto('/admin/identity-providers/acme-login');
  await expect(vera.getByText(stack.openId.issuer).first()).toBeVisible();
  await expect(vera.getByRole('button', { name: 'Save' })).toHaveCount(0);
  await expectAccessibleNow(vera);
  expect((await vera.request.get('/admin/identity-providers/new')).status()).toBe(403);
  // What the provider gave out is looked for with the rest, by every test.
  expect(new Set(stack.openId.issued.map(({ kind }) => kind))).toEqual(
    new Set([
      'OpenID client secret',
      'OpenID code',
      'OpenID code_verifier',
      'OpenID access_token',
      'OpenID id_token',
    ]),
  );
  expect(await stack.leaks()).toEqual([]);
  await elsewhere.close();
});

test('somebody whom nobody knows is turned away with a page that says so', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await addProvider(page, stack);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Acme login' }).click();
  await logInAt(page, 'a-stranger');
  await expect(page.getByRole('heading', { name: 'No access to this portal' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expectAccessibleNow(page);
});

test('an admin links the company’s login, switches Salesforce sign-in off, and unlinks', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await addProvider(page, stack);
  await page.goto('/admin/identity-providers');
  await expect(page.getByRole('button', { name: 'Switch off' })).toHaveCount(0);
  await page.goto('/account');
  await page.getByRole('button', { name: 'Link Acme login' }).click();
  await logInAt(page, 'ada-at-acme');
  await expect(page).toHaveURL('/account');
  await expect(page.getByText('ada@login.acme.example').first()).toBeVisible();
  await expectAccessibleNow(page);

  // Signing in through it, and proving with it who is there.
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Continue with Acme login' }).click();
  await logInAt(page, 'ada-at-acme');
  await page.waitForURL('/');
  await page.goto('/sign-in?fresh=1');
  await page.getByRole('button', { name: 'Confirm with Acme login' }).click();
  await logInAt(page, 'ada-at-acme');
  await expect(page.getByRole('heading', { name: 'Confirmed' })).toBeVisible();

  await page.goto('/admin/identity-providers');
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByText('The sign-in page offers the identity providers only.')).toBeVisible();
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const visitor = await elsewhere.newPage();
  await visitor.goto('/sign-in');
  await expect(visitor.getByRole('button', { name: 'Continue with Acme login' })).toBeVisible();
  await expect(visitor.getByRole('button', { name: /Sign in through/ })).toHaveCount(0);
  const begun = await visitor.request.post('/api/consent', {
    data: { environment: 'production', intent: 'sign_in' },
    headers: { origin: stack.portal, 'sec-fetch-site': 'same-origin' },
  });
  expect(begun.status()).toBe(403);
  await elsewhere.close();

  await page.goto('/account');
  const unlink = async () => {
    await page.getByRole('button', { name: 'Unlink ada@login.acme.example' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Unlink' }).click();
  };
  await unlink();
  await expect(page.getByRole('alert').filter({ hasText: 'You could not sign in any more' })).toBeVisible();
  await page.goto('/admin/identity-providers');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await expect(page.getByRole('button', { name: 'Switch off' })).toBeVisible();
  await page.goto('/account');
  await unlink();
  await expect(page.getByText('ada@login.acme.example')).toHaveCount(0);
});
