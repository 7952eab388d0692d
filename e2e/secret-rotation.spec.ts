import type { Page } from '@playwright/test';
import { expectAccessibleNow } from './accessible';
import { expect, type Steps, test } from './fixtures';
import type { Stack } from './stack';

const PAGE = '/admin/environments/production/app';

let sealed: Array<{ consumer_secret: string }> = [];

test.beforeEach(async ({ stack }) => {
  sealed = await stack.sql`SELECT consumer_secret FROM orgdock.environment_secrets
    WHERE environment_id = (SELECT id FROM orgdock.environments WHERE slug = 'production')`;
  await stack.control.act({ act: 'secrets_by_rest', org: 'production', on: true });
});

test.afterEach(async ({ stack }) => {
  await stack.sql`DELETE FROM orgdock.secret_rotations`;
  await stack.sql`UPDATE orgdock.environment_secrets
    SET consumer_secret = ${sealed[0]?.consumer_secret ?? ''}, previous_consumer_secret = NULL, staged_consumer_secret = NULL
    WHERE environment_id = (SELECT id FROM orgdock.environments WHERE slug = 'production')`;
});

/** Ada, with a set-up grant, and Grace, who has connected; Ada is at the environment's page. */
async function begin(page: Page, other: Page, steps: Steps, stack: Stack): Promise<string> {
  const grace = await steps.connect(other, 'production', 'grace');
  await steps.signedIn(page, 'ada');
  const setUp = await steps.connected(page, 'production', 'ada');
  await stack.sql`UPDATE orgdock.connections SET purpose = 'bootstrap' WHERE id = ${setUp}::uuid`;
  await steps.prove('ada');
  await page.goto(PAGE);
  return grace;
}

const section = (page: Page) =>
  page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Consumer secret', exact: true }) });

async function stageAndApply(page: Page): Promise<void> {
  await section(page).getByRole('button', { name: 'Get a new secret from the org' }).click();
  await expect(section(page).getByText('Next: apply the new secret')).toBeVisible();
  await expect(section(page)).toContainText(
    '1 person (1 connection) and 1 set-up grant will have to reconnect.',
  );
  await expectAccessibleNow(page);
  await section(page).getByRole('button', { name: 'Apply the new secret' }).click();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog).toContainText('This is a production environment.');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog.getByText('This is not “Production”.')).toBeVisible();
  await dialog.getByLabel('Type “Production” to confirm').fill('Production');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await expect(dialog).toHaveCount(0);
}

test('a secret is rotated through the org, and nobody has to reconnect where the old pair lives on', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const other = await elsewhere.newPage();
  const grace = await begin(page, other, steps, stack);
  await stageAndApply(page);
  await expect(section(page).getByText('Next: wait for the first success')).toBeVisible();
  await expect(section(page)).toContainText('The org has rotated.');
  await stack.control.act({ act: 'expire_access_tokens', org: 'production' });
  await other.goto(`/connections/${grace}/accounts`);
  await expect(other.getByRole('columnheader').first()).toBeVisible();
  await page.reload();
  await expect(section(page).getByText(/^Finished/)).toBeVisible();
  await expect(section(page)).toContainText('still worked after the org had rotated');
  await expect(section(page).getByRole('button', { name: 'Get a new secret from the org' })).toBeVisible();
  await elsewhere.close();
});

test('an org that revokes is warned about, and everybody hears at once that they have to reconnect', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const other = await elsewhere.newPage();
  const grace = await begin(page, other, steps, stack);
  await stack.control.act({ act: 'secret_rotation', org: 'production', behaviour: 'revokes_all' });
  await stageAndApply(page);
  await expect(section(page)).toContainText('This org ended the grants of before.');
  await other.goto(`/connections/${grace}`);
  await expect(other.getByText('A new consumer secret ended the grant').first()).toBeVisible();
  await other.getByRole('button', { name: 'Reconnect' }).first().click();
  await other.getByRole('button', { name: 'Allow' }).click();
  await expect(other.getByText('Healthy')).toBeVisible();
  await page.reload();
  await expect(section(page).getByText(/^Finished/)).toBeVisible();
  await elsewhere.close();
});

test('a pasted secret is staged, looked at by an auditor, and cancelled', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signedIn(page, 'ada');
  await page.goto(PAGE);
  const field = section(page).getByRole('textbox', { name: 'New consumer secret' });
  await field.fill('two words');
  await section(page).getByRole('button', { name: 'Stage it' }).click();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await field.fill('pasted-in-the-browser-and-never-shown');
  await steps.prove('ada');
  await section(page).getByRole('button', { name: 'Stage it' }).click();
  await expect(section(page).getByText('Next: apply the new secret')).toBeVisible();
  expect(await (await page.request.get(PAGE)).text()).not.toContain('pasted-in-the-browser');
  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  const auditor = await elsewhere.newPage();
  await steps.signIn(auditor, 'franz');
  await stack.sql`UPDATE orgdock.people SET role = 'auditor' WHERE id IN
    (SELECT person_id FROM orgdock.identities WHERE username LIKE 'franz%')`;
  await auditor.goto(PAGE);
  await expect(section(auditor).getByText('New secret staged')).toBeVisible();
  await expect(section(auditor).getByRole('button')).toHaveCount(0);
  await section(page).getByRole('button', { name: 'Cancel the rotation' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel the rotation' }).click();
  await expect(section(page).getByText(/^Cancelled/)).toBeVisible();
  await expect(section(page).getByRole('textbox', { name: 'New consumer secret' })).toBeVisible();
  await elsewhere.close();
});
