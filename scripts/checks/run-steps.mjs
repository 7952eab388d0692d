// @ts-check
import { spawn } from 'node:child_process';

/**
 * Runs a command of node_modules or Node itself and keeps what it prints.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env?: Record<string, string>}} options
 * @returns {Promise<{ok: boolean, output: string}>}
 */
export function capture(command, args, { cwd, env = {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => resolve({ ok: false, output: error.message }));
    child.on('close', (code) => resolve({ ok: code === 0, output }));
  });
}

/**
 * Runs steps side by side, prints each as it ends, with its time, and what a failed one said.
 * @param {Array<{name: string, run: () => Promise<{ok: boolean, output: string}>}>} steps
 * @param {number} width how many at a time
 * @returns {Promise<number>} how many failed
 */
export async function runSteps(steps, width) {
  const waiting = [...steps];
  let failed = 0;
  async function worker() {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = performance.now();
      const { ok, output } = await step
        .run()
        .catch((error) => ({ ok: false, output: String(error?.stack ?? error) }));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${ok ? '✓' : '✗'} ${step.name.padEnd(22)} ${seconds.padStart(5)} s`);
      if (!ok) {
        failed += 1;
        console.log(output.trimEnd().replace(/^/gm, '    '));
      }
    }
  }
  await Promise.all(Array.from({ length: width }, worker));
  return failed;
}
