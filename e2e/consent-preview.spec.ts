import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.use({ byPages: true });

test('what Salesforce will ask is shown beforehand, and that it worked afterwards', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await page.goto('/');
  await page.getByRole('link', { name: 'What Production asks for' }).click();
  await expect(page.getByRole('heading', { name: 'What Salesforce will ask you to allow' })).toBeVisible();
  await expect(page.getByText('Perform requests at any time', { exact: false })).toBeVisible();
  await expect(page.getByText('Finish resetting your Salesforce', { exact: false })).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await expect(page.locator('[data-connected]')).toHaveText(
    'Production is connected as grace@acme.example. Orgdock keeps the grant until you disconnect it.',
  );
  await stack.sql`UPDATE orgdock.connections SET consented_at = consented_at - interval '3 minutes'`;
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('[data-connected]')).toHaveCount(0);
});

test('who has agreed once is not asked again, unless they want to be', async ({ page, steps, stack }) => {
  await steps.connect(page);
  await page.goto('/connections/new/production');
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  await page.goto('/connections/new/production');
  await page.getByRole('button', { name: 'Connect, and have Salesforce ask again' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL((url) => url.origin === stack.portal && url.pathname.startsWith('/connections/'));
});
