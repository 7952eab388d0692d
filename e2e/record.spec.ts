import { expect, test } from './fixtures';
import { GridPage } from './pages/grid-page';

/** The page of the first account of the grid. */
const FIRST = 'a[href*="/records/001"]';

test('a record shows its fields in sections, finds one, hides the empty, and copies a value', async ({
  page,
  steps,
  context,
}) => {
  const id = await steps.connect(page);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/connections/${id}/accounts?sort=Name`);
  const href = await page.locator(FIRST).first().getAttribute('href');
  await page.goto(String(href));
  const title = await page.getByRole('heading', { level: 1 }).textContent();
  await expect(page.getByRole('heading', { name: 'Key facts' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'System' })).toBeVisible();
  await expect(page.getByText(/This page cost \d API calls?/)).toBeVisible();
  const count = page.getByText(/^\d+ (?:of \d+ )?fields$/);
  const all = await count.textContent();
  await page.getByText('Hide empty', { exact: true }).click();
  await expect(count).not.toHaveText(String(all));
  await page.getByRole('searchbox', { name: 'Search in fields' }).fill('account name');
  await expect(count).toHaveText(/^1 of /);
  await page.getByRole('button', { name: 'Copy Account Name' }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(title);
  await page.getByRole('searchbox', { name: 'Search in fields' }).fill('zzz nothing');
  await expect(page.getByText('No field holds “zzz nothing”.')).toBeVisible();
});

test('a related list is read when it is opened, and leads to a grid of all', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts?sort=Name`);
  await page.goto(String(await page.locator(FIRST).first().getAttribute('href')));
  const list = page.locator('details', { hasText: 'Opportunities' });
  await expect(list.first()).toBeVisible();
  await stack.control.clearLedger();
  await list.locator('summary').first().click();
  // A second one where this process has not described the object yet.
  await expect(list.getByText(/Cost [12] API calls?;/)).toBeVisible();
  const queries = (await stack.control.listRequests()).filter(({ path }) => path.endsWith('/query'));
  expect(queries).toHaveLength(1);
  await list
    .first()
    .getByRole('link', { name: /^Show all .* in a grid$/ })
    .click();
  await expect(page.getByRole('grid', { name: 'Opportunities' })).toBeVisible();
});

test('the raw record is shown as Salesforce answered it', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts?sort=Name`);
  await page.goto(String(await page.locator(FIRST).first().getAttribute('href')));
  await page.getByRole('button', { name: 'Raw JSON' }).click();
  const dialog = page.getByRole('dialog', { name: /Raw JSON/ });
  await expect(dialog.getByText('"attributes"')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});

test('a record that is not there is said to be missing, not failing', async ({ page, steps }) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/records/001000000000001AAA`);
  await expect(page.getByRole('heading', { name: /no such Account/ })).toBeVisible();
  await page.goto(`/connections/${id}/records/zzz000000000001AAA`);
  await expect(page.getByRole('heading', { name: /No object that you see/ })).toBeVisible();
  expect((await page.request.get(`/connections/${id}/records/nonsense`)).status()).toBe(404);
});

test('a record opens in Salesforce by a plain link where the grant is not for its pages', async ({
  page,
  steps,
}) => {
  const id = await steps.connected(page);
  await page.goto(`/connections/${id}/accounts?sort=Name`);
  await page.goto(String(await page.locator(FIRST).first().getAttribute('href')));
  const link = page.getByRole('link', { name: 'Open in Salesforce' });
  await expect(link).toHaveAttribute('href', /\/lightning\/r\/Account\/001\w{15}\/view$/);
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer');
});

test.describe('where the grant is for Salesforce’s pages, too', () => {
  test.beforeEach(async ({ stack }) => {
    await stack.sql`UPDATE orgdock.environments SET scopes = scopes || '{web}' WHERE slug = 'production'`;
  });
  test.afterEach(async ({ stack }) => {
    await stack.sql`UPDATE orgdock.environments SET scopes = array_remove(scopes, 'web')`;
  });

  test('a record opens in Salesforce signed in, its link is copied, and a tab that the browser keeps back is told', async ({
    page,
    steps,
    stack,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const id = await steps.connect(page);
    const grid = GridPage.of(page, stack, id);
    await grid.open({ sort: 'Name', columns: 'Name,Industry' });
    await grid.expectRow(1);
    const name = String(await grid.name(1).textContent());
    const byKey = context.waitForEvent('page');
    await grid.press('Control+Home', 'Control+Enter');
    const plain = await byKey;
    await plain.waitForURL(/\/lightning\/r\/Account\/001\w{15}\/view$/);
    await expect(plain.getByRole('heading', { name, exact: true })).toBeVisible();
    await plain.close();

    await grid.press('Enter');
    await page.waitForURL(/\/records\/001/);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());

    // Whoever is signed in to nothing there any more is signed in by Orgdock.
    await stack.control.act({ act: 'end_login_sessions', org: 'production' });
    const byButton = context.waitForEvent('page');
    await page.getByRole('button', { name: 'Open in Salesforce' }).click();
    const tab = await byButton;
    await tab.waitForURL(/\/lightning\/r\/Account\/001\w{15}\/view$/);
    await expect(tab.getByRole('heading', { name, exact: true })).toBeVisible();
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    const [audited] = await stack.sql`SELECT count(*)::int AS count FROM orgdock.audit_log
      WHERE action = 'record.open_in_salesforce' AND subject_id = ${id}`;
    expect(audited).toEqual({ count: 1 });
    await tab.close();

    await page.evaluate(() => {
      window.open = () => null;
    });
    await page.getByRole('button', { name: 'Open in Salesforce' }).click();
    const problem = page.getByRole('alert').filter({ hasText: 'Salesforce was not opened' });
    await expect(problem).toContainText('The browser did not open a new tab.');
    await expect(problem.getByRole('link', { name: 'Plain link to Salesforce' })).toHaveAttribute(
      'href',
      /\/lightning\/r\/Account\/001\w{15}\/view$/,
    );
  });
});
