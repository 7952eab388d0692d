import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';

const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

async function expectAccessible(page: Page, path: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.goto(path);
    await expect(page.locator('main')).toBeVisible();
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    const { violations } = await new AxeBuilder({ page }).withTags(WCAG_22_AA).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect(found, `${path} in ${colorScheme}`).toEqual([]);
  }
}

// Many pages, each twice; and the console says that one of them is a 404.
test.describe.configure({ timeout: 300_000 });
test.use({ expectedNoise: /status of 404/ });

test('pages for everybody are accessible', async ({ page }) => {
  await expectAccessible(page, '/sign-in');
  await expectAccessible(page, '/no-such-page');
});

test("a member's pages are accessible", async ({ page, steps }) => {
  await steps.signIn(page, 'grace');
  await expectAccessible(page, '/');
  await expectAccessible(page, '/account');
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
});
