import { Webhook } from 'standardwebhooks';
import { expectAccessibleNow } from './accessible';
import { expect, test } from './fixtures';

test('an administrator adds a webhook, tests it, and is told of a new connection', async ({
  page,
  browser,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await expect(page.getByText('No webhook yet')).toBeVisible();
  await page.getByRole('link', { name: 'Add webhook' }).click();
  const form = page.getByRole('form', { name: 'Webhook' });
  await form.getByLabel('Address').fill('http://10.0.0.1/hook');
  await form.getByRole('button', { name: 'Add webhook' }).click();
  await expect(form.getByText(/only https is allowed/)).toBeVisible();
  await form.getByLabel('Address').fill(`${stack.receiver.origin}/hook`);
  await form.getByLabel('refresh.failed').uncheck();
  await steps.prove('ada');
  await expectAccessibleNow(page);
  await form.getByRole('button', { name: 'Add webhook' }).click();
  await expect(page.getByRole('heading', { name: 'Store the signing secret now' })).toBeFocused();
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? '';
  await page.getByRole('link', { name: 'I have stored it' }).click();
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await expect.poll(() => stack.receiver.seen.length).toBe(1);

  const elsewhere = await browser.newContext({ baseURL: stack.portal });
  await steps.connect(await elsewhere.newPage(), 'production', 'grace');
  await expect.poll(() => stack.receiver.seen.length, { timeout: 60_000 }).toBe(2);
  const [, { headers, body } = { headers: {}, body: '' }] = stack.receiver.seen;
  new Webhook(secret).verify(body, headers as Record<string, string>);
  expect(JSON.parse(body)).toMatchObject({
    type: 'connection.created',
    data: { environment: { slug: 'production' }, connection: { state: 'idle' } },
  });

  await page.reload();
  const log = page.getByRole('region', { name: 'Deliveries' });
  await expect(log.getByText('Delivered')).toHaveCount(2);
  await log.locator('summary').filter({ hasText: 'connection.created' }).click();
  await expect(log.getByText(/webhook-id: evt_/).first()).toBeVisible();
  await expectAccessibleNow(page);
  expect(await page.content()).not.toContain(secret);
  await elsewhere.close();
});

test('an event that was not taken is shown with its answer, and sent again on request', async ({
  page,
  steps,
  stack,
}) => {
  await steps.signIn(page, 'ada');
  await steps.prove('ada');
  await page.goto('/admin/webhooks/new');
  await page.getByLabel('Address').fill(`${stack.receiver.origin}/hook`);
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await page.getByRole('link', { name: 'I have stored it' }).click();
  stack.receiver.status = 410;
  await page.getByRole('button', { name: 'Send a test event' }).click();
  await expect.poll(() => stack.receiver.seen.length).toBe(1);
  await expect
    .poll(async () => {
      await page.reload();
      return page.getByText('it does not want events any more').count();
    })
    .toBe(1);
  stack.receiver.status = 204;
  await page.getByRole('button', { name: 'Switch on' }).click();
  const log = page.getByRole('region', { name: 'Deliveries' });
  await log.locator('summary').filter({ hasText: 'Given up' }).click();
  await expect(log.getByText('HTTP 410').first()).toBeVisible();
  await log.getByRole('button', { name: 'Send again' }).click();
  await expect.poll(() => stack.receiver.seen.length).toBe(2);
  await page.getByRole('button', { name: 'New signing secret' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Make it' }).click();
  await expect(page.getByText(/^whsec_/)).toBeVisible();
  await expect(page.getByText('The secret before signs as well until')).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page).toHaveURL('/admin/webhooks');
  await expect(page.getByText('No webhook yet')).toBeVisible();
});
