import type { Page } from '@playwright/test';
import { DEMO_SECURITY_TOKEN } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import type { Stack } from './stack';

const EVERYBODY = (['ada', 'grace', 'franz'] as const).map((user) => usernameOf(user));

test.afterEach(async ({ stack }) => {
  await stack.sql`UPDATE orgdock.environments SET allow_password_flow = false`;
});

/** The form of a new service connection of a flow, in Production. */
async function openForm(page: Page, flow: string): Promise<void> {
  await page.goto('/admin/environments/production');
  await page.getByRole('link', { name: 'Add service connection' }).click();
  await page.getByRole('link', { name: flow, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: flow })).toBeVisible();
}

/** Creates a client credentials connection; its id. */
async function createReporting(page: Page): Promise<string> {
  await openForm(page, 'Client credentials');
  await page.getByLabel('Name', { exact: true }).fill('Reporting');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.waitForURL(/\/service\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}

async function tokenRequests(stack: Stack): Promise<number> {
  const entries = await stack.control.listRequests({ org: 'production' });
  return entries.filter(({ params }) => params.grant_type === 'client_credentials').length;
}

test.describe('with pages that are not there', () => {
  test.use({ expectedNoise: /status of 404/ });
  test.describe.configure({ timeout: 180_000 });

  test('a JWT bearer connection is prepared, connected, shared, and read through', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    const elsewhere = await browser.newContext({ baseURL: stack.portal });
    const grace = await elsewhere.newPage();
    await steps.signIn(grace, 'grace');
    await steps.signIn(page, 'ada');
    await steps.prove('ada');
    await openForm(page, 'JWT bearer');
    await page.getByLabel('Name', { exact: true }).fill('Nightly sync');
    await page.getByLabel('Username').fill(usernameOf('ada'));
    await page.getByRole('button', { name: 'Create' }).click();
    await expect(page.getByText('Waits for its certificate')).toBeVisible();
    await expectAccessibleNow(page);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';

    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download orgdock-production.crt' }).click();
    expect((await download).suggestedFilename()).toBe('orgdock-production.crt');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByText('invalid assertion')).toBeVisible();

    const certificate = await page.getByRole('region', { name: 'Certificate as text' }).textContent();
    expect(certificate).toContain('BEGIN CERTIFICATE');
    expect(await (await page.request.get(page.url())).text()).not.toContain('PRIVATE KEY-----\\n');
    const changes = { certificate, preApproved: EVERYBODY };
    await stack.control.act({ act: 'change_app', org: 'production', changes });
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await expect(page.getByText(`Ada Okafor · ${usernameOf('ada')}`)).toBeVisible();
    await expect(page.getByText('Healthy')).toBeVisible();

    // By id: other tests of this portal may have made another person of that name.
    const [known] = await stack.sql<[{ id: string }]>`
      SELECT person_id AS id FROM orgdock.identities WHERE username = ${usernameOf('grace')}`;
    await page.getByLabel('Person').fill(known.id);
    await page.getByRole('button', { name: 'Share', exact: true }).click();
    await expect(page.getByRole('list', { name: 'People' })).toContainText('Grace');
    await expectAccessibleNow(page);

    await grace.goto('/');
    const card = grace.getByRole('article', { name: 'Nightly sync' });
    await expect(card.getByText('Service')).toBeVisible();
    await expectAccessibleNow(grace);
    await card.getByRole('link', { name: 'Accounts' }).click();
    await expect(grace.getByText('5,000 accounts')).toBeVisible();
    await grace.goto(`/connections/${id}`);
    await expect(grace.getByText('Service').first()).toBeVisible();
    await expect(grace.getByRole('button', { name: /Reconnect|Disconnect/ })).toHaveCount(0);

    await page.goto('/');
    await expect(page.getByText('Nightly sync')).toHaveCount(0);
    for (const path of ['', '/accounts']) {
      expect((await page.goto(`/connections/${id}${path}`))?.status()).toBe(404);
    }
    await elsewhere.close();
  });

  test('a client credentials connection is renewed for everyone, and removed', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    const elsewhere = await browser.newContext({ baseURL: stack.portal });
    const grace = await elsewhere.newPage();
    await steps.signIn(grace, 'grace');
    await steps.signIn(page, 'ada');
    await steps.prove('ada');
    const id = await createReporting(page);
    await expect(page.getByText(`Franz Lindner · ${usernameOf('franz')}`)).toBeVisible();
    await page.getByRole('button', { name: 'Share with everyone' }).click();
    await expect(page.getByRole('button', { name: 'Stop sharing with everyone' })).toBeVisible();

    const service = page.url();
    const alias = page.getByRole('form', { name: 'Alias' });
    await alias.getByLabel('Alias of this connection').fill('reporting');
    await alias.getByRole('button', { name: 'Change alias' }).click();
    await expect(alias.getByText(/^Changed/)).toBeVisible();
    await expectAccessibleNow(page);
    await page.goto(`/connections/${id}`);
    await expect(alias.getByLabel('Alias of this connection')).toHaveValue('reporting');
    await grace.goto(`/connections/${id}`);
    await expect(grace.locator('code').filter({ hasText: /^reporting$/ })).toBeVisible();
    await expect(grace.getByRole('form', { name: 'Alias' })).toHaveCount(0);
    await page.goto(service);

    await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
    const asked = await tokenRequests(stack);
    await grace.goto(`/connections/${id}/accounts`);
    // As Franz has it in Salesforce: German.
    await expect(grace.getByText('5.000 accounts')).toBeVisible();
    await expect(grace.getByText(`as ${usernameOf('franz')}`)).toBeVisible();
    await expect(grace.getByRole('columnheader', { name: 'Annual Revenue' })).toHaveCount(0);
    expect(await tokenRequests(stack)).toBe(asked + 1);

    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog).toContainText('credentials are deleted');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(page).toHaveURL('/admin/environments/production');
    await expect(page.getByText('None yet.')).toBeVisible();
    expect((await grace.goto(`/connections/${id}/accounts`))?.status()).toBe(404);
    await elsewhere.close();
  });
});

