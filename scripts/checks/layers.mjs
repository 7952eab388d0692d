// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';
import { capture } from './run-steps.mjs';

const ROOTS = ['app', 'components', 'lib', 'db', 'simulator', 'scripts', 'server', 'tests', 'e2e', 'bench'];
const FILES = ['server.mjs', 'instrumentation.ts', 'proxy.ts'];

/**
 * The layer law of .dependency-cruiser.cjs. A cruise that sees no module of a layer proves nothing and fails.
 * @param {string} root
 * @param {string[]} [extra] further paths to cruise, for the test of this check
 */
export async function checkLayers(root, extra = []) {
  const targets = [...ROOTS, ...FILES, ...extra].filter((name) => existsSync(path.join(root, name)));
  const bin = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...targets];
  const { output } = await capture(process.execPath, args, { cwd: root });
  const start = output.indexOf('{');
  if (start === -1) return { ok: false, output };
  /** @type {{modules: Array<{source: string, dependencies: unknown[]}>, summary: {violations: Array<{rule: {name: string}, from: string, to: string}>, ruleSetUsed: {forbidden: Array<{name: string, comment?: string}>}}}} */
  const { modules, summary } = JSON.parse(output.slice(start));
  const lines = [];
  for (const layer of ['app', 'components', 'lib', 'db', 'simulator', 'bench']) {
    const seen = modules.some(
      ({ source, dependencies }) => source.startsWith(`${layer}/`) && dependencies.length > 0,
    );
    if (!seen)
      lines.push(
        `dependency-cruiser saw no import in ${layer}/: the check would pass whatever stands there.`,
      );
  }
  for (const { rule, from, to } of summary.violations) {
    const { comment } = summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name) ?? {};
    lines.push(`${from} → ${to} (${rule.name})\n  ${comment ?? ''}`);
  }
  return { ok: lines.length === 0, output: lines.join('\n') };
}
