import type { Browser, CDPSession, Page } from '@playwright/test';
import { type Visit, visit } from './chromium';
import { scriptPerFrame, type TraceEvent } from './frames';

/** What scrolling a list costs its reader. */
export interface Scrolling {
  frames: number;
  /** Milliseconds of script in each frame. */
  script: number[];
  /** Milliseconds of each animation frame beyond 50 that the browser reported. */
  longFrames: number[];
  /** Elements of the document, at most. */
  elements: number;
  /** Bytes of the heap after collecting garbage, behind the scrolling less before it. */
  heapGrowth: number;
}

export interface ScrollingPlace {
  url: string;
  cookie?: string;
  /** Selector of what scrolls. */
  list: string;
  /** Selector of what is there when its rows are. */
  ready: string;
}

/** Without those that Chromium leaves out by default, nothing tells where a frame begins. */
const CATEGORIES = ['-*', 'devtools.timeline', 'disabled-by-default-devtools.timeline.frame', 'v8'];
const WHEEL_PX = 240;
const WHEEL_TURNS = 150;
const PAGE_KEYS = 40;
/** Places all over the list, one in each frame, as the scroll bar is drawn from one end to the other. */
const DRAG_FRAMES = 200;

/**
 * Scrolls a list as readers do: by the wheel, by Page Down, and with the scroll bar from its first to its last row and
 * back. Between the gestures it rests, so that the rows in view are loaded and drawn. All of it once before, in which
 * elements are counted, and then measured.
 */
export async function measureScrolling(browser: Browser, place: ScrollingPlace): Promise<Scrolling> {
  const seen = await visit(browser, place.url, place.cookie);
  const { page, session } = seen;
  await page.goto(place.url, { waitUntil: 'networkidle' });
  await page.locator(place.ready).first().waitFor();
  await watch(page);
  await scroll(seen, place.list);
  await beginMeasuring(page);
  const before = await heapOf(session);
  const events = await traced(browser, page, () => scroll(seen, place.list));
  const { longFrames, elements } = await page.evaluate(() => ({
    longFrames: window.benchSeen.longFrames,
    elements: window.benchSeen.elements,
  }));
  const heapGrowth = (await heapOf(session)) - before;
  await seen.close();
  const script = scriptPerFrame(events);
  return { frames: script.length, script, longFrames, elements, heapGrowth };
}

async function scroll({ page }: Visit, list: string): Promise<void> {
  const grid = page.locator(list);
  await grid.evaluate((element) => {
    element.scrollTop = 0;
    if (element instanceof HTMLElement) element.focus();
  });
  const box = await grid.boundingBox();
  if (!box) throw new Error('The list is not in view.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let turn = 0; turn < WHEEL_TURNS; turn += 1) {
    await page.mouse.wheel(0, turn % 50 < 35 ? WHEEL_PX : -WHEEL_PX);
    if (turn % 50 === 49) await rest(page);
  }
  for (let turn = 0; turn < PAGE_KEYS; turn += 1) await page.keyboard.press('PageDown');
  await rest(page);
  await grid.evaluate(async (element, frames) => {
    const whole = element.scrollHeight - element.clientHeight;
    for (let frame = 0; frame <= frames * 2; frame += 1) {
      element.scrollTop = (whole * (frame <= frames ? frame : frames * 2 - frame)) / frames;
      await new Promise(requestAnimationFrame);
    }
  }, DRAG_FRAMES);
  await rest(page);
}

/** Until the rows in view are there and nothing is asked for any more. */
async function rest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('[role="row"][aria-busy="true"]') === null);
  await page.waitForLoadState('networkidle');
}

declare global {
  interface Window {
    benchSeen: { longFrames: number[]; elements: number; counting: MutationObserver };
  }
}

/** Notes long frames, and with each change how many elements there are. */
async function watch(page: Page): Promise<void> {
  await page.evaluate(() => {
    const all = document.getElementsByTagName('*');
    const counting = new MutationObserver(() => {
      window.benchSeen.elements = Math.max(window.benchSeen.elements, all.length);
    });
    window.benchSeen = { longFrames: [], elements: all.length, counting };
    counting.observe(document, { childList: true, subtree: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.benchSeen.longFrames.push(entry.duration);
    }).observe({ type: 'long-animation-frame' });
  });
}

/** Counting is work of ours, and what came before is not what is measured. */
async function beginMeasuring(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.benchSeen.counting.disconnect();
    window.benchSeen.longFrames = [];
  });
}

async function heapOf(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  return (await session.send('Runtime.getHeapUsage')).usedSize;
}

async function traced(browser: Browser, page: Page, work: () => Promise<void>): Promise<TraceEvent[]> {
  await browser.startTracing(page, { categories: CATEGORIES });
  await work();
  const trace = JSON.parse((await browser.stopTracing()).toString('utf8')) as { traceEvents: TraceEvent[] };
  return trace.traceEvents;
}
