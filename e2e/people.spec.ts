import type { Browser, Page } from '@playwright/test';
import { DEMO_PASSWORD, type DemoUser } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

test.describe.configure({ timeout: 300_000 });

/** Only people whom Orgdock knows come in through Production. */
async function closeDoor({ sql }: Stack): Promise<void> {
  await sql`UPDATE orgdock.environments SET membership = 'known_people'`;
}

test.afterEach(async ({ stack }) => {
  await stack.sql`UPDATE orgdock.environments SET membership = 'everyone_of_org'`;
});

async function openPage(browser: Browser, stack: Stack): Promise<Page> {
  return (await browser.newContext({ baseURL: stack.portal })).newPage();
}

/** Tries to sign in; ends wherever Orgdock leads. */
async function trySignIn(page: Page, stack: Stack, user: DemoUser, verb = 'Sign in through'): Promise<void> {
  await page.getByRole('button', { name: `${verb} Production` }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf(user), DEMO_PASSWORD);
}

async function openPerson(page: Page, name: string): Promise<void> {
  await page.goto('/admin/people');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible();
}

test('an invitation lets one person in, once', async ({ page, browser, steps, stack }) => {
  await closeDoor(stack);
  await steps.signedIn(page, 'ada');
  await page.goto('/admin/people');
  await expect(page.getByText('Nobody was invited yet.')).toBeVisible();
  await page.getByRole('link', { name: 'Invite' }).click();
  await page.getByLabel('Name').fill('Grace');
  await page.getByRole('button', { name: 'Make the link' }).click();
  await expect(page.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
  await steps.prove('ada');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = (await page.locator('code').filter({ hasText: '/invite/' }).textContent()) ?? '';

  const guest = await openPage(browser, stack);
  await guest.goto(link);
  await expect(guest.getByText('Ada Okafor invited you to Orgdock as a member.')).toBeVisible();
  await expectAccessibleNow(guest);
  await trySignIn(guest, stack, 'grace', 'Accept through');
  await expect(guest.getByRole('button', { name: 'Account of Grace Whitmore' })).toBeVisible();

  await page.goto('/admin/people');
  await expect(page.getByRole('row').filter({ hasText: usernameOf('grace') })).toContainText('Member');
  await expect(page.getByText(/^Accepted · as a member/)).toContainText('by Grace Whitmore');
  await expectAccessibleNow(page);
  const second = await openPage(browser, stack);
  await second.goto(link);
  await expect(second.getByRole('heading', { name: 'This invitation was used' })).toBeVisible();
  await expect(second.getByRole('button', { name: /^Accept through/ })).toHaveCount(0);
  await guest.context().close();
  await second.context().close();
});

test('an invitation can be withdrawn', async ({ page, browser, steps, stack }) => {
  await steps.signedIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/people/invite');
  await page.getByLabel('Name').fill('Franz');
  await page.getByRole('button', { name: 'Make the link' }).click();
  const link = (await page.locator('code').filter({ hasText: '/invite/' }).textContent()) ?? '';
  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Withdraw the invitation of Franz' }).click();
  await expect(page.getByText(/^Withdrawn · as a member/)).toBeVisible();
  const guest = await openPage(browser, stack);
  await guest.goto(link);
  await expect(guest.getByRole('heading', { name: 'This invitation was withdrawn' })).toBeVisible();
  await guest.context().close();
});

test.describe('with refusals in the console', () => {
  test.use({ expectedNoise: /status of 40[134]/ });

  test('a new role holds at once: an auditor reads every admin page, changes nothing, sees no records', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    const id = await steps.connect(page, 'production', 'grace');
    const admin = await openPage(browser, stack);
    await steps.signIn(admin, 'ada');
    await steps.prove('ada');
    await openPerson(admin, 'Grace Whitmore');
    await admin.getByRole('combobox', { name: 'Role' }).selectOption('auditor');
    await admin.getByRole('button', { name: 'Change role' }).click();
    await expect(admin.getByText('Auditor', { exact: true })).toBeVisible();
    await expectAccessibleNow(admin);
    const person = new URL(admin.url()).pathname;

    await steps.prove('grace');
    const pages = [
      '/admin/people',
      person,
      '/admin/environments',
      '/admin/environments/production',
      '/admin/connections',
      `/admin/connections/${id}`,
    ];
    const changing =
      /^(Invite|Deactivate|Reactivate|Change role|Save|Withdraw|Refuse|Let in|Delete|Revoke|Pin|Add|Allow|Turn off|End (the|all))/;
    for (const path of pages) {
      expect((await page.goto(path))?.status(), path).toBe(200);
      const main = page.locator('main');
      await expect(main.getByRole('heading', { level: 1 })).toBeVisible();
      await expect(main.getByRole('button', { name: changing }), path).toHaveCount(0);
      await expect(main.getByRole('link', { name: changing }), path).toHaveCount(0);
    }
    for (const path of ['/admin/people/invite', '/admin/environments/new', `/connections/${id}/accounts`]) {
      expect((await page.goto(path))?.status(), path).toBe(403);
    }
    await expect(page.getByText('You may not read records through this connection.')).toBeVisible();
    await page.getByRole('link', { name: 'See why' }).click();
    await expect(page.getByText('Auditors connect no orgs and see no records.')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Accounts' })).toHaveCount(0);
    const refused = await page.request.post('/api/consent', {
      data: { environment: 'production', intent: 'connect' },
      headers: { origin: stack.portal },
    });
    expect(refused.status()).toBe(403);
    await admin.context().close();
  });

  test('deactivating ends sessions and grants at once; reactivated, one signs in anew', async ({
    page,
    browser,
    steps,
    stack,
  }) => {
    await steps.connect(page, 'production', 'grace');
    const admin = await openPage(browser, stack);
    await steps.signIn(admin, 'ada');
    await openPerson(admin, 'Grace Whitmore');
    await expect(admin.getByText('Healthy')).toBeVisible();
    await admin.getByRole('button', { name: 'Deactivate' }).click();
    const dialog = admin.getByRole('alertdialog');
    await expect(dialog).toContainText('1 session ends.');
    await expect(dialog).toContainText('1 grant is revoked at Salesforce (Production: 1).');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await expect(dialog.getByText('This needs a sign-in of the last 10 minutes.')).toBeVisible();
    await steps.prove('ada');
    await dialog.getByRole('button', { name: 'Deactivate' }).click();
    await expect(admin.getByRole('button', { name: 'Reactivate' })).toBeVisible();
    await expect(admin.getByText('Signed in nowhere.')).toBeVisible();
    await expectAccessibleNow(admin);
    const alive = (await stack.control.listGrants('production')).filter(
      ({ ended, refreshToken }) => ended === null && refreshToken !== null,
    );
    expect(alive).toEqual([]);

    const consent = await page.request.post('/api/consent', {
      data: { environment: 'production', intent: 'connect' },
      headers: { origin: stack.portal },
    });
    expect(consent.status()).toBe(401);
    await page.goto('/');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await trySignIn(page, stack, 'grace');
    await expect(page.getByText('grace@acme.example is switched off.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Request access' })).toHaveCount(0);

    await admin.getByRole('button', { name: 'Reactivate' }).click();
    await expect(admin.getByRole('button', { name: 'Deactivate' })).toBeVisible();
    const again = await openPage(browser, stack);
    await steps.signIn(again, 'grace');
    await expect(again.getByText('Connect your first org')).toBeVisible();
    await again.context().close();
    await admin.context().close();
  });

  test('an administrator ends the sessions of somebody', async ({ page, browser, steps, stack }) => {
    await steps.signIn(page, 'grace');
    const admin = await openPage(browser, stack);
    await steps.signIn(admin, 'ada');
    await steps.prove('ada');
    await openPerson(admin, 'Grace Whitmore');
    await admin.getByRole('button', { name: /^End the session of Chrome/ }).click();
    await expect(admin.getByText('Signed in nowhere.')).toBeVisible();
    await page.goto('/account');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await admin.context().close();
  });
});

