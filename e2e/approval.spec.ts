import type { Browser, Page } from '@playwright/test';
import { DEMO_PASSWORD } from '@/simulator/seed/facts';
import { expectAccessibleNow } from './accessible';
import { expect, test, usernameOf } from './fixtures';
import { ConsentPage } from './pages/consent-page';
import type { Stack } from './stack';

// A link that opens nothing is a 404, and the console says so.
test.use({ expectedNoise: /status of 404/ });

/** Grace is refused by Salesforce and makes a link for its administrator. */
async function askForHelp(page: Page, stack: Stack): Promise<string> {
  await stack.control.act({ act: 'app_errors', org: 'production', delivery: 'callback' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await expect(page).toHaveURL(/\/consent\//);
  await page.getByRole('button', { name: 'Ask your Salesforce administrator' }).click();
  const link = page.getByText(/\/approve\/[\w-]{43}$/).first();
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

test('who is refused asks a Salesforce administrator by a link, hears of it, and connects with one click', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.act({ act: 'uninstall_app', org: 'production' });
  const url = await askForHelp(page, stack);
  const mail = page.getByRole('link', { name: 'Open in your mail program' });
  expect(decodeURIComponent((await mail.getAttribute('href')) ?? '')).toContain(url);
  await expectAccessibleNow(page);

  const theirs = await openElsewhere(browser, stack, url);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(/^Grace Whitmore asks you/);
  await expect(theirs.getByText('External client app is not installed in this org')).toBeVisible();
  const { clientId } = stack.simulator.org('production');
  await expect(theirs.getByText(clientId)).toBeVisible();
  await expect(theirs.getByText(`${stack.portal}/api/auth/callback/production`)).toBeVisible();
  await expect(theirs.getByText('See whether the app is in this org')).toBeVisible();
  expect(await theirs.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex');
  await theirs.setViewportSize({ width: 360, height: 740 });
  const wider = await theirs.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  expect(wider, 'nothing sticks out on a phone').toBe(false);
  await expectAccessibleNow(theirs);
  await theirs.getByLabel(/^Note to Grace/).fill('Installed <b>today</b>');
  await stack.control.act({ act: 'uninstall_app', org: 'production', uninstalled: false });
  await theirs.getByRole('button', { name: 'Done' }).click();
  await expect(theirs.getByRole('heading', { name: 'Thank you, that is done' })).toBeVisible();
  await theirs.reload();
  await expect(theirs.getByRole('heading', { name: 'Thank you, that is done' })).toBeVisible();

  await page.reload();
  await expect(
    page.getByText('Your Salesforce administrator has let the app in. Try again now.'),
  ).toBeVisible();
  await page.goto('/');
  await expect(page.locator('[data-notice="approval_done"]')).toContainText('let the app into Production');
  await expect(page.getByText('Installed <b>today</b>')).toBeVisible();
  await expectAccessibleNow(page);
  await page.getByRole('button', { name: /^Connect again/ }).click();
  await new ConsentPage(page, stack.portal).logInAndAllow(usernameOf('grace'), DEMO_PASSWORD);
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  await expect(page.locator('[data-notice="approval_done"]')).toHaveCount(0);

  expect((await theirs.goto(url))?.status(), 'the link ends when she has connected').toBe(404);
  const token = url.split('/').at(-1) ?? '';
  expect(stack.output(), 'the link is in no log').not.toContain(token);
  const [{ rows } = { rows: '' }] = await stack.sql`SELECT
    (SELECT string_agg(a::text, ' ') FROM orgdock.audit_log a) || (SELECT string_agg(r::text, ' ')
      FROM orgdock.approval_requests r) AS rows`;
  expect(rows, 'nor in the database').not.toContain(token);
  await theirs.context().close();
});

test('where Salesforce shows its own error page, the way to ask is on the home page', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.act({ act: 'block_app', org: 'production' });
  await stack.control.act({ act: 'app_errors', org: 'production', delivery: 'page' });
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await expect(page).toHaveURL(/RemoteAccessErrorPage/);
  await page.goto('/');
  await page.getByRole('button', { name: 'Ask your Salesforce administrator' }).click();
  await expect(page.getByText(/\/approve\/[\w-]{43}$/).first()).toBeVisible();
  await expect(page.locator('[data-approval="waiting"]')).toBeVisible();
  await page.getByRole('button', { name: /^Withdraw/ }).click();
  await expect(page.locator('[data-approval]')).toHaveCount(0);
});

test('a new link ends the one before, and administrators see who waits', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.act({ act: 'block_app', org: 'production' });
  const first = await askForHelp(page, stack);
  await page.goto('/');
  await page.getByRole('button', { name: 'Make a new link' }).click();
  const second =
    (await page
      .getByText(/\/approve\/[\w-]{43}$/)
      .first()
      .textContent()) ?? '';
  expect(second).not.toBe(first);
  const theirs = await openElsewhere(browser, stack, second);
  await expect(theirs.getByText('If the app is blocked, unblock it')).toBeVisible();
  expect((await theirs.goto(first))?.status()).toBe(404);
  await theirs.context().close();

  const admin = await browser.newContext({ baseURL: stack.portal });
  const adminPage = await admin.newPage();
  // Through the app that Grace may not use: the administrator's identity is in that org.
  await stack.control.act({ act: 'block_app', org: 'production', blocked: false });
  await steps.signedIn(adminPage, 'ada');
  await adminPage.goto('/admin/environments/production');
  const waiting = adminPage.getByRole('list', { name: 'Open requests' });
  await expect(waiting).toContainText('Grace Whitmore');
  await expect(waiting).toContainText('OAUTH_APP_BLOCKED');
  await admin.close();
});

test('links that were guessed, have expired or were withdrawn look the same, and so do their answers', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.act({ act: 'block_app', org: 'production' });
  const expired = await askForHelp(page, stack);
  const nobody = await browser.newContext({ baseURL: stack.portal });
  const theirs = await nobody.newPage();
  const answerOf = async (path: string) => {
    const answer = await theirs.goto(path);
    return { status: answer?.status(), text: await theirs.locator('main').textContent() };
  };
  const works = await nobody.request.get(expired);
  expect(works.status()).toBe(200);
  expect(works.headers()['referrer-policy']).toBe('no-referrer');
  expect(works.headers()['cache-control']).toContain('no-store');
  expect(works.headers()['x-robots-tag']).toContain('noindex');
  const guessed = await answerOf(`/approve/${'A'.repeat(43)}`);
  expect(guessed).toMatchObject({ status: 404, text: expect.stringContaining('There is nothing here') });
  await stack.sql`UPDATE orgdock.approval_requests SET expires_at = now() - interval '1 second'`;
  expect(await answerOf(expired)).toEqual(guessed);
  await stack.sql`UPDATE orgdock.approval_requests SET expires_at = now() + interval '1 day', ended_at = now(),
    ended = 'withdrawn'`;
  expect(await answerOf(expired)).toEqual(guessed);
  await nobody.close();
});
