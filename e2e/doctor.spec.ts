import { expect, test } from './fixtures';

test('a blocked app on Salesforce’s own page never comes back, and the Doctor names it', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.act({ act: 'block_app', org: 'production' });
  await stack.control.act({ act: 'app_errors', org: 'production', delivery: 'page' });
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await expect(page).toHaveURL(/RemoteAccessErrorPage/);
  await stack.sql`UPDATE orgdock.consent_attempts SET created_at = now() - interval '2 minutes'`;
  await page.goto('/');
  await page.getByText('Did Salesforce show an error?').click();
  await page
    .getByLabel('What you saw')
    .selectOption({ label: 'OAUTH_APP_BLOCKED: this app is blocked by admin' });
  await page.getByRole('button', { name: 'Find the cause' }).click();
  await expect(page).toHaveURL(/\/consent\//);
  const panel = page.getByRole('region', { name: 'Connection Doctor' });
  await expect(panel).toHaveAttribute('data-cause', 'app_blocked');
  await expect(panel.getByText('A Salesforce administrator has blocked the app')).toBeVisible();
  await expect(panel.getByText('this app is blocked by admin')).toBeVisible();
  await expect(panel.getByText('An administrator of the Salesforce org')).toBeVisible();
  await expect(panel.getByText('Setup → Connected Apps OAuth Usage')).toBeVisible();
});

test('an administrator who changed rotation in the org is named as evidence', async ({
  page,
  steps,
  stack,
}) => {
  const grace = await steps.connect(page);
  const context = page.context();
  await context.clearCookies();
  await stack.control.act({ act: 'end_login_sessions', org: 'production' });
  const ada = await steps.connected(page, 'production', 'ada');
  await stack.control.act({ act: 'rotation', org: 'production', on: false });
  // Ada holds a second, broken connection: her living one is the witness.
  await stack.sql`UPDATE orgdock.connections SET owner_id = (SELECT owner_id FROM orgdock.connections WHERE id = ${ada}),
    state = 'needs_reconnect', problem_code = 'GRANT_ENDED', problem_error = 'invalid_grant',
    problem_description = 'expired access/refresh token', problem_status = 400, problem_at = now() WHERE id = ${grace}`;
  await page.goto(`/connections/${grace}/doctor`);
  const panel = page.getByRole('region', { name: 'Connection Doctor' });
  await expect(panel).toHaveAttribute('data-cause', 'grant_ended');
  await page.getByRole('button', { name: 'Ask the org' }).click();
  await expect(panel.getByText(/SetupAuditTrail: Ada .*Changed Refresh Token Rotation/)).toBeVisible();
});

test('an error that nobody knows is shown raw', async ({ page, steps, stack }) => {
  await steps.signIn(page, 'grace', 'uat');
  await stack.control.addFault({
    fault: 'authorize_error',
    endpoint: 'authorize',
    org: 'production',
    error: 'quantum_misalignment',
    description: 'the flux is not what it was',
  });
  await page.getByRole('button', { name: 'Connect Production' }).click();
  await expect(page).toHaveURL(/\/consent\//);
  const panel = page.getByRole('region', { name: 'Connection Doctor' });
  await expect(panel).toHaveAttribute('data-cause', 'unknown');
  await expect(panel.getByText('quantum_misalignment')).toBeVisible();
  await expect(panel.getByText('the flux is not what it was')).toBeVisible();
  await expect(panel.getByRole('link', { name: 'Was this helpful? Tell the project' })).toBeVisible();
});
