import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundled } from './bundled';
import { startScript } from './portal-process';
import { prepareSeededPortal } from './seeded-portal';
import { Visitor } from './visitor';

const ADA = 'ada@acme.example';
const GRACE = 'grace@acme.example';
const portal = prepareSeededPortal();

/** `npm run admin -- …`, beside the portal. */
async function admin(...args: string[]): Promise<{ status: number | NodeJS.Signals; output: string }> {
  const script = startScript([bundled('admin'), ...args], {
    ...portal.settings,
    LOG_LEVEL: 'silent',
  });
  return { status: await script.ended, output: script.output() };
}

async function liveGrants() {
  const grants = await portal.control.listGrants('production');
  return grants.filter(({ ended, refreshToken }) => ended === null && refreshToken !== null);
}

async function connected(username: string): Promise<{ visitor: Visitor; id: string }> {
  const visitor = new Visitor(portal.origin);
  await visitor.signIn(username);
  return { visitor, id: await visitor.connect(username) };
}

beforeAll(async () => {
  await portal.start();
});
beforeEach(() => portal.control.clearFaults());

describe('npm run admin -- revoke-everything', () => {
  it('says what it will do, and does nothing without being told twice', async () => {
    await connected(ADA);
    const { status, output } = await admin('revoke-everything', '--all');
    expect([status, output]).toEqual([2, expect.stringContaining('needs --yes')]);
    for (const wrong of [[], ['--all', '--environment', 'uat'], ['--everything'], ['stray']]) {
      expect((await admin('revoke-everything', ...wrong, '--yes')).status).toBe(2);
    }
    expect(await admin('revoke-everything', '--environment', 'moon', '--yes')).toMatchObject({
      status: 1,
      output: expect.stringContaining('Known are: production, uat'),
    });
    expect(await liveGrants()).toHaveLength(1);
  });

  it('keeps to one person', async () => {
    await connected(GRACE);
    const { status, output } = await admin('revoke-everything', '--person', GRACE, '--yes');
    expect([status, output]).toEqual([0, expect.stringContaining('1 by introspection')]);
    expect((await liveGrants()).map(({ username }) => username)).toEqual([ADA]);
  });

  it('ends every grant under a portal that is busy with them, and nothing comes back', async () => {
    const people = [await connected(ADA), await connected(GRACE)];
    await portal.control.act({ act: 'expire_access_tokens', org: 'production' });
    let over = false;
    const busy = people.map(async ({ visitor, id }) => {
      while (!over) await (await visitor.get(`/connections/${id}/accounts`)).text();
    });
    const { status, output } = await admin('revoke-everything', '--all', '--yes');
    over = true;
    await Promise.all(busy);
    expect(status, output).toBe(0);
    expect(output).toContain('2 connections disconnected and revoked at the org');
    expect(output).toMatch(/2 of 2 · \d confirmed · 0 not confirmed/);
    expect(output).toMatch(/Confirmed: 2\n/);
    expect(output).toMatch(/Not confirmed: 0\n/);
    expect(await liveGrants()).toEqual([]);
    for (const { visitor, id } of people) {
      expect(await (await visitor.get(`/connections/${id}`)).text()).toContain('Disconnected');
    }
    expect(await liveGrants()).toEqual([]);
    expect(await portal.control.counts()).toMatchObject({
      violations: 0,
      introspectedConsumed: 0,
      unknown: 0,
    });
  });

  it('ends with 1 and says what is left while the org is away, and works on it when told again', async () => {
    await connected(GRACE);
    await portal.control.addFault({ endpoint: 'revoke', fault: 'drop_before', count: null });
    const first = await admin('revoke-everything', '--environment', 'production', '--yes');
    expect(first.status, first.output).toBe(1);
    expect(first.output).toContain('Not confirmed: 1');
    expect(first.output).toMatch(/Grace Whitmore · Production · grace@acme\.example\n.*tried again at 20/);
    expect(await liveGrants()).toHaveLength(1);
    await portal.control.clearFaults();
    const second = await admin('revoke-everything', '--environment', 'production', '--yes');
    expect(second.status, second.output).toBe(0);
    expect(second.output).toContain('1 disconnected before and not confirmed');
    expect(await liveGrants()).toEqual([]);
    expect(first.output + second.output).not.toMatch(/5Aep|00D[A-Za-z0-9]{12,15}!/);
  });
});