test('who is not known asks, is let in, and signs in', async ({ page, browser, steps, stack }) => {
  await closeDoor(stack);
  await page.goto('/sign-in');
  await trySignIn(page, stack, 'franz');
  await expect(page.getByRole('heading', { name: 'No access to this portal' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Ada Okafor' })).toBeVisible();
  await page.getByLabel('Message to the administrators').fill('I am the new service lead.');
  await page.getByRole('button', { name: 'Request access' }).click();
  await expect(page.getByText(/^Requested on /)).toBeVisible();
  await expectAccessibleNow(page);

  const admin = await openPage(browser, stack);
  await steps.signIn(admin, 'ada');
  await steps.prove('ada');
  await admin.getByRole('link', { name: 'People 1 request for access' }).click();
  await expect(admin.getByText('I am the new service lead.')).toBeVisible();
  await expectAccessibleNow(admin);
  await admin.getByRole('button', { name: 'Let in as a member' }).click();
  await expect(admin.getByText('I am the new service lead.')).toHaveCount(0);
  await expect(admin.getByRole('row').filter({ hasText: usernameOf('franz') })).toBeVisible();
  const again = await openPage(browser, stack);
  await steps.signIn(again, 'franz');
  await again.context().close();
  await admin.context().close();
});

test('an environment for chosen people is asked for and opened', async ({ page, browser, steps, stack }) => {
  await steps.signIn(page, 'grace');
  const admin = await openPage(browser, stack);
  await steps.signedIn(admin, 'ada');
  await admin.goto('/admin/environments/uat/settings');
  await admin.getByLabel('Who may connect and read here').selectOption('chosen');
  await admin.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(admin.getByText('Saved.', { exact: true })).toBeVisible();
  await admin.getByRole('link', { name: 'Overview' }).click();
  await expect(admin.getByText('Nobody was chosen yet: only administrators may use it.')).toBeVisible();
  await expectAccessibleNow(admin);

  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Connect Production' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Connect UAT' })).toHaveCount(0);
  await expect(page.getByText('An administrator can give it: Ada Okafor.')).toBeVisible();
  await page.getByText('Ask for access').click();
  await page.getByRole('button', { name: 'Request access' }).click();
  await expect(page.getByText(/^Requested/)).toBeVisible();
  await expectAccessibleNow(page);

  await steps.prove('ada');
  await admin.goto('/admin/people');
  await admin.getByRole('button', { name: 'Give access' }).click();
  await expect(admin.getByRole('button', { name: 'Give access' })).toHaveCount(0);
  await page.goto('/');
  await expect(page.getByRole('button', { name: 'Connect UAT' })).toBeVisible();
  await openPerson(admin, 'Grace Whitmore');
  await expect(admin.getByRole('checkbox', { name: 'UAT' })).toBeChecked();
  await admin.context().close();
});

test('the last administrator stays', async ({ page, steps }) => {
  await steps.signIn(page, 'ada');
  await openPerson(page, 'Ada Okafor');
  await expect(page.getByText(/^The last administrator\./)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change role' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Deactivate' })).toHaveCount(0);
});
