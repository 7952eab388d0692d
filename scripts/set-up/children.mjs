// @ts-check
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ScriptError } from './install.mjs';

const EXIT_WITH_PARENT = fileURLToPath(new URL('./exit-with-parent.mjs', import.meta.url));

/**
 * @typedef {object} Child
 * @property {string} name
 * @property {import('node:child_process').ChildProcess} process
 * @property {Promise<{code: number | null, signal: NodeJS.Signals | null}>} ended
 * @property {() => string} output the last lines that it printed
 */

/** Children in groups of their own, so that Ctrl-C reaches this process only and it decides the order. */
export class Children {
  /** @type {Child[]} */
  #running = [];

  /**
   * @param {string} name
   * @param {string[]} args arguments of Node
   * @param {{cwd: string, env: Record<string, string | undefined>, onLine?: (line: string) => void}} options
   * @returns {Child}
   */
  start(name, args, { cwd, env, onLine }) {
    const child = spawn(process.execPath, ['--import', `file://${EXIT_WITH_PARENT}`, ...args], {
      cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (env),
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    /** @type {string[]} */
    const lines = [];
    for (const stream of [child.stdout, child.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (chunk) => {
        const parts = (rest + chunk).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) {
          lines.push(line);
          if (lines.length > 200) lines.shift();
          onLine?.(line);
        }
      });
    }
    const ended = new Promise((resolve) => {
      child.once('error', () => resolve({ code: 1, signal: null }));
      child.once('close', (code, signal) => resolve({ code, signal }));
    });
    const entry = { name, process: child, ended, output: () => lines.join('\n') };
    this.#running.push(entry);
    void ended.then(() => {
      this.#running = this.#running.filter((other) => other !== entry);
    });
    return entry;
  }

  /** Stops all, last started first. One that ignores SIGTERM for `graceMs` is killed. */
  async stopAll(graceMs = 90_000) {
    for (const child of [...this.#running].reverse()) await stopChild(child, graceMs);
  }
}

/** @param {Child} child @param {number} graceMs */
async function stopChild(child, graceMs) {
  child.process.kill('SIGTERM');
  const kill = setTimeout(() => child.process.kill('SIGKILL'), graceMs);
  await child.ended;
  clearTimeout(kill);
}

/**
 * Asks an address until it answers with `status`; fails at once when the child ends meanwhile.
 * @param {Child} child
 * @param {string} url
 * @param {number} [limitMs]
 */
export async function waitForAnswer(child, url, limitMs = 90_000) {
  const deadline = Date.now() + limitMs;
  let over = false;
  void child.ended.then(() => {
    over = true;
  });
  while (Date.now() < deadline && !over) {
    try {
      const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) });
      await response.arrayBuffer();
      if (response.status < 500) return;
    } catch {
      // Not up yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new ScriptError(
    `${child.output()}\n\nThe ${child.name} ${over ? 'ended' : 'did not answer'} while starting, see above.`,
  );
}
