import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { whileNobodyMayLogIn } from './database-faults';
import { openStage } from './stage';

const stage = openStage();

const spoolOf = (host: string) => path.join(stage.dataFolder(host), 'spool');
const waiting = (host: string) => (existsSync(spoolOf(host)) ? readdirSync(spoolOf(host)) : []);

/** A connection whose newest token pair is in the spool of a host and nowhere else: its holder is dead. */
async function answerOn(host: string): Promise<string> {
  const id = await stage.expired();
  const holder = await stage.fleet.take({ host });
  await holder.reach('spooled', 'SIGKILL', { connectionId: id });
  await holder.exited;
  expect(waiting(host)).toHaveLength(1);
  return id;
}

describe('a spool', () => {
  it('on a full disk does not keep a refresh from being stored, also while the database is away', async () => {
    const id = await stage.expired();
    const holder = await stage.fleet.startOnFullDisk();
    // A start would let the portal's role log in again.
    const other = await stage.fleet.take();
    const gate = path.join(stage.folder.path, 'full-disk-gate');
    const { calls } = await holder.reach('answered', { until: gate }, { connectionId: id });
    await whileNobodyMayLogIn(stage.server.url, async () => {
      writeFileSync(gate, '');
      expect((await other.calls(id, 1)).served).toBe(0);
    });
    expect(await stage.recovered('disk full, database away', holder, id)).toBe('serves');
    expect((await calls).served).toBe(1);
    // Not even half a file is left.
    expect(waiting('full-disk')).toEqual([]);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('that cannot be read keeps its answer, which heals what was called lost once it can', async () => {
    const id = await answerOn('unreadable');
    const aside = path.join(stage.folder.path, 'aside');
    renameSync(spoolOf('unreadable'), aside);
    // A file where the folder should be: root reads every folder.
    writeFileSync(spoolOf('unreadable'), '');
    const next = await stage.fleet.start({ host: 'unreadable' });
    expect(await stage.recovered('spool unreadable, meanwhile', next, id)).toBe('GRANT_ANSWER_LOST');
    rmSync(spoolOf('unreadable'));
    renameSync(aside, spoolOf('unreadable'));
    expect(await stage.recovered('spool unreadable, then readable', next, id, false)).toBe('serves');
    await stage.until(async () => waiting('unreadable').length === 0);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('that two processes replay at once is stored once', async () => {
    const [first, second] = await stage.pair({ host: 'elsewhere' });
    const id = await answerOn('shared');
    cpSync(spoolOf('shared'), spoolOf('elsewhere'), { recursive: true });
    await Promise.all([first.replay(), second.replay()]);
    expect(await stage.row(id)).toMatchObject({ state: 'idle', generation: 2 });
    expect(waiting('elsewhere')).toEqual([]);
    expect(await stage.recovered('spool replayed by two at once', first, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });

  it('that returns after its grant has moved on is dropped, and nothing is revoked', async () => {
    const id = await answerOn('backup');
    const [first, second] = await stage.pair({ host: 'today' });
    const copy = () => cpSync(spoolOf('backup'), spoolOf('today'), { recursive: true });
    copy();
    await first.replay();
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('spool replayed, at the next 401', first, id)).toBe('serves');
    copy();
    await Promise.all([first.replay(), second.replay()]);
    expect(waiting('today')).toEqual([]);
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('spool returns, grant has moved on', second, id)).toBe('serves');
    expect(await stage.requests(({ path: asked }) => asked.endsWith('/revoke'))).toBe(0);
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 3 });
  });

  it('that returns after a reconnect gives its token back, and the new grant serves', async () => {
    const id = await answerOn('gone');
    const [first, second] = await stage.pair();
    expect(await stage.recovered('spool away', first, id)).toBe('GRANT_ANSWER_LOST');
    expect(await stage.consentAgain()).toBe(id);
    expect(await stage.liveGrants()).toHaveLength(2);
    mkdirSync(spoolOf('host'), { recursive: true });
    cpSync(spoolOf('gone'), spoolOf('host'), { recursive: true });
    await Promise.all([first.replay(), second.replay()]);
    await stage.until(async () => (await stage.liveGrants()).length === 1);
    expect(waiting('host')).toEqual([]);
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('spool returns after a reconnect', second, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 2 });
  });
});
