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
});
