import type { Page } from '@playwright/test';
import { EGRESS_ADDRESS } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';

const PATH = '/admin/environments/production';

/** One check of the list. */
function checkIn(page: Page, id: string) {
  return page.locator(`[data-check="${id}"]`);
}

async function runTest(page: Page, name = 'Test again'): Promise<void> {
  await page.getByRole('button', { name }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Asking Salesforce' })).toHaveCount(0);
}

test.beforeEach(async ({ stack }) => {
  await stack.sql`DELETE FROM orgdock.environment_checks`;
  await stack.sql`UPDATE orgdock.environments SET egress_address = NULL, egress_seen_at = NULL`;
});

test('an administrator tests an environment, sees why it is wrong, mends it, and an auditor reads it', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.connected(page, 'production', 'ada');
  await page.goto(PATH);
  await expect(page.getByText('It has not run yet.')).toBeVisible();
  await runTest(page, 'Test connection');
  await expect(checkIn(page, 'client_id')).toContainText('Good');
  await checkIn(page, 'egress_address').locator('summary').click();
  await expect(checkIn(page, 'egress_address')).toContainText(EGRESS_ADDRESS);
  // What the header covers half is no smaller target for that.
  await page.evaluate(() => window.scrollTo(0, 0));
  await expectAccessibleNow(page);

  await stack.control.act({ act: 'block_app', org: 'production' });
  await runTest(page);
  const app = checkIn(page, 'app_usable');
  await expect(app).toContainText('Wrong');
  await expect(app).toContainText('OAUTH_APP_BLOCKED');
  await expect(app.getByRole('button', { name: /^Copy the path in Setup/ })).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessibleNow(page);

  await stack.control.act({ act: 'block_app', org: 'production', blocked: false });
  await runTest(page);
  await expect(checkIn(page, 'app_usable')).toContainText('Good');

  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const auditor = await elsewhere.newPage();
  await steps.signIn(auditor, 'grace');
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
    (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('grace')})`;
  await auditor.goto(PATH);
  await expect(checkIn(auditor, 'client_id')).toContainText('Good');
  await expect(auditor.getByRole('button', { name: 'Test again' })).toHaveCount(0);
  await stack.sql`UPDATE orgdock.people SET role = 'member' WHERE id IN
    (SELECT person_id FROM orgdock.identities WHERE username = ${usernameOf('grace')})`;
  await elsewhere.close();
});

test.describe('without an answer', () => {
  test.use({ expectedNoise: /ERR_FAILED/ });

  test('a test that breaks off leaves the last result', async ({ page, steps, context }) => {
    await steps.signedIn(page, 'ada');
    await page.goto(PATH);
    await runTest(page, 'Test connection');
    await expect(checkIn(page, 'client_id')).toContainText('Good');
    await context.route('**/admin/environments/production', (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await runTest(page);
    await expect(page.getByText('The test did not run to its end.')).toBeVisible();
    await expect(checkIn(page, 'client_id')).toContainText('Good');
  });
});
