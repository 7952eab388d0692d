import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { writeZip } from './write-zip';

const FILES = {
  'package.xml': '<Package/>',
  'externalClientApps/Portal.eca': `<label>Käse &amp; Brot</label>${'x'.repeat(5_000)}`,
  'empty.txt': '',
};

/** Unpacks with Python's reader, which checks every length and checksum. */
function unzip(zip: Buffer): (path: string) => string {
  const folder = mkdtempSync(join(tmpdir(), 'orgdock-zip-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'a.zip'), zip);
  execFileSync('python3', ['-m', 'zipfile', '-t', 'a.zip'], { cwd: folder });
  execFileSync('python3', ['-m', 'zipfile', '-e', 'a.zip', 'out'], { cwd: folder });
  return (path) => readFileSync(join(folder, 'out', path), 'utf8');
}

describe('writeZip', () => {
  it('writes an archive that another program unpacks to the same files', () => {
    const zip = writeZip(FILES);
    const read = unzip(zip);
    for (const [path, text] of Object.entries(FILES)) expect(read(path)).toBe(text);
    expect(zip.length).toBeLessThan(1_000);
  });

  it('writes the same bytes for the same files', () => {
    vi.useFakeTimers({ now: new Date('2026-01-01T12:00:00Z') });
    onTestFinished(() => void vi.useRealTimers());
    const first = writeZip(FILES);
    vi.setSystemTime(new Date('2027-03-04T05:06:07Z'));
    expect(writeZip({ ...FILES }).equals(first)).toBe(true);
  });
});
