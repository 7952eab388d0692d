import type { Page } from '@playwright/test';
import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';

test.describe.configure({ timeout: 300_000 });

const SECRET = /odk_[a-z0-9]{12}_[\w-]{43}/;

/** Fills the form of a new key; it is sent by whoever calls. */
async function fillKey(page: Page, name: string, preset: string): Promise<void> {
  await page.getByLabel('Name', { exact: true }).fill(name);
  await page.getByRole('radio', { name: preset }).check();
  await page.getByLabel('Ends').selectOption('90');
}

async function makeKey(page: Page, base: string, name: string, preset = 'Read accounts'): Promise<string> {
  await page.goto(`${base}/new`);
  await fillKey(page, name, preset);
  await page.getByRole('button', { name: 'Make the key' }).click();
  const secret = (await page.locator('code').filter({ hasText: SECRET }).textContent()) ?? '';
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
  return secret;
}

test('a member makes a key with a preset, sees its secret once, rotates and revokes it', async ({
  page,
  steps,
}) => {
  await steps.connect(page, 'production', 'grace');
  await page.goto('/account');
  await page.getByRole('link', { name: 'My API keys' }).click();
  await expect(page.getByRole('heading', { name: 'You have no API keys' })).toBeVisible();
  await page.getByRole('link', { name: 'New key' }).click();
  await expectAccessibleNow(page);
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText('Give the key a name.')).toBeVisible();
  await expect(page.getByText('Choose when the key ends.')).toBeVisible();
  await fillKey(page, 'Nightly sync', 'Read accounts');
  await page.getByRole('radio', { name: /^Through chosen connections/ }).check();
  await page.getByRole('checkbox', { name: /Production: grace@acme\.example/ }).check();
  const words = page.getByRole('complementary', { name: 'In plain words' });
  await expect(words).toContainText('Account: all fields.');
  await expect(words).toContainText('Only through Production: grace@acme.example.');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('grace');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await expect(page.getByRole('heading', { name: 'Copy the secret now' })).toBeFocused();
  const secret = (await page.locator('code').filter({ hasText: SECRET }).textContent()) ?? '';
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.getByRole('heading', { name: 'Nightly sync', level: 1 })).toBeVisible();
  await expectAccessibleNow(page);
  expect(await page.content()).not.toContain(secret);
  await expect(page.getByText('/services/data/v', { exact: false }).first()).toBeVisible();

  await page.getByLabel('The secret of now works on for').selectOption('7d');
  await page.getByRole('button', { name: 'Make a new secret' }).click();
  const next = (await page.locator('code').filter({ hasText: SECRET }).textContent()) ?? '';
  expect(next).not.toBe(secret);
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await expect(page.getByText(/^Replaced\. Works until/)).toContainText('in 6 days');
  await page.getByRole('button', { name: /^Retire now/ }).click();
  await expect(page.getByText(/^Replaced\. Works until/)).toHaveCount(0);
  await expect(page.getByText(`${next.slice(0, 16)}_…`)).toBeVisible();

  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('button', { name: 'Revoke the key' }).click();
  await expect(page.locator('[data-state="revoked"]')).toBeVisible();
  await expect(page.getByText('None works.')).toBeVisible();
});

