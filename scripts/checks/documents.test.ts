import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { documentFaults } from './documents.mjs';

let root: string | undefined;

afterEach(() => {
  if (root) rmSync(root, { recursive: true });
  root = undefined;
});

const SECURITY = [
  '# Ways in & out',
  '',
  'See [it](#ways-in--out) and [the list](checklist.md#doors).',
  '',
  '**2 requirements: 1 met, 0 in part, 0 for the operator, 1 not met.**',
  '',
  '| no. | what | state | where | test |',
  '|---|---|---|---|---|',
  '| 1.1 | a lock | met | `lib/door/lock.ts` | `lib/door/lock.test.ts` |',
  '| 1.2 | a moat | not met | — | no test |',
];

/** A project with one source, two tests and a checklist of these rows, which says that it has `counts`. */
function faultsOf(
  rows: string[],
  counts = '**1 lines: 1 built, 0 not yet.**',
  part = '| [Doors](#doors) | 1 | 0 |',
  security = SECURITY,
) {
  root = mkdtempSync(path.join(tmpdir(), 'orgdock-documents-'));
  const checklist = [
    counts,
    '',
    '| part | built | not yet |',
    '|---|--:|--:|',
    part,
    '',
    '## Doors',
    '',
    '| capability | state | lives in | shown by |',
    '|---|---|---|---|',
    ...rows,
  ];
  const files = {
    'docs/checklist.md': `${checklist.join('\n')}\n`,
    'docs/security.md': security.join('\n'),
    'lib/door/lock.ts': '',
    'lib/door/lock.test.ts': "it('keeps %s out', run); it('isn\\'t opened by a \"key\" of wax', run);",
    'lib/door/bell.test.ts': "it('rings', run);",
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), text);
  }
  return documentFaults(root);
}

const row = (where: string, shown: string, state = 'built') => `| A door | ${state} | ${where} | ${shown} |`;

describe('what a document says of the code', () => {
  it.each([
    ['a file, and the name of its test', '`lib/door/lock.ts`', '`lib/door/lock.test.ts` “keeps … out”'],
    ['a folder', '`lib/door/`, `npm run x`, `/an/address`', '`lib/door/bell.test.ts`'],
    ['a file beside the one before', '`lib/door/lock.ts`, `bell.test.ts`', '`lib/door/bell.test.ts` “rings”'],
    ['many files', '`lib/**/*.ts`', '`lib/door/*.test.ts`'],
    ['an apostrophe', '`lib/door/lock.ts`', '`lib/door/lock.test.ts` “isn’t opened by a "key" of wax”'],
  ])('may be %s', (_, where, shown) => {
    expect(faultsOf([row(where, shown)])).toEqual([]);
  });

  it.each([
    [
      'a path that is not there',
      '`lib/door/hinge.ts`',
      '`lib/door/bell.test.ts`',
      'there is no lib/door/hinge.ts',
    ],
    ['a pattern of nothing', '`lib/*/hinge.ts`', '`lib/door/bell.test.ts`', 'there is no lib/*/hinge.ts'],
    [
      'a test that is not there',
      '`lib/door/`',
      '`lib/door/bell.test.ts` “is silent”',
      'has no test “is silent”',
    ],
    ['a test of another file', '`lib/door/`', '`lib/door/lock.test.ts` “rings”', 'has no test “rings”'],
    ['a test of no file', '`lib/door/`', '“rings”', 'has no test file before it'],
    ['a test of a folder', '`lib/door/`', '`lib/door/` “rings”', 'lib/door is no file'],
    ['nothing that shows it', '`lib/door/`', '', '"shown by" is empty'],
    ['a cell too many', '`lib/door/`', '`lib/door/bell.test.ts` | x', 'has 5 cells under 4 columns'],
  ])('is refused with its line for %s', (_, where, shown, words) => {
    const [fault, ...others] = faultsOf([row(where, shown)]);
    expect(fault).toMatch(/^docs\/checklist\.md:11: /);
    expect(fault).toContain(words);
    expect(others).toEqual([]);
  });

  it('may be counted wrongly in no place', () => {
    const rows = [row('`lib/door/`', '`lib/door/bell.test.ts`'), row('', '', 'not yet')];
    expect(faultsOf(rows)).toEqual([
      'docs/checklist.md: the total should read **2 lines: 1 built, 1 not yet.**',
      'docs/checklist.md:5: Doors has 1 built, 1 not yet',
    ]);
    const right = '**2 lines: 1 built, 1 not yet.**';
    expect(faultsOf(rows, right, '| [Doors](#doors) | 1 | 1 |')).toEqual([]);
    expect(faultsOf(rows, right, '| [Windows](#doors) | 1 | 1 |')).toEqual([
      'docs/checklist.md:5: there is no part "Windows", or it stands here twice',
      'docs/checklist.md: the part "Doors" is missing in the table of parts',
    ]);
    expect(faultsOf([row('', '', 'soon')])[0]).toBe(
      'docs/checklist.md:11: the state "soon" is neither "built" nor "not yet"',
    );
  });

  it.each([
    [
      'to a heading that is not there',
      2,
      'See [it](#ways-out).',
      'docs/security.md has no heading #ways-out',
    ],
    ['to a file that is not there', 2, 'See [it](moat.md).', 'there is no docs/moat.md'],
    [
      'to a heading of another file',
      2,
      'See [it](checklist.md#moats).',
      'docs/checklist.md has no heading #moats',
    ],
  ])('is refused for a link %s', (_, at, line, words) => {
    const good = row('`lib/door/`', '`lib/door/bell.test.ts`');
    expect(faultsOf([good], undefined, undefined, SECURITY.with(at, line))).toEqual([
      `docs/security.md:3: ${words}`,
    ]);
  });

  it('counts requirements by their state', () => {
    const good = row('`lib/door/`', '`lib/door/bell.test.ts`');
    const said = SECURITY.with(4, '**2 requirements: 2 met, 0 in part, 0 for the operator, 0 not met.**');
    expect(faultsOf([good], undefined, undefined, said)).toEqual([
      `docs/security.md: the total should read ${SECURITY[4]}`,
    ]);
  });
});
