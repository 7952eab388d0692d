// @ts-check
import { spawn } from 'node:child_process';

/**
 * Runs a command to its end. It dies with this process, so an interrupted build or install is not left running.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env?: Record<string, string | undefined>, quiet?: boolean}} options `quiet` keeps the output and returns it
 * @returns {Promise<{code: number | null, output: string, error: Error | null}>}
 */
export function runToEnd(command, args, { cwd, env, quiet = false }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: /** @type {NodeJS.ProcessEnv} */ (env ?? process.env),
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
    });
    const kill = () => child.kill('SIGTERM');
    process.once('exit', kill);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk) => {
        output += chunk;
      });
    }
    const end = (/** @type {number | null} */ code, /** @type {Error | null} */ error) => {
      process.off('exit', kill);
      resolve({ code, output, error });
    };
    child.once('error', (error) => end(null, error));
    child.once('close', (code) => end(code, null));
  });
}
