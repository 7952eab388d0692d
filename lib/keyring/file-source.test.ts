import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRingFile, fileSource } from './file-source';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'orgdock-ring-file-'));
  path = join(folder, 'ring.json');
  createRingFile(path, 'before');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const store = (before: string, after: string, at = path) => fileSource(at).store?.(before, after);

describe('the file of a key ring', () => {
  it('is replaced in one step, and stays for its owner only', () => {
    const source = fileSource(path);
    const [revision, file] = [source.revision(), statSync(path).ino];
    source.store?.('before', 'after');
    expect(source.load()).toBe('after');
    expect(source.revision()).not.toBe(revision);
    expect(statSync(path).ino).not.toBe(file);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['ring.json']);
  });

  it('keeps the mode that lets a portal of another user read it', () => {
    chmodSync(path, 0o640);
    store('before', 'after');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });

  it('keeps its owner when a command runs as root', () => {
    const { uid, gid } = statSync(path);
    // Only root can give a file away; everybody else keeps their own.
    const owner = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : { uid, gid };
    chownSync(path, owner.uid, owner.gid);
    store('before', 'after');
    expect(statSync(path)).toMatchObject(owner);
  });

  it('is replaced where a symbolic link leads', () => {
    mkdirSync(join(folder, 'real'));
    createRingFile(join(folder, 'real', 'ring.json'), 'before');
    const link = join(folder, 'link.json');
    symlinkSync('real/ring.json', link);
    store('before', 'after', link);
    expect(readFileSync(join(folder, 'real', 'ring.json'), 'utf8')).toBe('after');
    expect(fileSource(link).load()).toBe('after');
  });

  it('is not replaced when somebody else was faster', () => {
    writeFileSync(path, 'theirs');
    expect(() => store('before', 'after')).toThrow(/changed by somebody else/);
    expect(readFileSync(path, 'utf8')).toBe('theirs');
  });

  it('is not made twice: the first one stays', () => {
    createRingFile(path, 'another');
    expect(readFileSync(path, 'utf8')).toBe('before');
    expect(readdirSync(folder)).toEqual(['ring.json']);
  });

  it('says so when it cannot be replaced', () => {
    // A file in a folder that takes no others, even from root.
    const kernel = '/proc/version';
    const before = readFileSync(kernel, 'utf8');
    expect(() => store(before, 'after', kernel)).toThrow(/version cannot be written/);
    expect(readFileSync(kernel, 'utf8')).toBe(before);
  });
});
