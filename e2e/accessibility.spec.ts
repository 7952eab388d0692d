import type { Page } from '@playwright/test';
import { expectAccessibleNow } from './accessible';
import { test } from './fixtures';

async function expectAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectAccessibleNow(page);
}

// Many pages, each twice; and the console says that one of them is a 404.
test.describe.configure({ timeout: 300_000 });
test.use({ expectedNoise: /status of 40[34]/ });

test('pages for everybody are accessible', async ({ page }) => {
  await expectAccessible(page, '/sign-in');
  await expectAccessible(page, '/no-such-page');
  await expectAccessible(page, '/sign-in?link#made-up');
  await expectAccessible(page, '/consent/unknown');
});

test("a member's pages are accessible", async ({ page, steps }) => {
  await steps.signIn(page, 'grace');
  await expectAccessible(page, '/');
  await expectAccessible(page, '/account');
  await expectAccessible(page, '/connect/uat');
  await expectAccessible(page, '/admin/environments');
  const id = await steps.connect(page);
  await expectAccessible(page, '/');
  await expectAccessible(page, `/connections/${id}`);
  await expectAccessible(page, `/connections/${id}/accounts`);
  await expectAccessible(page, `/connections/${id}/opportunities?sort=-Amount`);
  await expectAccessible(page, `/connections/${id}/accounts?q=nothing-is-called-this`);
});

test("an admin's pages are accessible", async ({ page, steps }) => {
  await steps.signIn(page, 'ada');
  await expectAccessible(page, '/admin/environments');
  await expectAccessible(page, '/admin/environments/new');
  await expectAccessible(page, '/admin/environments/production');
  await expectAccessible(page, '/admin/environments/production/settings');
  await expectAccessible(page, '/admin/people');
  await expectAccessible(page, '/admin/connections/reviews');
  await expectAccessible(page, '/admin/people/invite');
  await expectAccessible(page, '/admin/connections/breach');
  await expectAccessible(page, '/admin/connections/breach?scope=all');
});
