import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findBrowser } from './browser.mjs';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'orgdock-browser-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program that says its version as a browser does, or one that does not start. */
function program(name: string, works = true): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, works ? '#!/bin/sh\necho "Chromium 156.0.1"\n' : '#!/bin/sh\nexit 1\n');
  chmodSync(file, 0o755);
  return file;
}

function find(ways: {
  wanted?: string;
  ofPlaywright?: () => string | null;
  installers?: Array<() => void>;
  said?: string[];
}) {
  const { wanted, ofPlaywright = () => null, installers = [], said = [] } = ways;
  return findBrowser('/nowhere', (line) => said.push(line), {
    env: { NODE_ENV: 'test', PATH: path.join(folder, 'bin'), ...(wanted ? { CHROMIUM_PATH: wanted } : {}) },
    ofPlaywright: async () => ofPlaywright(),
    installers: installers.map((install, index) => ({
      words: `way ${index + 1}`,
      install: async () => install(),
    })),
  });
}

describe('the browser of the end-to-end tests', () => {
  it('is the one that CHROMIUM_PATH names, before the system’s, before Playwright’s', async () => {
    const wanted = program('mine');
    const shell = program('bin/chromium-headless-shell');
    const full = program('bin/chromium');
    const ofPlaywright = () => program('cache/chrome');
    expect(await find({ wanted, ofPlaywright })).toBe(wanted);
    expect(await find({ ofPlaywright })).toBe(shell);
    rmSync(shell);
    expect(await find({ ofPlaywright })).toBe(full);
    rmSync(full);
    expect(await find({ ofPlaywright })).toBe(path.join(folder, 'cache/chrome'));
  });

  it('has to start: one that does not is passed over, or named when it was asked for', async () => {
    program('bin/chromium-headless-shell', false);
    const full = program('bin/chromium');
    expect(await find({})).toBe(full);
    const wanted = program('mine', false);
    await expect(find({ wanted })).rejects.toThrow(`CHROMIUM_PATH is ${wanted}, and that does not start`);
  });

  it('is installed when there is none, one way after the other', async () => {
    const said: string[] = [];
    const installers = [() => undefined, () => program('bin/chromium'), () => program('bin/never')];
    expect(await find({ installers, said })).toBe(path.join(folder, 'bin/chromium'));
    expect(said).toEqual([
      'No Chromium that starts was found; way 1 …',
      'No Chromium that starts was found; way 2 …',
    ]);
  });

  it('missing for good is an error that says what to do', async () => {
    await expect(find({ installers: [() => undefined] })).rejects.toThrow(/apt install .*CHROMIUM_PATH/);
  });
});
