// @ts-check
import { isTest, projectFiles, readSource } from './sources.mjs';

/**
 * Rules about the text of a file, for what neither Biome nor dependency-cruiser can see.
 * `in` says where a rule looks, `notIn` where the thing is allowed, `unlessFile` what a file says when it is.
 */
const RULES = [
  {
    name: 'withSystem passes row-level security: use withActor(ctx, …), or move the code to a folder that may',
    pattern: /\bwithSystem\b/,
    in: /^(?:app|components|lib|instrumentation)/,
    notIn:
      /^lib\/(?:session|people|environments|connections|consent|custody|provisioning|audit|broker|jobs)\/|^lib\/notify\/webhooks\//,
    tests: false,
  },
  {
    name: 'only lib/env.ts reads process.env',
    // NODE_ENV is no setting: the build writes its value into the code.
    pattern: /process\.env\b(?!\.NODE_ENV\b)/,
    in: /^(?:app|components|lib|db|proxy\.ts)/,
    notIn: /^lib\/env\.ts$/,
    tests: false,
  },
  {
    name: 'a test that is switched off or alone hides the others',
    pattern: /\b(?:test|it|describe|suite)\.(?:only|skip|todo|fixme|skipIf|runIf|fails)\b|\btest\.slow\b/,
    in: /^/,
    tests: true,
  },
  {
    name: 'a test waits for what it means, not for time',
    pattern: /waitForTimeout|\bsleep\(|\bretry:\s*[1-9]|retries:\s*[1-9]/,
    in: /^/,
    tests: true,
  },
  {
    name: 'a render function reaches a client component from a client component only: begin the file with “use client”',
    // Whatever a server component hands over is sent to the browser, and a function cannot be: the page fails.
    pattern: /^\s*\{\((?:errors|\{[^}]*\})\) =>/,
    in: /^(?:app|components)\/.*\.tsx$/,
    unlessFile: /^['"]use client['"]/,
    tests: false,
  },
  {
    name: 'unfinished work belongs in an issue, not in the code',
    pattern: /\b(?:TODO|FIXME|HACK)\b/,
    in: /^(?:app|components|lib|db|simulator|server|scripts|tests|e2e|bench|proxy|instrumentation)/,
    notIn: /^scripts\/checks\/rules\.mjs$/,
  },
];

/**
 * @param {string} root
 * @returns {string[]} one line per finding
 */
export function ruleFaults(root) {
  const faults = [];
  for (const name of projectFiles(root).filter((file) => /\.(?:ts|tsx|mjs|cjs)$/.test(file))) {
    const rules = RULES.filter(
      (rule) =>
        rule.in.test(name) &&
        !rule.notIn?.test(name) &&
        (rule.tests === undefined || rule.tests === isTest(name)),
    );
    if (rules.length === 0) continue;
    const text = readSource(root, name);
    const ofFile = rules.filter(({ unlessFile }) => unlessFile === undefined || !unlessFile.test(text));
    for (const [index, line] of text.split('\n').entries()) {
      for (const rule of ofFile) {
        if (rule.pattern.test(line)) faults.push(`${name}:${index + 1}: ${rule.name}: ${line.trim()}`);
      }
    }
  }
  return faults;
}
