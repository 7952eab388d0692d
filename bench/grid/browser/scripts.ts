import { gzipSync } from 'node:zlib';
import type { Browser, Response } from '@playwright/test';
import { visit } from './chromium';

/** Scripts of a page until its network rests, nothing cached. Bytes are those of each file by gzip. */
export interface Scripts {
  files: number;
  gzipBytes: number;
  /** Of those, what the page's HTML names. */
  namedBytes: number;
}

/** What a browser loads of JavaScript before anybody touches the page. */
export async function measureScripts(browser: Browser, url: string, cookie?: string): Promise<Scripts> {
  const { page, close } = await visit(browser, url, cookie);
  const answers: Response[] = [];
  page.on('response', (response) => {
    const type = response.headers()['content-type'] ?? '';
    // Also what is only fetched ahead: the reader pays for it as well.
    if (type.includes('javascript')) answers.push(response);
  });
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  const html = (await answer?.text()) ?? '';
  const scripts: Scripts = { files: 0, gzipBytes: 0, namedBytes: 0 };
  for (const response of answers) {
    const size = gzipSync(await response.body()).length;
    scripts.files += 1;
    scripts.gzipBytes += size;
    if (html.includes(new URL(response.url()).pathname)) scripts.namedBytes += size;
  }
  await close();
  if (answer?.status() !== 200) throw new Error(`${url} was answered ${answer?.status()}.`);
  return scripts;
}
