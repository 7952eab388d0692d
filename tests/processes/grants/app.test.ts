import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { connectionSecrets } from '@/db/schema';
import { makeContext } from '../../factories';
import { bundled } from '../bundled';
import { startScript } from '../portal-process';
import { openStage, SCALED } from './stage';

/** Many claims at once take their time on a busy machine: the right to send lasts as in production. */
const stage = openStage({
  policy: { ...SCALED, leaseMs: 60_000, renewEveryMs: 20_000, sendWithinMs: 20_000 },
});

const activeKey = () => (JSON.parse(readFileSync(stage.keyRingFile, 'utf8')) as { active: string }).active;

/** The key that seals a connection's refresh token. */
async function sealedWith(connectionId: string): Promise<string | undefined> {
  const [secret] = await withSystem('test', (tx) =>
    tx.select().from(connectionSecrets).where(eq(connectionSecrets.connectionId, connectionId)),
  );
  return decodeProtectedHeader(secret?.refreshToken ?? '').kid;
}

/** `npm run admin -- rotate-keys`, beside the processes. */
async function rotateKeys(): Promise<void> {
  const settings = { ...stage.settingsOf('host'), LOG_LEVEL: 'silent' };
  const script = startScript([bundled('admin'), 'rotate-keys'], settings);
  expect(await script.ended, script.output()).toBe(0);
}

describe('a rotation of the keys', () => {
  it('while Salesforce holds a refresh: the answer is sealed with the new key, and serves', async () => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair();
    const before = activeKey();
    const { calls } = await stage.refreshMeets({ fault: 'slow', ms: 8_000 }, { through: holder, id });
    await Promise.all([rotateKeys(), calls]);
    expect(await stage.recovered('keys rotated while Salesforce is at work', other, id)).toBe('serves');
    expect(activeKey()).not.toBe(before);
    expect(await sealedWith(id)).toBe(activeKey());
    await stage.control.act({ org: 'production', act: 'expire_access_tokens' });
    expect(await stage.recovered('keys rotated, at the next 401', other, id)).toBe('serves');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 2 });
  });

  it('while an answer is on disk only: the key before opens it', async () => {
    const id = await stage.expired();
    const [holder, other] = await stage.pair({ host: 'disk' });
    await holder.reach('spooled', 'SIGSTOP', { connectionId: id });
    other.signal('SIGSTOP');
    await rotateKeys();
    holder.signal('SIGKILL');
    other.signal('SIGCONT');
    expect(await stage.recovered('keys rotated over a spooled answer', other, id, false)).toBe('serves');
    expect(await sealedWith(id)).toBe(activeKey());
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: 1 });
  });
});

/** As many as Salesforce gives three users: five each. */
const PEOPLE = 5;
const USERS = ['ada', 'grace', 'franz'] as const;

describe('an app whose secret is wrong', () => {
  it('is asked once by each, then by one at a time; nobody loses a grant, and all serve when it is mended', async () => {
    await stage.clear();
    const owners = await Promise.all(Array.from({ length: PEOPLE }, () => makeContext()));
    const ids: string[] = [];
    for (const owner of owners) for (const user of USERS) ids.push(await stage.connect(user, owner));
    const pair = await stage.pair();
    const everybody = () => Promise.all(pair.map((one) => one.calls(ids, 2)));
    const { clientSecret } = stage.org;
    await stage.control.act({ org: 'production', act: 'change_secret', clientSecret: 'another' });
    await stage.expire();

    const started = performance.now();
    for (const { served } of await everybody()) expect(served).toBe(0);
    const atOnce = await stage.tokenRequests();
    expect(atOnce).toBeGreaterThan(0);
    expect(atOnce).toBeLessThanOrEqual(ids.length);
    for (let round = 0; round < 8; round += 1) await everybody();
    const pauses = Math.ceil((performance.now() - started) / SCALED.appPauseMs);
    expect((await stage.tokenRequests()) - atOnce).toBeLessThanOrEqual(pauses);
    for (const id of ids) expect(await stage.row(id)).toMatchObject({ state: 'idle', generation: 1 });

    await stage.control.act({ org: 'production', act: 'change_secret', clientSecret });
    await stage.until(async () => (await everybody()).every(({ served }) => served === 2 * ids.length));
    await stage.note(`secret wrong for ${ids.length} connections, ${atOnce} asked at once`, 'when mended');
    expect(await stage.control.counts()).toMatchObject({ violations: 0, refreshes: ids.length });
  });
});
