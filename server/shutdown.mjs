// @ts-check
const KEY = Symbol.for('orgdock');

/** Callers of Salesforce stop waiting after 10 s; a page that takes longer is cut off. */
const REQUESTS_WAIT_MS = 15_000;
/** A token request reads on for up to 60 s, then its answer is stored (docs/architecture.md, "Stopping"). */
const UNFINISHED_WAIT_MS = 70_000;
const CLOSERS_WAIT_MS = 15_000;

/**
 * The process-wide registry of lib/registry.ts, reached through the same symbol: this file has no TypeScript.
 * @returns {{slots: Map<string, unknown>, draining: boolean, drains: Array<() => Promise<void>>,
 *   unfinished: Set<Promise<unknown>>, closers: Array<() => Promise<void>>}}
 */
export function registry() {
  const holder = /** @type {Record<symbol, ReturnType<typeof registry>>} */ (
    /** @type {unknown} */ (globalThis)
  );
  holder[KEY] ??= { slots: new Map(), draining: false, drains: [], unfinished: new Set(), closers: [] };
  return holder[KEY];
}

/**
 * Waits until `isDone` or until the time is over; looks again whenever one of `hints` settles or 50 ms have passed.
 * @param {() => boolean} isDone
 * @param {number} limitMs
 */
async function waitUntil(isDone, limitMs) {
  const deadline = performance.now() + limitMs;
  while (!isDone()) {
    if (performance.now() >= deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/**
 * Ends the process in the order that loses nothing: the job worker and all other new work, requests, sent token
 * requests and their commits, listener, closers (last registered first). A second signal shortens it, but never below
 * the sent token requests.
 * @param {{server: import('node:http').Server, requestsUnderWay: () => number, say: (line: string) => void,
 *   exit: (code: number) => void}} process_
 * @returns {(reason: string, exitCode?: number) => void} what a signal handler calls
 */
export function makeStop({ server, requestsUnderWay, say, exit }) {
  const state = registry();
  let stopping = false;
  let hurried = false;

  /** @param {string} reason @param {number} exitCode */
  async function stop(reason, exitCode) {
    state.draining = true;
    say(`${reason}: taking no new work.`);
    let drained = false;
    void runAll(state.drains).then(() => {
      drained = true;
    });
    const idle = () => state.unfinished.size === 0;
    if (!idle()) say('Waiting for token requests that Salesforce has already received.');

    await waitUntil(() => hurried || (drained && requestsUnderWay() === 0), REQUESTS_WAIT_MS);
    let code = exitCode;
    if (!(await waitUntil(idle, UNFINISHED_WAIT_MS))) {
      say(`A token request had no answer after ${UNFINISHED_WAIT_MS / 1000} s; giving up.`);
      code = 1;
    }
    server.close();
    server.closeAllConnections();
    await Promise.race([
      runAll(state.closers),
      new Promise((resolve) => setTimeout(resolve, CLOSERS_WAIT_MS).unref()),
    ]);
    say('Stopped.');
    exit(code);
  }

  /** @param {Array<() => Promise<void>>} ends */
  async function runAll(ends) {
    for (const end of ends.splice(0).reverse()) {
      try {
        await end();
      } catch (error) {
        say(`A part did not close cleanly: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  return (reason, exitCode = 0) => {
    if (!stopping) {
      stopping = true;
      void stop(reason, exitCode);
    } else if (state.unfinished.size > 0) {
      say('Still waiting for a token request: stopping now would lose a grant.');
    } else if (!hurried) {
      hurried = true;
    } else {
      exit(exitCode === 0 ? 130 : exitCode);
    }
  };
}