test('a refusal is shown with what to do in Salesforce, and nothing typed is lost', async ({
  page,
  steps,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/environments/uat/service/new?flow=client_credentials');
  await page.getByLabel('Name', { exact: true }).fill('Reporting');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('ada');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText('no client credentials user enabled')).toBeVisible();
  await expect(page.getByText('choose “Run As”').first()).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Reporting');
  await page.goto('/admin/environments/uat');
  await expect(page.getByText('None yet.')).toBeVisible();
});

test('the username-password flow is off until somebody has read why', async ({ page, steps, stack }) => {
  test.setTimeout(180_000);
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/environments/production/service/new?flow=password');
  await expect(page.getByRole('link', { name: 'JWT bearer' })).toBeVisible();
  await expect(page.getByText('Username and password')).toHaveCount(0);
  await expectAccessibleNow(page);

  await page.goto('/admin/environments/production');
  await page.getByRole('button', { name: 'Allow' }).click();
  await expect(page.getByRole('alertdialog')).toContainText('20 February 2027');
  await page.getByRole('button', { name: 'Allow it all the same' }).click();
  await expect(page.getByText('Allowed in this environment.')).toBeVisible();

  const username = usernameOf('grace');
  const password = '#42LBMDEH';
  await stack.control.act({ act: 'password_flow', org: 'production', on: true });
  await stack.control.act({ act: 'change_password', org: 'production', username, password });
  await openForm(page, 'Username and password');
  await expect(page.getByText('A legacy flow')).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByLabel('Name', { exact: true }).fill('Legacy');
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByLabel('Security token').fill(DEMO_SECURITY_TOKEN);
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(page.getByText(`Grace Whitmore · ${username}`)).toBeVisible();
  expect(await (await page.request.get(page.url())).text()).not.toContain('42LBMDEH');

  await page.goto('/admin/environments/production');
  await page.getByRole('button', { name: 'Turn off' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Turn off' }).click();
  await expect(page.getByText('Off, as it should be.')).toBeVisible();
  await expect(page.getByText('App refused')).toBeVisible();
});

test('a new key waits beside the old one until it is taken into use', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await openForm(page, 'JWT bearer');
  await page.getByLabel('Name', { exact: true }).fill('Nightly sync');
  await page.getByLabel('Username').fill(usernameOf('ada'));
  await page.getByRole('button', { name: 'Create' }).click();
  const upload = async () => {
    const certificate = await page.getByRole('region', { name: 'Certificate as text' }).first().textContent();
    const changes = { certificate, preApproved: EVERYBODY };
    await stack.control.act({ act: 'change_app', org: 'production', changes });
    return certificate;
  };
  await expect(page.getByText('Waits for its certificate')).toBeVisible();
  const first = await upload();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('Healthy')).toBeVisible();
  await page.getByRole('button', { name: 'Make a new key pair' }).click();
  await expect(page.getByRole('heading', { name: 'A new key waits' })).toBeVisible();
  const second = await upload();
  expect(second).not.toBe(first);
  await page.getByRole('button', { name: 'Take the new key into use' }).click();
  await expect(page.getByRole('heading', { name: 'A new key waits' })).toBeHidden();
  await expect(page.getByText('Healthy')).toBeVisible();
});
