import { expect, test } from './fixtures';

test.describe('addresses that lead nowhere', () => {
  test.use({ expectedNoise: /status of 404/ });

  test('made-up addresses are 404 with a way home', async ({ page, steps }) => {
    await steps.signIn(page);
    for (const path of [
      '/connections/not-an-id',
      '/connections/00000000-0000-4000-8000-000000000000',
      "/connections/' OR 1=1 --/accounts",
      '/consent/00000000-0000-4000-8000-000000000000',
      '/no/such/page',
    ]) {
      const answer = await page.goto(path);
      expect(answer?.status(), path).toBe(404);
      await expect(page.getByRole('link', { name: /connections|home/i }).first()).toBeVisible();
    }
  });
});

test('a grid address with nonsense still shows the grid and says what it ignored', async ({
  page,
  steps,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts?sort=-NoSuchField,Name%27&row=-3&q=&filter=%5B%22all`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await expect(
    page.getByText('The list cannot be sorted by “NoSuchField”, so that was left out.'),
  ).toBeVisible();
  await expect(
    page.getByText('The filter in this address could not be read, so that was left out.'),
  ).toBeVisible();
  await page.goto(`/connections/${id}/accounts?row=99999999&columns=%27,Name&view=nobodys`);
  await expect(
    page.getByRole('grid').locator('[aria-rowindex="5001"]').getByRole('rowheader'),
  ).not.toBeEmpty();
  await expect(page.getByText(/This view is not there any more/)).toBeVisible();
  await page.goto(
    `/connections/${id}/accounts?filter=${encodeURIComponent('["all",["Nothing","eq","1"],["Industry","gt","x"]]')}`,
  );
  await expect(page.getByText(/A condition of the filter was left out/)).toHaveCount(2);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await page.goto(`/connections/${id}/accounts?q=${encodeURIComponent('%_\\\'"<b>')}`);
  await expect(page.getByText(/No accounts match/)).toBeVisible();
  await page.goto(`/connections/${id}/accounts?q=${'x'.repeat(5000)}`);
  await expect(page.getByText(/No accounts match/)).toBeVisible();
});

test('a double click starts one consent', async ({ page, steps, stack }) => {
  await steps.signIn(page);
  await page.getByRole('button', { name: 'Connect Production' }).dblclick();
  await page.getByRole('button', { name: 'Allow' }).waitFor();
  const rows = await stack.sql`SELECT 1 FROM orgdock.consent_attempts`;
  expect(rows).toHaveLength(1);
});

test('a session that has expired sends a form back without losing the page', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signedIn(page);
  await page.goto('/account');
  await stack.sql`UPDATE orgdock.sessions SET expires_at = now() - interval '1 minute'`;
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('You are signed out.')).toBeVisible();
});

test('preferences change how dates and numbers read', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto('/account');
  await page.getByLabel('Numbers and dates').selectOption('de-DE');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5.000 Accounts')).toBeVisible();
});

test('nobody can have the portal fetch and resize pictures', async ({ request }) => {
  expect((await request.get('/_next/image?url=%2Ffavicon.ico&w=64&q=75')).status()).toBe(404);
});
