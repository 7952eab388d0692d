// @ts-check
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { projectFiles, readSource } from './sources.mjs';

/** Tables that promise something: what stands in such a column is held to the code. */
const WHERE = new Set(['lives in', 'where', 'control']);
const SHOWN = new Set(['shown by', 'test']);

const DOCUMENTS = ['docs/checklist.md', 'docs/security.md'];

/** @typedef {{line: number, cells: string[]}} Row */
/** @typedef {{section: string, columns: string[], rows: Row[]}} Table */

/**
 * What docs/checklist.md and docs/security.md say of the code: paths and names of tests in their tables, and the counts
 * of the checklist.
 * @param {string} root
 * @returns {string[]} one line per finding
 */
export function documentFaults(root) {
  const present = DOCUMENTS.filter((name) => existsSync(path.join(root, name)));
  return present.flatMap((name) => {
    const text = readSource(root, name);
    const tables = readTables(text);
    const faults = [
      ...tables.flatMap((table) => tableFaults(root, name, table)),
      ...linkFaults(root, name, text),
    ];
    const counts = name === 'docs/checklist.md' ? countFaults : requirementFaults;
    return [...faults, ...counts(name, text, tables)];
  });
}

/** @param {string} text @returns {Table[]} */
function readTables(text) {
  /** @type {Table[]} */
  const tables = [];
  let section = '';
  let isInside = false;
  for (const [index, line] of text.split('\n').entries()) {
    section = /^#{1,6} (.+)$/.exec(line)?.[1] ?? section;
    const isRow = line.startsWith('|');
    const cells = isRow ? cellsOf(line) : [];
    const table = tables.at(-1);
    if (isRow && isInside && table) {
      if (!cells.every((cell) => /^:?-+:?$/.test(cell))) table.rows.push({ line: index + 1, cells });
    } else if (isRow) tables.push({ section, columns: cells, rows: [] });
    isInside = isRow;
  }
  return tables;
}

/** @param {string} line */
function cellsOf(line) {
  return line
    .replace(/^\||\|\s*$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());
}

/** @param {string} root @param {string} name @param {Table} table */
function tableFaults(root, name, { columns, rows }) {
  /** @type {string[]} */
  const faults = [];
  for (const { line, cells } of rows) {
    const say = (/** @type {string} */ what) => faults.push(`${name}:${line}: ${what}`);
    if (cells.length !== columns.length) say(`has ${cells.length} cells under ${columns.length} columns`);
    for (const [index, column] of columns.entries()) {
      const cell = cells[index] ?? '';
      if (WHERE.has(column)) readCell(root, cell, false, say);
      if (SHOWN.has(column)) readCell(root, cell, true, say);
      if (
        cells[columns.indexOf('state')] === 'built' &&
        (WHERE.has(column) || SHOWN.has(column)) &&
        cell === ''
      )
        say(`is built, but "${column}" is empty`);
    }
  }
  return faults;
}

/**
 * Goes through a cell from left to right. A path without a folder of its own stands beside the one before it; a name in
 * “quotation marks” is that of a test in the file before it, with … for what differs from case to case.
 * @param {string} root @param {string} cell @param {boolean} hasTests @param {(what: string) => void} say
 */
function readCell(root, cell, hasTests, say) {
  /** @type {string | null} */
  let before = null;
  for (const [, code, quoted] of cell.matchAll(/`([^`]+)`|“([^”]+)”/g)) {
    if (code !== undefined) {
      if (!isPath(code)) continue;
      const found = find(root, code, before);
      if (found === null) say(`there is no ${code}`);
      else before = found;
    } else if (hasTests && quoted !== undefined) {
      if (before === null) say(`“${quoted}” has no test file before it`);
      else if (!statSync(path.join(root, before)).isFile()) say(`“${quoted}”: ${before} is no file`);
      else if (!holds(readSource(root, before), quoted)) say(`${before} has no test “${quoted}”`);
    }
  }
}

/** Commands, addresses and words of a protocol are no paths. @param {string} code */
function isPath(code) {
  if (/\s/.test(code) || code.startsWith('/') || code.includes('://')) return false;
  return code.includes('/') || /^\.?[\w-]+(?:\.[\w-]+)*\.(?:c?ts|tsx|[cm]?js|json|md|sql)$/.test(code);
}

/** @param {string} root @param {string} code @param {string | null} before @returns {string | null} */
function find(root, code, before) {
  const beside = before === null ? [] : [path.posix.join(path.posix.dirname(before), code)];
  const known = [code, ...beside].find((name) => existsSync(path.join(root, name)));
  if (known !== undefined) return path.posix.normalize(known).replace(/\/$/, '');
  return code.includes('*') ? (projectFiles(root).find((name) => globOf(code).test(name)) ?? null) : null;
}

/** `*` stands for what is between two slashes, `**` for folders, too. @param {string} code */
function globOf(code) {
  const escaped = code.replace(/[\\^$.+?()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*+/g, (stars) => (stars === '*' ? '[^/]*' : '.*'))}$`);
}

