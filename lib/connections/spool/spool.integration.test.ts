import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connections } from '@/db/schema';
import { listSpooledAnswers } from '@/lib/connections/custody/queries';
import { sendRefresh } from '@/lib/connections/refresh/send';
import type { RefreshStep } from '@/lib/connections/refresh/steps';
import { replaySpool } from '@/lib/connections/spool/replay';
import { listSpoolFiles, spoolFolder, writeSpoolFile } from '@/lib/connections/spool/spool-files';
import { parseKeyRing } from '@/lib/keyring';
import { registry } from '@/lib/registry';
import {
  callThrough,
  claim,
  forgetMemory,
  makeConnected,
  readStored,
  setPolicy,
  settled,
} from '@/tests/connected';
import { makeContext } from '@/tests/factories';
import { onRefreshStep } from '@/tests/refresh-steps';
import { startTokenEndpoint, type TokenFault } from '@/tests/token-endpoint';

beforeEach(async () => {
  forgetMemory();
  setPolicy({ poll: { first: 10, longest: 10 }, callerWaitMs: 2_000 });
  await rm(spoolFolder(), { recursive: true, force: true });
});

/** A process that dies after the answer is on disk and before it is in the database. */
async function answerOnDisk(fault?: TokenFault) {
  const endpoint = await startTokenEndpoint();
  const connected = await makeConnected(endpoint);
  endpoint.expireAccessTokens();
  if (fault) endpoint.faults.push(fault);
  const { id } = connected.connection;
  const { refreshToken } = await readStored(id);
  const held = await claim({ ...connected.connection, connectionId: id });
  if (!held || refreshToken === null) throw new Error('no claim');
  await sendRefresh(held, refreshToken);
  held.lease.end();
  forgetMemory();
  return { ...connected, endpoint, id, held, spent: refreshToken };
}

const change = (id: string, values: Partial<typeof connections.$inferInsert>) =>
  withSystem('test', (tx) => tx.update(connections).set(values).where(eq(connections.id, id)));

