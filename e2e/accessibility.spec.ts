import type { Page } from '@playwright/test';
import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';

async function expectAccessible(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expectAccessibleNow(page);
}

// Many pages, each twice; and the console says that one of them is a 404.
test.describe.configure({ timeout: 300_000 });
test.use({ expectedNoise: /status of 40[34]/ });

// From the beginning: what is half open has half the contrast.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('pages for everybody are accessible', async ({ page }) => {
  await expectAccessible(page, '/sign-in');
  await expectAccessible(page, '/no-such-page');
  await expectAccessible(page, '/sign-in?link#made-up');
  await expectAccessible(page, '/consent/unknown');
});

test("a member's pages are accessible", async ({ page, steps }) => {
  await steps.signedIn(page, 'grace');
  await expectAccessible(page, '/');
  await expectAccessible(page, '/account');
  await expectAccessible(page, '/connections/new/uat');
  await expectAccessible(page, '/admin/environments');
  const id = await steps.connected(page);
  await expectAccessible(page, '/');
  await expectAccessible(page, `/connections/${id}`);
  await expectAccessible(page, `/connections/${id}/accounts`);
  await expectAccessible(page, `/connections/${id}/opportunities?sort=-Amount`);
  await expectAccessible(page, `/connections/${id}/accounts?q=nothing-is-called-this`);
});

test('grids with what opens in them, objects and records are accessible', async ({ page, steps }) => {
  const id = await steps.connect(page);
  const accounts = `/connections/${id}/accounts`;
  const filter = encodeURIComponent(
    '["all",["Industry","in","Banking"],["any",["Rating","in","Hot"],["Fax","empty"]]]',
  );
  await expectAccessible(page, `${accounts}?filter=${filter}&columns=Name,Industry,Nothing__c,OwnerId`);
  const dialogs: ReadonlyArray<readonly [button: RegExp, ready: string]> = [
    [/^Filter/, 'How Industry is compared'],
    [/^Columns/, 'Search fields'],
    [/^Sort/, 'Direction of Account Name'],
    [/^Go to/, 'Row, of'],
    [/^SOQL/, 'Copy SOQL'],
  ];
  for (const [button, ready] of dialogs) {
    await page.getByRole('toolbar', { name: 'Grid' }).getByRole('button', { name: button }).click();
    await expect(page.getByRole('dialog').getByLabel(ready)).toBeVisible();
    await expectAccessibleNow(page);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  await page.getByRole('grid').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expectAccessibleNow(page);
  const record = await page.getByRole('rowheader').first().getByRole('link').getAttribute('href');
  await expectAccessible(page, `/connections/${id}/objects/Project__c`);
  await expectAccessible(page, `/connections/${id}/objects`);
  await expectAccessible(page, String(record));
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessible(page, accounts);
});

test("an admin's pages are accessible", async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
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
