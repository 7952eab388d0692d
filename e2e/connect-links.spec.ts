import { createHash, randomBytes } from 'node:crypto';
import type { Browser, Page } from '@playwright/test';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

// A page that another browser may not see is a 404, and the console says so.
test.use({ expectedNoise: /status of 404|status of 410/ });

const PHONE = { width: 390, height: 844 };

/** Grace makes a link on her home page. */
async function makeOnPage(page: Page, purpose = 'Invoices of Acme'): Promise<string> {
  await page.goto('/');
  await page.getByText('Make a connect link').click();
  const form = page.getByRole('form', { name: 'New connect link' });
  await form.getByLabel('Environment').selectOption('uat');
  await form.getByLabel('What the connection is for').fill(purpose);
  await form.getByLabel('Alias').fill('acme-invoices');
  await form.getByRole('button', { name: 'Make a link' }).click();
  const link = page.getByText(/\/connect\/odl_[\w-]{43}$/);
  await expect(link).toBeVisible();
  return (await link.textContent()) ?? '';
}

/** Somebody without an account, in a browser of their own. */
async function openElsewhere(browser: Browser, stack: Stack, url: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: stack.portal });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

async function goOn(theirs: Page, stack: Stack, user: 'franz' | 'grace' = 'franz'): Promise<void> {
  await theirs.getByRole('button', { name: 'Continue to Salesforce' }).click();
  await new ConsentPage(theirs, stack.portal).logInAndAllow(usernameOf(user, 'uat'), DEMO_PASSWORD);
}

test('a stranger gives a connection by a link that its holder made on a page, once and in one browser', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace');
  const url = await makeOnPage(page);
  await expectAccessibleNow(page);

  const theirs = await openElsewhere(browser, stack, url);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(
    'Grace Whitmore asks to connect your Salesforce user',
  );
  await expect(theirs.getByText('Invoices of Acme')).toBeVisible();
  await expect(theirs.getByText('OAuth Connected Apps')).toBeVisible();
  expect(await theirs.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex');
  await expectAccessibleNow(theirs);
  await theirs.setViewportSize(PHONE);
  const wider = await theirs.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wider, 'nothing sticks out on a phone').toBe(false);
  await theirs.screenshot({ path: test.info().outputPath('offer-phone.png'), fullPage: true });
  await theirs.setViewportSize({ width: 1280, height: 900 });
  await theirs.screenshot({ path: test.info().outputPath('offer-dark.png'), fullPage: true });
  await theirs.emulateMedia({ colorScheme: 'light' });
  await theirs.screenshot({ path: test.info().outputPath('offer-light.png'), fullPage: true });

  const other = await openElsewhere(browser, stack, url);
  await goOn(theirs, stack);
  await expect(theirs.getByRole('heading', { name: 'Thank you, that is done' })).toBeVisible();
  await expect(theirs.getByText(usernameOf('franz', 'uat'))).toBeVisible();
  await expectAccessibleNow(theirs);
  const cookies = await theirs.context().cookies(stack.portal);
  // Of one host, whatever its port: those of the simulator are there as well.
  expect(cookies.map(({ name }) => name).filter((name) => name.includes('orgdock'))).toEqual([
    'orgdock.attempt',
  ]);
  await theirs.goto('/');
  await expect(theirs, 'the visitor is nobody here').toHaveURL(/\/sign-in/);

  const done = await stack.sql`SELECT id, connection_id FROM orgdock.connect_links`;
  expect((await other.request.get(`/connect/done/${done[0]?.id}`)).status()).toBe(404);
  for (const again of [theirs, other]) {
    await again.goto(url);
    await expect(again.getByRole('heading', { name: 'This link was used' })).toBeVisible();
    await expect(again.getByText('Grace Whitmore')).toHaveCount(0);
  }
  await expectAccessibleNow(other);

  await page.reload();
  await expect(page.locator('[data-link="used"]')).toContainText(usernameOf('franz', 'uat'));
  await page.goto(`/connections/${done[0]?.connection_id}`);
  await expect(page.getByText('Healthy')).toBeVisible();
  await expect(page.getByText('acme-invoices', { exact: true })).toBeVisible();
  await page.goto(`/connections/${done[0]?.connection_id}/accounts`);
  await expect(page.getByRole('grid').or(page.getByRole('table')).first()).toBeVisible();

  const token = url.split('/').at(-1) ?? '';
  expect(stack.output(), 'the link is in no log').not.toContain(token);
});

test('a program gets a link by its key, and the connection once a stranger has used it', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace');
  const secret = await makeKey(stack);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${stack.portal}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
    });
  const body = JSON.stringify({ environment: 'uat', purpose: 'Nightly export', alias: 'export' });
  const made = await ask('/api/v1/connect-links', { method: 'POST', body });
  expect(made.status).toBe(201);
  const { id, url } = (await made.json()) as { id: string; url: string };
  const theirs = await openElsewhere(browser, stack, url);
  await expect(theirs.getByRole('definition').filter({ hasText: 'Exporter' })).toBeVisible();
  await goOn(theirs, stack);
  await expect(theirs.getByRole('heading', { name: 'Thank you, that is done' })).toBeVisible();
  const after = await (await ask(`/api/v1/connect-links/${id}`)).json();
  expect(after).toMatchObject({ state: 'used', connection: { alias: 'export' } });
});

