// @ts-check
import path from 'node:path';
import { isTest, projectFiles, readSource } from './sources.mjs';

/** First match wins. Lines are hard limits; most files are far below them. */
const LIMITS = [
  {
    of: 'a page',
    pattern: /^app\/(?:.*\/)?(?:page|layout|error|not-found|forbidden|unauthorized)\.tsx$/,
    lines: 80,
  },
  { of: 'a component', pattern: /^(?:components|app)\/.*\.tsx$/, lines: 150 },
  { of: 'a source file', pattern: /\.(?:ts|tsx|mjs|cjs)$/, lines: 300 },
];
const FILES_IN_A_FOLDER = 12;
const COUNTED = /^(?:app|components|lib|db|simulator|server|scripts|bench)\//;
const GENERATED = /^db\/migrations\/|^next-env\.d\.ts$/;

/**
 * Files that are too long, folders that are too full, and loading states above a gate.
 * @param {string} root
 * @returns {string[]} one line per finding
 */
export function sizeFaults(root) {
  const files = projectFiles(root).filter((name) => !GENERATED.test(name));
  const faults = [];
  /** @type {Map<string, number>} */
  const folders = new Map();

  for (const name of files) {
    const limit = isTest(name) ? undefined : LIMITS.find(({ pattern }) => pattern.test(name));
    if (limit) {
      const lines = readSource(root, name).trimEnd().split('\n').length;
      if (lines > limit.lines)
        faults.push(`${name}: ${lines} lines; ${limit.of} has at most ${limit.lines}. Split it by subject.`);
    }
    if (COUNTED.test(name) && !isTest(name) && /\.(?:ts|tsx|mjs)$/.test(name)) {
      const folder = path.posix.dirname(name);
      folders.set(folder, (folders.get(folder) ?? 0) + 1);
    }
    if (/^app\/(?:.*\/)?loading\.tsx$/.test(name)) {
      faults.push(
        `${name}: a loading.tsx stands above the gate of its page, which would answer 200. Use <Suspense> below the gate.`,
      );
    }
  }
  for (const [folder, count] of folders) {
    if (count > FILES_IN_A_FOLDER)
      faults.push(
        `${folder}/: ${count} files; a folder has at most ${FILES_IN_A_FOLDER} (tests not counted).`,
      );
  }
  return faults;
}
