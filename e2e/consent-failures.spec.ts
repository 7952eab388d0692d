import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';

test.describe('a consent that fails lands on a page that names the cause', () => {
  test('a blocked app', async ({ page, steps, stack }) => {
    await steps.signIn(page, 'grace', 'uat');
    await stack.control.act({ act: 'block_app', org: 'production' });
    await stack.control.act({ act: 'app_errors', org: 'production', delivery: 'callback' });
    await page.getByRole('button', { name: 'Connect Production' }).click();
    await expect(page).toHaveURL(/\/consent\//);
    await expect(page.locator('[data-code="APP_BLOCKED"]')).toBeVisible();
    await expect(page.getByText('OAUTH_APP_BLOCKED')).toBeVisible();
    await expect(page.getByText('this app is blocked by admin')).toBeVisible();
  });

  test('a wrong consumer secret', async ({ page, steps, stack }) => {
    await steps.signIn(page, 'grace', 'uat');
    await stack.control.act({ act: 'change_secret', org: 'production', clientSecret: 'A'.repeat(64) });
    await page.getByRole('button', { name: 'Connect Production' }).click();
    await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
    await expect(page.locator('[data-code="APP_SECRET_INVALID"]')).toBeVisible();
    await expect(page.getByText('invalid client credentials')).toBeVisible();
  });

  test('a token endpoint that does not answer within 10 seconds', async ({ page, steps, stack }) => {
    await steps.signIn(page, 'grace', 'uat');
    await stack.control.addFault({ fault: 'slow', org: 'production', endpoint: 'token', ms: 60_000 });
    await page.getByRole('button', { name: 'Connect Production' }).click();
    await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
    await expect(page.locator('[data-code="TIMEOUT"]')).toBeVisible({ timeout: 15_000 });
  });

  test('a code that comes back after another consent used it', async ({ page, steps }) => {
    await steps.connected(page);
    await page.goto('/api/auth/callback/production?code=aPrxUsed&state=made-up');
    await expect(page.locator('[data-code="CONSENT_ATTEMPT_UNKNOWN"]')).toBeVisible();
  });

  test('another org than the pinned one', async ({ page, steps, stack }) => {
    await steps.signIn(page, 'grace', 'uat');
    await stack.control.act({ act: 'change_org_id', org: 'production', orgId: '00DdM0000001111UAA' });
    await page.getByRole('button', { name: 'Connect Production' }).click();
    await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
    await expect(page.locator('[data-code="CONSENT_WRONG_ORG"]')).toBeVisible();
    await expect(page.getByText('00DdM0000001111UAA').first()).toBeVisible();
    const alive = (await stack.control.listGrants('production')).filter(
      ({ ended, refreshToken }) => ended === null && refreshToken !== null,
    );
    expect(alive, 'a grant that is refused is revoked at once').toEqual([]);
  });

  test('a page of somebody else is not shown', async ({ page, browser, steps, stack }) => {
    await steps.signIn(page);
    await page.getByRole('button', { name: 'Connect Production' }).click();
    await new ConsentPage(page, stack.portal).deny();
    const path = new URL(page.url()).pathname;
    const stranger = await (await browser.newContext({ baseURL: stack.portal })).newPage();
    const answer = await stranger.goto(path);
    expect(answer?.status()).toBe(404);
    await stranger.context().close();
  });
});

test('a consent that never comes back is on the home page, and can be dismissed', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.sql`UPDATE orgdock.environments SET client_id = 'made-up-client-id' WHERE slug = 'production'`;
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await expect(page).toHaveURL(/RemoteAccessErrorPage/);
  await page.goto('/');
  await expect(page.getByText('A consent for Production is under way')).toBeVisible();
  await stack.sql`UPDATE orgdock.consent_attempts SET expires_at = now() - interval '1 minute'`;
  await page.reload();
  await expect(page.getByText('The consent for Production never came back')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('button', { name: 'Dismiss' })).toHaveCount(0);
  const { clientId } = stack.simulator.org('production');
  await stack.sql`UPDATE orgdock.environments SET client_id = ${clientId} WHERE slug = 'production'`;
});
