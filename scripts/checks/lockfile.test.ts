import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockfileFaults } from './lockfile.mjs';

const good = {
  version: '16.2.6',
  resolved: 'https://registry.npmjs.org/next/-/next-16.2.6.tgz',
  integrity: 'sha512-abc',
};

function faultsOf(entry: Record<string, unknown>, wanted = '^16') {
  const root = mkdtempSync(path.join(tmpdir(), 'orgdock-lockfile-'));
  try {
    const dependencies = { next: '^16' };
    const packages = { '': { dependencies }, 'node_modules/next': { ...good, ...entry } };
    writeFileSync(path.join(root, 'package.json'), JSON.stringify({ dependencies: { next: wanted } }));
    writeFileSync(path.join(root, 'package-lock.json'), JSON.stringify({ packages }));
    return lockfileFaults(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe('the lockfile', () => {
  it('passes with packages of the registry, each with its checksum', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it.each([
    ['that comes from elsewhere', { resolved: 'https://evil.example/next.tgz' }, 'not from'],
    ['that comes out of git', { resolved: 'git+ssh://git@github.com/x/next.git' }, 'not from'],
    ['without a checksum', { integrity: undefined }, 'has no sha512 checksum'],
    ['with a weak checksum', { integrity: 'sha1-abc' }, 'has no sha512 checksum'],
    ['with a known hole', { version: '16.2.5' }, 'is older than 16.2.6'],
  ])('is refused for a package %s', (_, entry, words) => {
    expect(faultsOf(entry)).toEqual([expect.stringContaining(words)]);
  });

  it('is refused when it does not fit package.json', () => {
    expect(faultsOf({}, '^17')).toEqual([expect.stringContaining('does not match the dependencies')]);
  });
});
