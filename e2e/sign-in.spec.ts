import { createHash, randomBytes } from 'node:crypto';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.use({ byPages: true });

test('a member signs in through Salesforce and sees how to connect', async ({ page, steps }) => {
  await steps.signIn(page, 'grace');
  await expect(page).toHaveURL('/');
  await expect(page.getByRole('heading', { name: 'Connect your first org' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect Production' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect UAT' })).toBeVisible();
});

test('a wrong password stays at Salesforce and can be corrected', async ({ page, stack }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in through Production' }).click();
  const salesforce = new ConsentPage(page, stack.portal);
  await salesforce.logIn(usernameOf('grace'), 'not the password');
  await expect(page.getByRole('alert')).toContainText('check your username and password');
  await salesforce.logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(page).toHaveURL('/');
});

test('a press that comes before the scripts of the page is carried out when they are there', async ({
  page,
  stack,
}) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/_next/static/**/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/sign-in', { waitUntil: 'commit' });
  await page.getByRole('button', { name: 'Sign in through Production' }).click();
  expect(new URL(page.url()).origin).toBe(stack.portal);
  release();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(page).toHaveURL('/');
});

test('a page asked for while signed out is where signing in leads', async ({ page, stack }) => {
  await page.goto('/account');
  await expect(page).toHaveURL('/sign-in?callbackUrl=%2Faccount');
  await page.getByRole('button', { name: 'Sign in through Production' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(page).toHaveURL('/account');
});

test('with exactly one healthy connection, signing in opens its accounts', async ({ page, steps, stack }) => {
  const id = await steps.connect(page);
  await page.context().clearCookies();
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in through Production' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(page).toHaveURL(`/connections/${id}/accounts`);
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Acme Corporation' })).toBeVisible();
});

test('signing in asks for openid only and leaves no token behind', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'grace');
  const requests = await stack.control.listRequests({ org: 'production' });
  const authorize = requests.find(({ path }) => path === '/services/oauth2/authorize');
  expect(authorize?.params.scope).toBe('openid');
  expect(requests.some(({ path, status }) => path === '/services/oauth2/revoke' && status === 200)).toBe(
    true,
  );
  const [row] = await stack.sql`SELECT count(*)::int AS secrets FROM orgdock.connection_secrets`;
  expect(row?.secrets).toBe(0);
});

test('signing out ends the session', async ({ page, steps }) => {
  await steps.signIn(page);
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto('/account');
  await expect(page).toHaveURL(/\/sign-in/);
});

test('a session ended in another browser is signed out here', async ({ page, browser, steps, stack }) => {
  await steps.signIn(page);
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const other = await elsewhere.newPage();
  await steps.signIn(other);
  await page.goto('/account');
  await page
    .getByRole('button', { name: /^End the session/ })
    .first()
    .click();
  await expect(page.getByRole('button', { name: /^End the session/ })).toHaveCount(0);
  await other.goto('/account');
  await expect(other).toHaveURL(/\/sign-in/);
  await elsewhere.close();
});

test('an inactive Salesforce user cannot log in', async ({ page, stack }) => {
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Sign in through Production' }).click();
  await new ConsentPage(page, stack.portal).logIn(usernameOf('ina'), DEMO_PASSWORD);
  await expect(page.getByRole('alert')).toBeVisible();
});

test('a link of the command line signs in once, and no address that is sent holds its token', async ({
  page,
  stack,
}) => {
  const token = randomBytes(32).toString('base64url');
  const hash = createHash('sha256').update(token).digest('base64url');
  await stack.sql`INSERT INTO orgdock.sign_in_links (token_hash, person_id, expires_at)
    SELECT ${hash}, person_id, now() + interval '5 minutes' FROM orgdock.identities
     WHERE username = ${usernameOf('ada')}`;
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto(`/sign-in?link#${token}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('button', { name: /^Account of/ })).toBeVisible();
  expect(asked.length).toBeGreaterThan(1);
  // The document's own address keeps what stands behind the #; it is not sent.
  expect(asked.map((url) => url.split('#')[0]).join('\n')).not.toContain(token);
});
