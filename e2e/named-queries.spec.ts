import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';
import { makeKey, withKey } from './keys';

test.describe.configure({ timeout: 300_000 });

test('an administrator writes a query with parameters, and a key for named queries runs it and nothing else', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const id = await steps.connected(page, 'production', 'ada');
  await page.goto('/admin/api-keys');
  await page.getByRole('link', { name: 'Named queries' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'getAccounts' })).toContainText('Ready-made');
  await expectAccessibleNow(page);
  await page.getByRole('link', { name: 'New query' }).click();
  await page.getByLabel('Name', { exact: true }).fill('accountsByName');
  const soql = page.getByLabel('SOQL');
  await soql.fill('SELECT Id, Name FRM Account');
  await expect(page.getByText('Line 1, character 21: It cannot go on with “Account”.')).toBeVisible();
  await soql.fill('SELECT Id, Name FROM Account WHERE Name LIKE :name% ORDER BY Name LIMIT :most');
  await page.getByRole('button', { name: 'Add parameter name' }).click();
  await page.getByRole('button', { name: 'Add parameter most' }).click();
  const most = page.getByRole('group', { name: 'Parameter most' });
  await most.getByLabel('Type').selectOption('number');
  await most.getByLabel('Default').fill('5');
  await expect(page.getByText('Account: Id, Name')).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByRole('button', { name: 'Make the query' }).click();
  await expect(page.getByRole('heading', { name: 'accountsByName', level: 1 })).toBeVisible();
  await expect(page.getByRole('row').filter({ hasText: 'most' })).toContainText('5, if not said');
  await expect(page.getByText('/api/v1/queries/accountsByName/run', { exact: false })).toBeVisible();
  await expectAccessibleNow(page);

  const secret = await makeKey(stack, 'ada', { access: 'named_queries', connections: [id] });
  const program = await browser.newContext({ baseURL: stack.portal, extraHTTPHeaders: withKey(secret) });
  const run = (name: string, query = '') => program.request.get(`/api/v1/queries/${name}/run?${query}`);
  const answer = await run('accountsByName', 'name=A&most=2');
  expect(answer.status()).toBe(200);
  const { records } = (await answer.json()) as { records: { Name: string }[] };
  expect(records.map(({ Name }) => Name[0]?.toUpperCase())).toEqual(['A', 'A']);
  const wrong = await run('accountsByName', 'name=A&most=many');
  expect(await wrong.json()).toMatchObject({ status: 400, detail: expect.stringContaining('“most”') });
  const elsewhere = await program.request.get(`/api/v1/connections/${id}/proxy/services/data/v66.0/limits`);
  expect(await elsewhere.json()).toMatchObject({ status: 403, code: 'POLICY_REFUSED', rule: 'access' });
  await program.close();

  await page.goto(`/connections/${id}`);
  const link = page.getByRole('region', { name: 'API keys that used this connection' }).getByRole('link');
  await expect(async () => {
    await page.reload();
    await expect(link).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await link.click();
  await expect(page.getByRole('heading', { name: 'Usage', level: 1 })).toBeVisible();
  const newest = page.getByRole('region', { name: 'Newest calls' });
  await expect(newest.getByRole('row').filter({ hasText: 'accountsByName' })).toHaveCount(2);
  await expect(newest.getByRole('link', { name: 'access' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Calls over time' }).locator('svg').first()).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByRole('link', { name: '7 days' }).click();
  await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'page');

  await page.goto('/admin/api-keys/queries/accountsByName');
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Named queries', level: 1 })).toBeVisible();
  await expect(page.getByText('accountsByName')).toHaveCount(0);
});
