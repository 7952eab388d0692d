// @ts-check
import { chromium } from '@playwright/test';
import { findBrowser } from '../browser.mjs';
import { startOwnDemo } from '../set-up/own-demo.mjs';

/**
 * @typedef {{name: string, cookie: string, pages: string[]}} Visitor `cookie`: the value of a Cookie header, or
 *   empty; `pages`: paths that they can open, with the parameters that these take
 * @typedef {{url: string, visitors: Visitor[], folder: string, stop: () => Promise<void>}} Target
 */

const GRID = 'sort=-Name&q=acme&page=1';
const PUBLIC = ['/sign-in?callbackUrl=%2Faccount&link=x&fresh=1', '/consent/unknown', '/invite/x', '/setup'];
const ADMIN = [
  '/admin/audit?q=a&group=people&outcome=done&person=x&subject=x&period=7d&from=x&to=x&before=1_1',
  '/admin/connections?q=a&environment=uat&health=healthy&sort=-owner&page=1',
  '/admin/environments',
  '/admin/environments/production',
  '/admin/environments/production/service/new?flow=jwt_bearer',
  '/admin/environments/new',
  '/admin/identity-providers',
  '/admin/identity-providers/new',
  '/admin/people?q=a&role=member&state=active&sort=-name&page=1',
  '/admin/people/invite',
];

/**
 * Signs a demo user in, connects Production, and gives the browser's cookies.
 * @param {import('@playwright/test').Browser} browser
 * @param {string} url
 * @param {string} username
 */
async function signIn(browser, url, username) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByRole('button', { name: /Production/ }).click();
  await page.getByLabel('Username').fill(username);
  await page.getByLabel('Password').fill('orgdock-demo-1');
  await page.getByRole('button', { name: 'Log In' }).click();
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.getByRole('button', { name: 'Connect Production' }).click();
  // Signing in asked for less: connecting asks for consent anew, without the password.
  await page.getByRole('button', { name: 'Allow' }).click();
  await page.waitForURL(/\/connections\/[0-9a-f-]{36}$/);
  const connection = new URL(page.url()).pathname;
  const cookies = (await context.cookies(url)).filter(({ name }) => name.startsWith('orgdock.'));
  await context.close();
  return { connection, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') };
}

/**
 * A demo of its own with a member and an administrator who are signed in.
 * @param {string} root
 * @returns {Promise<Target>}
 */
export async function startTarget(root) {
  const executablePath = await findBrowser(root, console.log);
  const { url, folder, stop } = await startOwnDemo(root);
  try {
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    const member = await signIn(browser, url, 'grace@acme.example');
    const admin = await signIn(browser, url, 'ada@acme.example');
    await browser.close();
    const own = (/** @type {string} */ connection) => [
      '/',
      '/account',
      connection,
      `${connection}/accounts?${GRID}`,
      `${connection}/opportunities?${GRID}`,
    ];
    return {
      url,
      folder,
      stop,
      visitors: [
        { name: 'nobody', cookie: '', pages: PUBLIC },
        { name: 'member', cookie: member.cookie, pages: own(member.connection) },
        {
          name: 'admin',
          cookie: admin.cookie,
          pages: [...own(admin.connection), ...ADMIN, `/admin${member.connection}`],
        },
      ],
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
