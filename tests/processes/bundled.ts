import path from 'node:path';
import { inject } from 'vitest';

/** The file of a script that `bundle-scripts.ts` has made ready to start, by the script's own name. */
export function bundled(
  name: 'admin' | 'seed-demo' | 'audit-process' | 'database-process' | 'grant-process',
): string {
  return path.join(inject('bundledScripts'), `${name}.mjs`);
}
