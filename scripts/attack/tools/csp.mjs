// @ts-check
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js';
import { Severity, Type } from 'csp_evaluator/dist/finding.js';
import { CspParser } from 'csp_evaluator/dist/parser.js';
import { pathOf } from '../findings.mjs';

/** @typedef {import('../findings.mjs').Finding} Finding */

/**
 * Evaluates the policy of every page by Google's csp_evaluator.
 * @param {import('../target.mjs').Target} target
 * @param {import('../target.mjs').Visitor} visitor
 * @returns {Promise<Finding[]>}
 */
export async function runCspEvaluator({ url }, { name, cookie, pages }) {
  const findings = [];
  for (const page of pages) {
    const answer = await fetch(url + page, { headers: cookie ? { cookie } : {}, redirect: 'manual' });
    await answer.arrayBuffer();
    const policy = answer.headers.get('content-security-policy');
    const said = policy ? new CspEvaluator(new CspParser(policy).csp).evaluate() : null;
    const facts = { tool: 'csp_evaluator', as: name, method: 'GET', path: pathOf(page) };
    if (said === null) findings.push({ ...facts, parameter: '', kind: 'no policy' });
    for (const { directive, type, value, severity } of said ?? []) {
      if (severity === Severity.NONE) continue;
      findings.push({
        ...facts,
        parameter: [directive, value?.startsWith("'nonce-") ? "'nonce-…'" : value].filter(Boolean).join(' '),
        kind: `${Type[type]} (${Severity[severity]})`,
      });
    }
  }
  return findings;
}
