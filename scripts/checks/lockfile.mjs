// @ts-check
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** An entry without an address comes from the registry too. */
const REGISTRY = 'https://registry.npmjs.org/';

/** @param {string} version @returns {number[]} */
function parts(version) {
  return version.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? [];
}

/** @param {string} left @param {string} right */
function isBelow(left, right) {
  const [a, b] = [parts(left), parts(right)];
  for (let index = 0; index < 3; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/**
 * Every package comes from the npm registry with a strong checksum, and nothing is older than its last known hole.
 * @param {string} root
 * @returns {string[]} one line per finding
 */
export function lockfileFaults(root) {
  const lock = JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const minimums = JSON.parse(readFileSync(new URL('./minimum-versions.json', import.meta.url), 'utf8'));
  const faults = [];

  for (const group of ['dependencies', 'devDependencies']) {
    if (sorted(manifest[group]) !== sorted(lock.packages['']?.[group])) {
      faults.push(
        `package-lock.json does not match the ${group} of package.json: run npm install, commit both.`,
      );
    }
  }
  for (const [place, entry] of Object.entries(lock.packages)) {
    if (place === '' || entry.link || entry.inBundle) continue;
    if (entry.resolved && !entry.resolved.startsWith(REGISTRY))
      faults.push(`${place}: comes from ${entry.resolved}, not from ${REGISTRY}`);
    if (!/\bsha512-/.test(entry.integrity ?? '')) faults.push(`${place}: has no sha512 checksum`);
    const name = place.replace(/^.*node_modules\//, '');
    const rule = minimums[name];
    if (rule && isBelow(entry.version, rule.minimum))
      faults.push(`${place}: ${entry.version} is older than ${rule.minimum} (${rule.why})`);
    if (rule?.below && !isBelow(entry.version, rule.below))
      faults.push(`${place}: ${entry.version} is not below ${rule.below} (${rule.why})`);
  }
  return faults;
}

/** @param {Record<string, string> | undefined} list */
function sorted(list) {
  return JSON.stringify(Object.entries(list ?? {}).sort(([a], [b]) => (a < b ? -1 : 1)));
}
