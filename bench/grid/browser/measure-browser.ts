import type { Results } from '../results';
import type { Stage } from '../stage';
import type { Yardsticks } from '../yardsticks';
import { startBrowser } from './chromium';
import { measureScripts } from './scripts';
import { measureScrolling } from './scrolling';

/** The grid page and its yardsticks in a real Chromium. */
export async function measureBrowser(stage: Stage, { next }: Yardsticks): Promise<Results['browser']> {
  const { cookie, connectionId } = stage.visitor(0);
  const url = `${stage.portal}/connections/${connectionId}/accounts`;
  const browser = await startBrowser();
  try {
    const list = { url: `${next.origin}/list`, list: '[data-list]', ready: '[data-list] div' };
    const grid = { url, cookie, list: '[role="grid"]', ready: '[role="row"][aria-rowindex="2"]' };
    return {
      scripts: {
        grid: await measureScripts(browser, url, cookie),
        empty: await measureScripts(browser, `${next.origin}/empty`),
      },
      scrolling: {
        list: await measureScrolling(browser, list),
        grid: await measureScrolling(browser, grid),
      },
    };
  } finally {
    await browser.close();
  }
}