test('a link belongs to the browser that goes on first, and a refusal at Salesforce can be tried again', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace');
  const url = await makeOnPage(page);
  const [theirs, other] = [
    await openElsewhere(browser, stack, url),
    await openElsewhere(browser, stack, url),
  ];
  await theirs.getByRole('button', { name: 'Continue to Salesforce' }).click();
  const consentPage = new ConsentPage(theirs, stack.portal);
  await consentPage.logIn(usernameOf('franz', 'uat'), DEMO_PASSWORD);
  await consentPage.deny();
  await expect(theirs.getByRole('heading', { name: 'Nothing was connected' })).toBeVisible();
  await expectAccessibleNow(theirs);

  await other.getByRole('button', { name: 'Continue to Salesforce' }).click();
  await expect(
    other.getByRole('alert').filter({ hasText: 'This link was begun in another browser' }),
  ).toBeVisible();
  await other.reload();
  await expect(other.getByRole('heading', { name: 'This link was begun in another browser' })).toBeVisible();

  await theirs.getByRole('button', { name: 'Try again' }).click();
  await new ConsentPage(theirs, stack.portal).logInAndAllow(usernameOf('franz', 'uat'), DEMO_PASSWORD);
  await expect(theirs.getByRole('heading', { name: 'Thank you, that is done' })).toBeVisible();
});

test('who is signed in is told that it is for somebody else; a withdrawn link says so', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace');
  const url = await makeOnPage(page);
  const theirs = await (await browser.newContext({ baseURL: stack.portal })).newPage();
  await steps.signIn(theirs, 'franz');
  await theirs.goto(url);
  await expect(theirs.getByRole('note')).toContainText('This grants to Grace Whitmore, not to you');
  await page.goto('/');
  await page.getByRole('button', { name: /^Withdraw/ }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(page.locator('[data-link="withdrawn"]')).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole('heading', { name: 'This link was withdrawn' })).toBeVisible();
});

test('an administrator sees everybody’s links and withdraws one; an auditor only reads', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace');
  const url = await makeOnPage(page, 'Payroll of Acme');
  const ada = await (await browser.newContext({ baseURL: stack.portal })).newPage();
  await steps.signIn(ada, 'ada');
  await ada.goto('/admin/api-keys');
  await ada.getByRole('link', { name: 'Connect links' }).click();
  const link = ada.getByRole('listitem').filter({ hasText: 'Payroll of Acme' });
  await expect(link).toContainText('for Grace Whitmore');
  expect(await ada.content(), 'its address is shown once, and not here').not.toContain(url);
  await expectAccessibleNow(ada);

  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE display_name LIKE 'Ada%'`;
  await ada.reload();
  await expect(link).toBeVisible();
  await expect(link.getByRole('button')).toHaveCount(0);
  await stack.sql`UPDATE orgdock.people SET role = 'admin' WHERE display_name LIKE 'Ada%'`;
  await ada.reload();
  await link.getByRole('button', { name: /^Withdraw/ }).click();
  await ada.getByRole('alertdialog').getByRole('button', { name: 'Withdraw' }).click();
  await expect(link).toHaveAttribute('data-link', 'withdrawn');
  const theirs = await openElsewhere(browser, stack, url);
  await expect(theirs.getByRole('heading', { name: 'This link was withdrawn' })).toBeVisible();
});

test('an alias is changed by its owner, and a wrong one is explained', async ({ page, steps }) => {
  const id = await steps.connect(page);
  await page.goto(`/connections/${id}`);
  const form = page.getByRole('form', { name: 'Alias' });
  await form.getByLabel('Alias of this connection').fill('No Spaces');
  await form.getByRole('button', { name: 'Change alias' }).click();
  await expect(form.getByText('Use 3 to 60 small letters, digits and hyphens.')).toBeVisible();
  await form.getByLabel('Alias of this connection').fill('erp');
  await form.getByRole('button', { name: 'Change alias' }).click();
  await expect(form.getByText(/^Changed/)).toBeVisible();
  await expect(page.locator('code').filter({ hasText: /^erp$/ })).toBeVisible();
  await expectAccessibleNow(page);
});

/** A key of Grace's that may do everything, as the page of keys makes it. */
async function makeKey({ sql }: Stack): Promise<string> {
  const prefix = `odk_${randomBytes(6).toString('hex')}`;
  const secret = `${prefix}_${randomBytes(32).toString('base64url')}`;
  const hash = createHash('sha256').update(secret).digest('base64url');
  const policy = {
    ...{ access: 'write', environments: null, connections: null, objects: null, namedQueries: null },
    ...{ operations: ['query'], families: [], rowsPerCall: null, rowsPerDay: null, callsPerDay: null },
    ...{ hours: null, addresses: null, rawToken: false },
  };
  await sql`WITH made AS (
    INSERT INTO orgdock.api_keys (owner_id, name, policy, created_by)
    SELECT id, 'Exporter', ${JSON.stringify(policy)}::text::jsonb, id FROM orgdock.people
     WHERE display_name = 'Grace Whitmore' RETURNING id)
    INSERT INTO orgdock.api_key_secrets (prefix, key_id, secret_hash) SELECT ${prefix}, id, ${hash} FROM made`;
  return secret;
}
