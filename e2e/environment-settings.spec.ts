import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';

/** The one weekday in UTC that is farthest from now: reading is outside its hours, whenever this runs. */
const NEVER_NOW = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][
  (new Date().getUTCDay() + 3) % 7
];
const SETTINGS = '/admin/environments/production/settings';

test.afterEach(async ({ stack }) => {
  await stack.sql`UPDATE orgdock.environments SET client_type = 'confidential', run_as_username = NULL`;
});

test('an environment that is closed at this hour says so, and when it opens', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const id = await steps.connect(page, 'production', 'grace');
  const office = await browser.newContext({ baseURL: stack.portal });
  const admin = await office.newPage();
  await steps.signedIn(admin, 'ada');
  await steps.prove('ada');
  await admin.goto(SETTINGS);
  await admin.getByLabel('Has reading hours').check();
  for (const day of ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday'])
    await admin.getByLabel(day).setChecked(day === NEVER_NOW);
  await admin.getByLabel(NEVER_NOW ?? '').check();
  await admin.getByLabel('Reading outside of them').selectOption('refuse');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved.', { exact: true })).toBeVisible();

  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('Production is closed for reading now.')).toBeVisible();
  await expect(page.getByText(/^It opens again on /)).toBeVisible();
  await expect(page.getByRole('columnheader')).toHaveCount(0);
  await expectAccessibleNow(page);

  await admin.reload();
  await admin.getByLabel('Has reading hours').uncheck();
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved.', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  await office.close();
});

test('a public client sends no secret, for the code and for every new token', async ({
  page,
  steps,
  stack,
}) => {
  const changes = { secretRequiredForCode: false, secretRequiredForRefresh: false };
  await stack.control.act({ act: 'change_app', org: 'production', changes });
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto(SETTINGS);
  await page.getByLabel('Client type').selectOption('public');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await stack.control.clearLedger();
  const id = await steps.connected(page, 'production', 'ada');
  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await page.goto(`/connections/${id}/accounts`);
  await expect(page.getByText('5,000 accounts')).toBeVisible();
  const requests = await stack.control.listRequests({ org: 'production' });
  const asked = requests.filter(({ path }) => path.endsWith('/token'));
  expect(asked.map(({ params }) => params.grant_type)).toEqual(['authorization_code', 'refresh_token']);
  for (const { status, params } of asked) {
    expect(status).toBe(200);
    expect(params).toHaveProperty('client_id');
    expect(params).not.toHaveProperty('client_secret');
  }
});

test('service connections run as the user of the environment, or not at all', async ({ page, steps }) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto(SETTINGS);
  await page.getByLabel('Run-as user').fill(usernameOf('grace'));
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
  await page.goto('/admin/environments/production');
  await page.getByRole('link', { name: 'Add service connection' }).click();
  await page.getByRole('link', { name: 'Client credentials', exact: true }).click();
  await expect(page.getByText(`The app has to run as ${usernameOf('grace')}`)).toBeVisible();
  await page.getByLabel('Name', { exact: true }).fill('Reporting');
  await page.getByRole('button', { name: 'Create' }).click();
  await expect(
    page.getByText(
      `Service connections of Production run as ${usernameOf('grace')}, but the app runs as ${usernameOf('franz')}.`,
    ),
  ).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Reporting');
});

test('a connection is tested again from its Doctor, and the answer is that of now', async ({
  page,
  steps,
  stack,
}) => {
  const id = await steps.connected(page, 'production', 'grace');
  await page.goto(`/connections/${id}/doctor`);
  await page.getByRole('button', { name: 'Test now' }).click();
  await expect(page.getByText('Salesforce answered: this connection works.')).toBeVisible();
  // The page is read anew behind the answer, and the button takes no press meanwhile.
  await expect(page.getByText('Working…')).toHaveCount(0);
  await stack.control.act({ act: 'revoke_grants', org: 'production' });
  await page.getByRole('button', { name: 'Test now' }).click();
  const panel = page.getByRole('region', { name: 'Connection Doctor' });
  await expect(panel).toHaveAttribute('data-cause', 'grant.revoked');
  await expectAccessibleNow(page);
});
