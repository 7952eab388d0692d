// @ts-check
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathOf } from '../findings.mjs';
import { runProgram } from '../programs.mjs';

/** @typedef {import('../findings.mjs').Finding} Finding */

/** Left out: what asks servers of others for word lists (nikto, wapp, takeover), guesses passwords, or is done better by ffuf and csp_evaluator. */
const MODULES =
  'blindsql,cookieflags,crlf,csrf,exec,file,htaccess,http_headers,methods,permanentxss,redirect,shellshock,sql,ssrf,xss,xxe';
const CRAWL_SECONDS = 30;
const MODULE_SECONDS = 5;

/**
 * Crawls and attacks what a visitor can reach.
 * @param {import('../target.mjs').Target} target
 * @param {import('../target.mjs').Visitor} visitor
 * @param {{cwd: string, endpoint: string}} places `endpoint`: a server of ours that writes down who calls it
 * @returns {Promise<Finding[]>}
 */
export async function runWapiti({ url }, { name, cookie, pages }, { cwd, endpoint }) {
  const report = path.join(cwd, `wapiti-${name}.json`);
  const seconds = CRAWL_SECONDS + MODULES.split(',').length * MODULE_SECONDS;
  const { output } = await runProgram(
    'wapiti',
    [
      ...['-u', `${url}/`, '--scope', 'folder', '-m', MODULES, '-f', 'json', '-o', report, '-v', '0'],
      ...pages.flatMap((page) => ['-s', url + page]),
      ...['--max-scan-time', `${CRAWL_SECONDS}`, '--max-attack-time', `${MODULE_SECONDS}`, '-t', '10'],
      ...['--depth', '3', '--max-links-per-page', '25', '--max-files-per-dir', '15', '--flush-session'],
      ...['--store-session', path.join(cwd, `wapiti-${name}`), '--no-bugreport', '--endpoint', endpoint],
      ...(cookie ? ['-H', `Cookie: ${cookie}`] : []),
    ],
    { cwd, seconds: seconds + 180 },
  );
  if (!existsSync(report)) throw new Error(`wapiti wrote no report:\n${output}`);
  /** @type {Record<'vulnerabilities' | 'anomalies', Record<string, Array<{method: string, path: string, info: string, parameter: string}>>>} */
  const { vulnerabilities, anomalies } = JSON.parse(readFileSync(report, 'utf8'));
  return [...Object.entries(vulnerabilities), ...Object.entries(anomalies)].flatMap(([kind, found]) =>
    found.map((one) => ({
      tool: 'wapiti',
      as: name,
      method: one.method,
      path: pathOf(one.path),
      parameter: one.parameter ?? '',
      kind: `${kind}: ${one.info.split('\n')[0]}`,
    })),
  );
}
