// @ts-check
/** What a tool says is wrong, in the words by which it is found again in the next run. */

/**
 * @typedef {{tool: string, as: string, method: string, path: string, parameter: string, kind: string}} Finding
 * `as`: who is signed in. `path`: without query, ids as `[id]`. `parameter`: empty when there is none.
 * @typedef {Finding & {reason: string}} Judged a finding that somebody has looked at, and why it is harmless
 */

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * The path of an address or of a path with a query; ids and ports differ from run to run.
 * @param {string} address
 */
export function pathOf(address) {
  return (address.replace(/^https?:\/\/[^/]+/, '').split(/[?#]/)[0] || '/').replace(UUID, '[id]');
}

/** @param {Finding} finding */
export function lineOf({ tool, as, method, path, parameter, kind }) {
  return `${tool}, signed in as ${as}: ${method} ${path}${parameter ? ` (${parameter})` : ''}: ${kind}`;
}

/** @param {string} pattern `*` stands for anything @param {string} text */
function fits(pattern, text) {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(text);
}

/** @param {Judged} judged @param {Finding} finding */
function isAbout(judged, finding) {
  return /** @type {const} */ (['tool', 'as', 'method', 'path', 'parameter', 'kind']).every((field) =>
    fits(judged[field], finding[field]),
  );
}

/**
 * @param {Finding[]} findings
 * @param {Judged[]} baseline
 * @param {string[]} ran the tools that ran: an entry of another one cannot have been found
 * @returns {{fresh: string[], gone: string[]}} lines of what nobody has judged, and of what was not found any more
 */
export function compare(findings, baseline, ran) {
  const lines = (/** @type {Finding[]} */ list) => [...new Set(list.map(lineOf))].sort();
  return {
    fresh: lines(findings.filter((finding) => !baseline.some((judged) => isAbout(judged, finding)))),
    gone: lines(
      baseline.filter(
        (judged) => ran.includes(judged.tool) && !findings.some((finding) => isAbout(judged, finding)),
      ),
    ),
  };
}