/** Whether the pieces of a name stand in a file one after the other. @param {string} text @param {string} quoted */
function holds(text, quoted) {
  const plain = (/** @type {string} */ part) => part.replaceAll("\\'", "'").replaceAll('’', "'");
  let rest = plain(text);
  for (const piece of quoted.split('…').map((part) => plain(part).trim())) {
    const at = rest.indexOf(piece);
    if (at === -1) return false;
    rest = rest.slice(at + piece.length);
  }
  return true;
}

/** Links to files and headings of ours. @param {string} root @param {string} name @param {string} text */
function linkFaults(root, name, text) {
  return text.split('\n').flatMap((line, index) =>
    [...line.matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)].flatMap(([, to = '', heading]) => {
      const file = to === '' ? name : path.posix.join(path.posix.dirname(name), to);
      if (!existsSync(path.join(root, file))) return [`${name}:${index + 1}: there is no ${file}`];
      const isThere = heading === undefined || headingsOf(readSource(root, file)).includes(heading);
      return isThere ? [] : [`${name}:${index + 1}: ${file} has no heading #${heading}`];
    }),
  );
}

/** Headings as GitHub writes them into addresses. @param {string} text */
function headingsOf(text) {
  return [...text.matchAll(/^#{1,6} (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

/** The requirements of docs/security.md by state. @param {string} name @param {string} text @param {Table[]} tables */
function requirementFaults(name, text, tables) {
  const states = tables
    .filter(({ columns }) => columns.includes('no.') && columns.includes('state'))
    .flatMap(({ columns, rows }) => rows.map(({ cells }) => cells[columns.indexOf('state')]));
  const count = (/** @type {string} */ state) => states.filter((one) => one === state).length;
  const total = `**${states.length} requirements: ${count('met')} met, ${count('in part')} in part, ${count('operator')} for the operator, ${count('not met')} not met.**`;
  return states.length === 0 || text.includes(total) ? [] : [`${name}: the total should read ${total}`];
}

/** @param {string} name @param {string} text @param {Table[]} tables */
function countFaults(name, text, tables) {
  /** @type {string[]} */
  const faults = [];
  /** @type {Map<string, {built: number, notYet: number}>} */
  const parts = new Map();
  for (const { section, columns, rows } of tables.filter(({ columns }) => columns.includes('state'))) {
    const part = parts.get(section) ?? { built: 0, notYet: 0 };
    for (const { line, cells } of rows) {
      const state = cells[columns.indexOf('state')];
      if (state === 'built') part.built += 1;
      else if (state === 'not yet') part.notYet += 1;
      else faults.push(`${name}:${line}: the state "${state}" is neither "built" nor "not yet"`);
    }
    parts.set(section, part);
  }
  const counts = [...parts.values()];
  const built = counts.reduce((sum, part) => sum + part.built, 0);
  const notYet = counts.reduce((sum, part) => sum + part.notYet, 0);
  const total = `**${built + notYet} lines: ${built} built, ${notYet} not yet.**`;
  if (!text.split('\n').includes(total)) faults.push(`${name}: the total should read ${total}`);

  for (const { line, cells } of tables.find(({ columns }) => columns[0] === 'part')?.rows ?? []) {
    const title = /^\[(.+)\]\(#.+\)$/.exec(cells[0] ?? '')?.[1] ?? '';
    const part = parts.get(title);
    if (!part) faults.push(`${name}:${line}: there is no part "${title}", or it stands here twice`);
    else if (cells[1] !== String(part.built) || cells[2] !== String(part.notYet))
      faults.push(`${name}:${line}: ${title} has ${part.built} built, ${part.notYet} not yet`);
    parts.delete(title);
  }
  for (const title of parts.keys())
    faults.push(`${name}: the part "${title}" is missing in the table of parts`);
  return faults;
}
