import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkNode, missingDependencies } from './install.mjs';

const wanted = {
  '': {},
  'node_modules/next': { version: '16.4.6' },
  'node_modules/react': { version: '19.3.1' },
  'node_modules/@next/swc-darwin-arm64': { version: '16.4.6', optional: true, os: ['darwin'] },
};

let root: string;

function write(name: string, value: unknown): void {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

function installed(packages: Record<string, { version: string }>): void {
  for (const place of Object.keys(packages)) write(`${place}/package.json`, {});
  write('node_modules/.package-lock.json', { packages });
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'orgdock-install-'));
  write('package.json', { engines: { node: '>=20.19' } });
  write('package-lock.json', { packages: wanted });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const complete = { 'node_modules/next': { version: '16.4.6' }, 'node_modules/react': { version: '19.3.1' } };

describe('the look at node_modules', () => {
  it('finds a complete tree complete, without the binaries of other platforms', () => {
    installed(complete);
    expect(missingDependencies(root)).toBeNull();
  });

  it('notices that nothing is installed', () => {
    expect(missingDependencies(root)).toBe('nothing is installed');
  });

  it('notices an install that did not come to its end', () => {
    write('node_modules/next/package.json', {});
    expect(missingDependencies(root)).toBe('the last install did not finish');
  });

  it('notices another version', () => {
    installed({ ...complete, 'node_modules/next': { version: '16.2.0' } });
    expect(missingDependencies(root)).toContain('node_modules/next is 16.2.0, not 16.4.6');
  });

  it('notices a package whose files are gone', () => {
    installed(complete);
    rmSync(path.join(root, 'node_modules/react'), { recursive: true });
    expect(missingDependencies(root)).toBe('node_modules/react is incomplete');
  });
});

describe('the look at Node', () => {
  it.each(['20.19.0', '22.0.0', '24.9.1'])('accepts %s', (version) => {
    expect(() => checkNode(root, version)).not.toThrow();
  });

  it.each(['18.20.0', '20.18.3'])('refuses %s and names what is needed', (version) => {
    expect(() => checkNode(root, version)).toThrow('Node 20.19 or newer');
  });
});