test.describe('with refusals in the console', () => {
  test.use({ expectedNoise: /status of 40[34]/ });

  test('administrators limit and revoke the keys of others, auditors read only', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    await steps.signIn(page, 'grace');
    await steps.prove('grace');
    await makeKey(page, '/account/api-keys', 'Grace’s robot', 'Read everything I can read');
    const own = page.url();
    await page.goto('/admin/api-keys');
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('API keys');

    const other = await (await browser.newContext({ baseURL: stack.portal })).newPage();
    await steps.signIn(other, 'ada');
    await other.goto('/');
    await other.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API keys' }).click();
    const row = other.getByRole('row').filter({ hasText: 'Grace’s robot' });
    await expect(row).toContainText('Grace Whitmore');
    await expect(row).toContainText('Reads everything');
    await expectAccessibleNow(other);
    await other.getByRole('searchbox', { name: 'Search' }).fill('nothing of the kind');
    await other.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(other.getByRole('heading', { name: 'No key fits' })).toBeVisible();
    await other.goto(own.replace('/account/', '/admin/'));
    await expect(other.getByRole('button', { name: 'Make a new secret' })).toHaveCount(0);
    await other.getByRole('link', { name: 'Take away from it' }).click();
    await other.getByLabel('Rows a day').fill('100');
    await other.getByRole('button', { name: 'Save' }).click();
    await expect(other.getByText('Saved. It holds from the next call on.')).toBeVisible();
    await other.getByLabel('Rows a day').fill('');
    await other.getByRole('button', { name: 'Save' }).click();
    await expect(other.getByText('This would let somebody else’s key do more than now.')).toBeVisible();

    await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE display_name LIKE 'Ada%'`;
    await other.goto(own.replace('/account/', '/admin/'));
    await expect(other.getByRole('heading', { name: 'Grace’s robot', level: 1 })).toBeVisible();
    await expect(other.getByText('At most 100 rows a day.')).toBeVisible();
    await expect(other.getByRole('button', { name: 'Revoke' })).toHaveCount(0);
    await other.goto('/account/api-keys');
    await expect(other.getByRole('heading', { name: 'Auditors have no API keys' })).toBeVisible();
    await stack.sql`UPDATE orgdock.people SET role = 'admin' WHERE display_name LIKE 'Ada%'`;
    await other.goto(own.replace('/account/', '/admin/'));
    await other.getByRole('button', { name: 'Revoke' }).click();
    await expect(other.getByText(/Programs of Grace Whitmore that use it get 401/)).toBeVisible();
    await other.getByRole('button', { name: 'Revoke the key' }).click();
    await expect(other.locator('[data-state="revoked"]')).toBeVisible();
    await other.context().close();
  });
});

test('a dry run says whether a call would be allowed, and by which rule it would not', async ({
  page,
  steps,
}) => {
  await steps.connect(page, 'production', 'grace');
  await steps.prove('grace');
  await makeKey(page, '/account/api-keys', 'Accounts only');
  await page.getByRole('link', { name: 'Dry run' }).click();
  const ask = page.getByRole('button', { name: 'Would it be allowed?' });
  const result = page.getByRole('region', { name: 'Result' });
  await page.getByRole('textbox', { name: 'SOQL' }).fill('SELECT Id, Owner.Name FROM Account');
  await ask.click();
  await expect(
    result.getByRole('heading', { name: 'It would be refused by the rule objects' }),
  ).toBeVisible();
  await expect(result).toContainText('The policy does not name the object User.');
  await expect(result).toContainText('To tell, Orgdock described Account');
  await expectAccessibleNow(page);
  await page.getByRole('textbox', { name: 'SOQL' }).fill('SELECT Id, Name FROM Account');
  await ask.click();
  await expect(result.getByRole('heading', { name: 'It would be allowed' })).toBeVisible();
  await page.getByRole('radio', { name: /^A request/ }).check();
  await page.getByLabel('Method', { exact: true }).selectOption('DELETE');
  await page
    .getByRole('textbox', { name: 'Path' })
    .fill('/services/data/v66.0/sobjects/Account/001000000000001AAA');
  await ask.click();
  await expect(
    result.getByRole('heading', { name: /^It would be refused by the rule (?:access|operations)$/ }),
  ).toBeVisible();
  await page.getByRole('textbox', { name: 'Path' }).fill('/somewhere/else');
  await ask.click();
  await expect(page.getByText(/^Write the path as Salesforce documents it/)).toBeVisible();
  await page.getByRole('radio', { name: /^A named query/ }).check();
  await page.getByLabel('Named query', { exact: true }).selectOption('getAccounts');
  await page.getByLabel('limit').fill('many');
  await ask.click();
  await expect(result.getByRole('heading', { name: 'It would be refused', exact: true })).toBeVisible();
  await expect(result).toContainText('The parameter “limit”');
  await page.getByLabel('limit').fill('3');
  await ask.click();
  await expect(result.getByRole('heading', { name: 'It would be allowed' })).toBeVisible();
  await expect(result).toContainText('The key may run the named query getAccounts.');
  await expectAccessibleNow(page);
  await page.getByLabel('Named query', { exact: true }).selectOption('getOpportunities');
  await ask.click();
  await expect(
    result.getByRole('heading', { name: 'It would be refused by the rule objects' }),
  ).toBeVisible();

  await page.goto('/account/api-keys');
  await page.getByRole('link', { name: 'Dry run of Accounts only' }).click();
  await expect(page.getByRole('heading', { name: 'Dry run', level: 1 })).toBeVisible();
  await page.goto('/account/api-keys');
  await page.getByRole('link', { name: 'API reference' }).click();
  await expect(page.getByRole('heading', { name: 'API reference', level: 1 })).toBeVisible();
});

test('objects and fields are offered while one types, and others can be written', async ({ page, steps }) => {
  const id = await steps.connect(page, 'production', 'grace');
  await page.goto(`/connections/${id}/objects`);
  await expect(page.getByRole('heading', { name: /^Main objects/ })).toBeVisible();
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByRole('grid').getByRole('row').nth(2)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/account/api-keys/new');
  await page.getByRole('radio', { name: 'Read and write chosen objects' }).check();
  const object = page.getByRole('combobox', { name: 'Object' });
  const list = page.getByRole('listbox');
  await object.click();
  await object.pressSequentially('project');
  await expect(list.getByRole('option', { name: /^Project__c/ })).toBeVisible();
  await object.fill('');
  await object.pressSequentially('acc');
  await expect(list.getByRole('option').first()).toHaveText('Account');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(object).toHaveValue('Account');
  await expect(list).toHaveCount(0);
  const fields = page.getByRole('combobox', { name: 'Fields' });
  await fields.pressSequentially('Name, indus');
  await list.getByRole('option', { name: 'Industry' }).click();
  await expect(fields).toHaveValue('Name, Industry, ');
  await fields.pressSequentially('Made_Up__c');
  await page.getByRole('button', { name: 'Add an object' }).click();
  await page.getByRole('combobox', { name: 'Object' }).last().fill('Also_Made_Up__c');
  const wider = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wider, 'nothing sticks out on a phone').toBe(false);
  await expectAccessibleNow(page);
  const words = page.getByRole('complementary', { name: 'In plain words' });
  await expect(words).toContainText('Account: Id, Name, Industry, Made_Up__c');
  await expect(words).toContainText('Also_Made_Up__c: all fields');
  await page.getByRole('radio', { name: 'Only these' }).check();
  await page.getByRole('combobox', { name: 'Names of queries' }).pressSequentially('getA');
  await list.getByRole('option', { name: /^getAccounts/ }).click();
  await expect(words).toContainText('getAccounts');
});
