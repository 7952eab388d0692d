import { DEMO_PASSWORD, PRODUCTION } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test as portalTest, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import { startStack } from './stack';

const SETUP_TOKEN = 'a-one-time-token-for-this-test';

/** A portal that nobody has set up, instead of the seeded one. */
const test = portalTest.extend({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from here
    async ({}, use) => {
      const stack = await startStack({ seeded: false, setupToken: SETUP_TOKEN });
      await use(stack);
      await stack.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

test('the first administrator sets the portal up, once and for good', async ({ page, stack }) => {
  await page.goto('/');
  await expect(page).toHaveURL('/sign-in');
  await page.getByRole('link', { name: 'Set up Orgdock' }).click();
  await expectAccessibleNow(page);

  await page.getByLabel('Set-up token').fill('a guess that is wrong');
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await page.getByLabel('Set-up token').fill(SETUP_TOKEN);
  await page.getByRole('button', { name: 'Continue' }).click();

  await expect(page.getByRole('heading', { name: 'Your first environment' })).toBeVisible();
  await expectAccessibleNow(page);
  await expect(page.getByText(`${stack.portal}/api/auth/callback/production`)).toBeVisible();
  const { origin, clientId, clientSecret } = stack.simulator.org('production');
  await page.getByLabel('Address of the org').fill('not an address');
  await page.getByLabel('Consumer key').fill(clientId);
  await page.getByLabel('Consumer secret').fill(clientSecret);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByLabel('Address of the org')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Consumer key')).toHaveValue(clientId);
  await page.getByLabel('Address of the org').fill(`${origin}/lightning/page/home`);
  await page.getByRole('button', { name: 'Continue' }).click();

  await page.getByRole('button', { name: 'Sign in and finish' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('ada'), DEMO_PASSWORD);
  await expect(page.getByRole('link', { name: 'Environments' })).toBeVisible();
  expect((await page.request.get('/setup')).status()).toBe(404);

  await page.goto('/admin/environments');
  // Signing in asks for `openid` only: the org's name comes with the first connection.
  await expect(page.getByText(PRODUCTION.orgId).first()).toBeVisible();
  const html = await (await page.request.get('/admin/environments/production')).text();
  expect(html).not.toContain(clientSecret);
});
