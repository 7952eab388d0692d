// @ts-check
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { pathOf } from '../findings.mjs';
import { runProgram } from '../programs.mjs';

/** @typedef {import('../findings.mjs').Finding} Finding */
/** @typedef {{path: string, body?: string}} Request */

const SECONDS = 60;

/** What anybody may post. */
const PUBLIC_BODIES = [
  { path: '/api/consent', body: '{"environment":"production","intent":"sign_in","callbackUrl":"/account"}' },
  { path: '/api/provider-sign-in', body: '{"provider":"acme","intent":"sign_in"}' },
  { path: '/api/sign-in-link', body: `{"link":"${'x'.repeat(43)}"}` },
];
const PUBLIC_PAGES = [`/api/auth/callback/production?code=aPrx&state=${'x'.repeat(43)}`];
const ADMIN_BODIES = [{ path: '/api/audit/export?format=jsonl&q=a&subject=x&person=x', body: '{}' }];

/** @param {import('../target.mjs').Visitor} visitor @returns {Request[]} */
function requestsOf({ name, pages }) {
  // The grids of an administrator are those of a member.
  const asked = pages.filter((page) => page.includes('?') && !(name === 'admin' && page.startsWith('/conn')));
  if (name === 'nobody') return [...asked, ...PUBLIC_PAGES].map(toRequest).concat(PUBLIC_BODIES);
  return asked.map(toRequest).concat(name === 'admin' ? ADMIN_BODIES : []);
}

/** @param {string} page @returns {Request} */
const toRequest = (page) => ({ path: page });

/**
 * Tries every parameter of what a visitor can ask for SQL injection; SOQL's is close enough to answer to the same
 * boolean and error payloads.
 * @param {import('../target.mjs').Target} target
 * @param {import('../target.mjs').Visitor} visitor
 * @param {{cwd: string}} places
 * @returns {Promise<Finding[]>}
 */
export async function runSqlmap({ url }, visitor, { cwd }) {
  /** @type {Finding[]} */
  const findings = [];
  for (const [index, { path: page, body }] of requestsOf(visitor).entries()) {
    const folder = path.join(cwd, `sqlmap-${visitor.name}-${index}`);
    mkdirSync(folder);
    const headers = [`Origin: ${url}`, ...(body ? ['Content-Type: application/json'] : [])];
    const { output, late } = await runProgram(
      'sqlmap',
      [
        ...['-u', url + page, '--batch', '--disable-coloring', '--flush-session', '--output-dir', folder],
        ...['--level', '1', '--risk', '1', '--dbms', 'PostgreSQL', '--technique', 'BE', '--threads', '4'],
        ...['--timeout', '10', '--retries', '0', '--skip-waf', '--ignore-code', '*'],
        ...['--headers', headers.join('\\n')],
        ...(body ? ['--method', 'POST', '--data', body] : []),
        ...(visitor.cookie ? ['--cookie', visitor.cookie] : []),
      ],
      { cwd: folder, seconds: SECONDS },
    );
    const facts = { tool: 'sqlmap', as: visitor.name, method: body ? 'POST' : 'GET', path: pathOf(page) };
    if (late) console.log(`sqlmap had ${SECONDS} seconds for ${page} and did not try everything.`);
    if (!/testing if|testing connection/.test(output)) throw new Error(`sqlmap did not work:\n${output}`);
    for (const [, parameter = '', type] of output.matchAll(/^Parameter: (.+)\n\s+Type: (.+)$/gm)) {
      findings.push({ ...facts, parameter, kind: `SQL injection, ${type}` });
      console.log(/^---\n[\s\S]+?^---/m.exec(output)?.[0] ?? '');
    }
    // "HTTP error codes detected during run:\n500 (Internal Server Error) - 12 times"
    if (/^5\d\d \(/m.test(output)) {
      findings.push({ ...facts, parameter: '', kind: 'answers 5xx to some payload' });
    }
  }
  return findings;
}