describe('an answer in the spool', () => {
  it('is sealed, private, and gone once the database has it', async () => {
    const endpoint = await startTokenEndpoint();
    const { source, connection } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    const order: RefreshStep[] = [];
    onRefreshStep(({ step }) => order.push(step));
    expect(await callThrough(endpoint, source)).toBe(true);
    expect(order).toEqual(['claiming', 'claimed', 'sending', 'answered', 'spooled', 'stored']);
    expect(await readdir(spoolFolder())).toEqual([]);
    const onDisk = await answerOnDisk();
    const [name] = await readdir(spoolFolder());
    const text = await readFile(path.join(spoolFolder(), name ?? ''), 'utf8');
    const { refreshToken } = await readStored(connection.id);
    for (const secret of [refreshToken ?? '', onDisk.spent, endpoint.clientSecret, '5Aep'])
      expect(text).not.toContain(secret);
  });

  it('is listed for administrators with its connection, and a file that nobody can read with why', async () => {
    const { id, held, spent } = await answerOnDisk();
    await writeFile(path.join(spoolFolder(), `${randomUUID()}.answer`), 'not sealed');
    const listed = await listSpooledAnswers(await makeContext('admin'));
    expect(listed).toHaveLength(2);
    expect(listed).toContainEqual({
      attemptId: held.attemptId,
      writtenAt: expect.stringMatching(/Z$/),
      connectionId: id,
      generation: held.generation,
      problem: null,
    });
    expect(listed).toContainEqual(
      expect.objectContaining({ connectionId: null, problem: expect.stringMatching(/./) }),
    );
    expect(JSON.stringify(listed)).not.toContain(spent);
    await expect(listSpooledAnswers(await makeContext('member'))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is stored by the next start, and the connection serves on', async () => {
    const { endpoint, id, source } = await answerOnDisk();
    await replaySpool('all');
    const { row, refreshToken } = await readStored(id);
    expect(row).toMatchObject({ state: 'idle', generation: 2 });
    expect(endpoint.isCurrent(refreshToken ?? '')).toBe(true);
    expect(await callThrough(endpoint, source)).toBe(true);
    expect([endpoint.refreshes, await listSpoolFiles()]).toEqual([1, []]);
  });

  it('heals what was given up meanwhile, also on another day', async () => {
    const { id } = await answerOnDisk();
    await change(id, { state: 'needs_reconnect', problemCode: 'GRANT_ANSWER_LOST', fence: 4 });
    await replaySpool('all');
    expect((await readStored(id)).row).toMatchObject({ state: 'idle', generation: 2, problemCode: null });
  });

  it('of a token that goes on unrotated keeps that token', async () => {
    const { endpoint, id, spent } = await answerOnDisk('keep-refresh-token');
    await replaySpool('all');
    expect((await readStored(id)).refreshToken).toBe(spent);
    expect(endpoint.isCurrent(spent)).toBe(true);
  });

  it('that is a refusal ends the connection in Salesforce’s words', async () => {
    const { id } = await answerOnDisk('expired');
    await replaySpool('all');
    expect((await readStored(id)).row).toMatchObject({
      state: 'needs_reconnect',
      problemDescription: 'expired access/refresh token',
    });
    expect(await listSpoolFiles()).toEqual([]);
  });

  it('is dropped when it was stored already, or its grant has moved on, and nothing is revoked', async () => {
    const { endpoint, id, held } = await answerOnDisk();
    const [name] = await readdir(spoolFolder());
    const file = path.join(spoolFolder(), name ?? '');
    const text = await readFile(file);
    await replaySpool('all');
    await writeFile(file, text);
    await replaySpool('all');
    expect((await readStored(id)).row.generation).toBe(2);
    await writeFile(file, text);
    await change(id, { generation: 9 });
    await withSystem('test', (tx) =>
      tx.execute(`DELETE FROM orgdock.refresh_attempts WHERE id = '${held.attemptId}'`),
    );
    await replaySpool('all');
    await settled();
    expect([(await readStored(id)).row.generation, endpoint.revokes]).toEqual([9, 0]);
    expect(await listSpoolFiles()).toEqual([]);
  });

  it('of a grant that was consented anew is revoked, not stored', async () => {
    const { endpoint, id } = await answerOnDisk();
    await change(id, { grantId: randomUUID(), generation: 2 });
    await replaySpool('all');
    await settled();
    expect((await readStored(id)).row.generation).toBe(2);
    expect([endpoint.revokes, endpoint.liveGrants, endpoint.violations]).toEqual([1, 0, []]);
  });

  it('is stored once by two processes', async () => {
    const { id, endpoint } = await answerOnDisk();
    await Promise.all([replaySpool('all'), replaySpool('all')]);
    await settled();
    expect((await readStored(id)).row).toMatchObject({ state: 'idle', generation: 2 });
    expect([endpoint.revokes, await listSpoolFiles()]).toEqual([0, []]);
  });

  it('is left to its holder while it is young', async () => {
    const { id } = await answerOnDisk();
    await replaySpool('old');
    expect((await readStored(id)).row.generation).toBe(1);
    setPolicy({ spoolAgeMs: -1 });
    await replaySpool('old');
    expect((await readStored(id)).row.generation).toBe(2);
  });

  it('that does not open stays for the operator, and does not hold up the others', async () => {
    const { id } = await answerOnDisk();
    await writeFile(path.join(spoolFolder(), `${randomUUID()}.answer`), 'not an answer');
    const ring = registry().slots.get('keyring');
    const value = Buffer.from('4fRk2mXv9QpLs7TzHcWb1NyDg6JuEa0i', 'latin1').map((b, i) => b ^ (i * 37));
    const other = { active: 'other', keys: { other: { value: Buffer.from(value).toString('base64url') } } };
    registry().slots.set('keyring', parseKeyRing(JSON.stringify(other), 'a test'));
    await replaySpool('all');
    expect(await listSpoolFiles()).toHaveLength(2);
    if (ring) registry().slots.set('keyring', ring);
    else registry().slots.delete('keyring');
    await replaySpool('all');
    expect(await listSpoolFiles()).toHaveLength(1);
    expect((await readStored(id)).row.generation).toBe(2);
  });
});

describe('a spool that takes nothing', () => {
  it('keeps no half of a file', async () => {
    const attemptId = randomUUID();
    // What cannot be written to its end: a folder stands where the file is to be.
    await mkdir(path.join(spoolFolder(), `${attemptId}.answer`), { recursive: true });
    await expect(writeSpoolFile(attemptId, 'an answer')).rejects.toThrow();
    expect(await readdir(spoolFolder())).toEqual([`${attemptId}.answer`]);
  });

  it('does not keep a refresh from being stored', async () => {
    await mkdir(path.dirname(spoolFolder()), { recursive: true });
    // A file where the folder should be: root may write into a folder without write bits.
    await writeFile(spoolFolder(), '');
    await chmod(spoolFolder(), 0o400);
    const endpoint = await startTokenEndpoint();
    const { connection, source } = await makeConnected(endpoint);
    endpoint.expireAccessTokens();
    expect(await callThrough(endpoint, source)).toBe(true);
    expect((await readStored(connection.id)).row.generation).toBe(2);
    await replaySpool('all');
    await rm(spoolFolder());
  });
});
