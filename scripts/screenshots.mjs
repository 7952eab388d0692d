// @ts-check
/** `npm run screenshots`: signs in to a demo of its own, connects both orgs and takes the pictures of the docs. */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';
import { startOwnDemo } from './set-up/own-demo.mjs';
import { runScript } from './set-up/run-script.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const images = path.join(root, 'docs', 'images');

/** @param {import('@playwright/test').Page} page @param {string} username */
async function logInToSalesforce(page, username) {
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('orgdock-demo-1');
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
}

/** @param {import('@playwright/test').Page} page @param {string} name */
async function picture(page, name) {
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: path.join(images, `${name}.png`), animations: 'disabled' });
  console.log(`docs/images/${name}.png`);
}

/** Pictures of what a connection shows. @param {import('@playwright/test').Page} page @param {string} connection */
async function takeGrids(page, connection) {
  await page.goto(`${connection}/accounts?sort=-AnnualRevenue`);
  await page.getByRole('rowheader').first().waitFor();
  await picture(page, 'accounts');
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'accounts-dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const filter = '["all",["Industry","in","Banking","Energy"],["any",["Rating","in","Hot"],["Fax","empty"]]]';
  await page.goto(`${connection}/accounts?filter=${encodeURIComponent(filter)}`);
  await page
    .getByRole('toolbar', { name: 'Grid' })
    .getByRole('button', { name: /^Filter/ })
    .click();
  await page.getByLabel('How Industry is compared').waitFor();
  await picture(page, 'filter');
  await page.goto(`${connection}/opportunities?view=my-open-opportunities`);
  await page.getByRole('button', { name: 'Charts' }).click();
  await page.getByRole('button', { name: 'Pipeline by stage' }).click();
  await page.locator('.recharts-bar-rectangle').first().waitFor();
  await picture(page, 'charts');
  await page.goto(`${connection}/accounts?sort=-NumberOfEmployees`);
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('heading', { name: 'Key facts' }).waitFor();
  await picture(page, 'record');
}

await runScript(async () => {
  const executablePath = await findBrowser(root, console.log);
  const demo = await startOwnDemo(root);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      deviceScaleFactor: 2,
      colorScheme: 'light',
      locale: 'en-US',
      timezoneId: 'America/New_York',
    });
    const page = await context.newPage();
    await page.goto(`${demo.url}/sign-in`);
    await picture(page, 'sign-in');
    await page.getByRole('button', { name: /Production/ }).click();
    await logInToSalesforce(page, 'ada@acme.example');
    await page.waitForURL(`${demo.url}/`);
    await page.getByRole('button', { name: /Connect Production/ }).click();
    // Signing in asked for less: connecting asks for consent anew, without the password.
    await page.getByRole('button', { name: 'Allow' }).click();
    await page.waitForURL(`${demo.url}/**`);
    await page.goto(`${demo.url}/`);
    await page.getByRole('button', { name: /Connect UAT/ }).click();
    await logInToSalesforce(page, 'ada@acme.example.uat');
    await page.waitForURL(`${demo.url}/**`);
    await page.goto(`${demo.url}/`);
    await picture(page, 'home');
    await page.getByRole('link', { name: 'Accounts' }).first().click();
    await page.getByRole('rowheader').first().waitFor();
    await takeGrids(page, page.url().split('/accounts')[0] ?? '');
    await page.goto(`${demo.url}/admin/environments/production`);
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText(/Tested just now/).waitFor();
    await page.getByRole('heading', { name: 'Test connection' }).scrollIntoViewIfNeeded();
    await picture(page, 'environment-overview');
    for (const tab of ['settings', 'app']) {
      await page.goto(`${demo.url}/admin/environments/uat/${tab}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await picture(page, `environment-${tab}`);
    }
    await page.goto(`${demo.url}/admin/environments/uat/settings`);
    await page.getByLabel('Kind of app').selectOption('connected_app');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved').first().waitFor();
    await page.goto(`${demo.url}/admin/environments/uat/app`);
    await page.getByText('Every setting, and why').click();
    await picture(page, 'environment-connected-app');
  } finally {
    await browser.close();
    await demo.stop();
  }
});
