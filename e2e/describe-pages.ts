import type { Browser, Page } from '@playwright/test';

const MOST_CHARACTERS = 2_500;
const PATIENCE_MS = 3_000;

/** What every open page of a browser shows, as text: the log of a run alone then tells why a test failed. */
export async function describePages(browser: Browser): Promise<string> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const described = await Promise.all(pages.map(describe));
  return described.map((text, place) => `--- page ${place + 1} of ${pages.length}: ${text}`).join('\n');
}

async function describe(page: Page): Promise<string> {
  const shown = await page
    .locator('body')
    .ariaSnapshot({ timeout: PATIENCE_MS })
    .catch((error: unknown) => `not to be read: ${String(error)}`);
  return `${page.url()}\n${shown.slice(0, MOST_CHARACTERS)}`;
}
