import { type Browser, type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';

/** A fresh context: nothing is cached. */
export interface Visit {
  page: Page;
  session: CDPSession;
  close: () => Promise<void>;
}

/** The Chromium that scripts/bench.mjs found. */
export function startBrowser(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM_PATH;
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox', '--disable-background-networking', '--js-flags=--expose-gc'],
  });
}

/** Opens a page as somebody with these cookies. */
export async function visit(browser: Browser, url: string, cookie?: string): Promise<Visit> {
  const context: BrowserContext = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  if (cookie) {
    const [name = '', value = ''] = cookie.split(/=(.*)/s);
    await context.addCookies([{ name, value, url: new URL(url).origin }]);
  }
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  return { page, session, close: () => context.close() };
}
