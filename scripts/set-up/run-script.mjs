// @ts-check
import { ScriptError } from './install.mjs';

/**
 * Runs a script: an expected failure prints its message, any other its stack; both end with code 1.
 * @param {() => Promise<unknown>} work
 */
export async function runScript(work) {
  try {
    await work();
    process.exit(process.exitCode ?? 0);
  } catch (error) {
    console.error(error instanceof ScriptError ? `\n${error.message}` : error);
    process.exit(1);
  }
}
