import { spawn } from 'node:child_process';

/**
 * Runs a command to its end. It dies with this process, so an interrupted build or install is not left running.
 * @param {string} command
 * @param {string[]} args
 * @param {{cwd: string, env?: NodeJS.ProcessEnv, quiet?: boolean}} options `quiet` keeps the output and returns it
 * @returns {Promise<{code: number | null, output: string, error: Error | null}>}
 */
export function runToEnd(command, args, { cwd, env, quiet = false }) {
  return new Promise((resolve) => {
    const stdio = quiet ? /** @type {const} */ (['ignore', 'pipe', 'pipe']) : 'inherit';
    const child = spawn(command, args, { cwd, env: env ?? process.env, stdio });
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
