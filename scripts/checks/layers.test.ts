import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkLayers } from './layers.mjs';

const root = path.resolve(import.meta.dirname, '../..');
let house: string;

/** A house of one room per layer, each with one import that the law allows. */
beforeEach(() => {
  house = mkdtempSync(path.join(tmpdir(), 'orgdock-layers-'));
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.json', 'package.json'])
    cpSync(path.join(root, name), path.join(house, name));
  symlinkSync(path.join(root, 'node_modules'), path.join(house, 'node_modules'));
  for (const layer of ['app', 'components', 'lib/format', 'db', 'simulator', 'bench']) {
    write(`${layer}/one.ts`, 'export const one = 1;\n');
    write(`${layer}/two.ts`, "export { one } from './one';\n");
  }
});
afterEach(() => rmSync(house, { recursive: true }));

function write(name: string, text: string): void {
  mkdirSync(path.dirname(path.join(house, name)), { recursive: true });
  writeFileSync(path.join(house, name), text);
}

describe('the layer check', () => {
  it('passes a house that keeps the law', async () => {
    expect(await checkLayers(house)).toEqual({ ok: true, output: '' });
  });

  it('fails on a forbidden import, and says where the code belongs', async () => {
    write('app/page.ts', "export { one } from '../db/one';\n");
    const { ok, output } = await checkLayers(house);
    expect(ok).toBe(false);
    expect(output).toContain('app/page.ts → db/one.ts (app-has-no-db)');
    expect(output).toContain('Pages and routes call lib');
  });

  it('fails when it saw no module of a layer', async () => {
    rmSync(path.join(house, 'lib'), { recursive: true });
    const { ok, output } = await checkLayers(house);
    expect(ok).toBe(false);
    expect(output).toContain('saw no import in lib/');
  });
});
