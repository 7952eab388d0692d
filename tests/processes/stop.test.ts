import { describe, expect, it, vi } from 'vitest';
import { prepareSeededPortal } from './seeded-portal';
import { Visitor } from './visitor';

const ADA = 'ada@acme.example';
const portal = prepareSeededPortal();

/** Resolves once Salesforce has a refresh in its hands. */
async function refreshIsUnderWay(): Promise<void> {
  const isThere = async () => {
    const requests = await portal.control.listRequests({ org: 'production' });
    return requests.some(({ params }) => params.grant_type === 'refresh_token');
  };
  await vi.waitUntil(isThere, { timeout: 60_000 });
}

describe('a portal that is stopped', () => {
  it('finishes a token request that Salesforce already has, and the grant lives on', async () => {
    const stopping = await portal.start();
    const ada = new Visitor(portal.origin);
    await ada.signIn(ADA);
    const id = await ada.connect(ADA);
    expect(await ada.countRecords(id, 'accounts')).toBe(20);

    await portal.control.clearLedger();
    await portal.control.act({ org: 'production', act: 'expire_access_tokens' });
    await portal.control.addFault({ org: 'production', fault: 'slow', endpoint: 'refresh', ms: 20_000 });
    const page = ada.get(`/connections/${id}/accounts`).then((answer) => answer.text());
    page.catch(() => undefined);
    await refreshIsUnderWay();
    stopping.child.kill('SIGTERM');
    await stopping.says('Waiting for token requests');
    expect((await fetch(`${portal.origin}/api/ready`)).status).toBe(503);
    expect(await stopping.ended).toBe(0);

    await portal.start();
    expect(await ada.countRecords(id, 'accounts')).toBe(20);
    expect(await portal.control.counts()).toMatchObject({ refreshes: 1, violations: 0, unknown: 0 });
  });

  it('loses nothing that was confirmed when it is killed', async () => {
    const killed = await portal.start();
    const ada = new Visitor(portal.origin);
    await ada.signIn(ADA);
    const id = await ada.connect(ADA);
    killed.child.kill('SIGKILL');
    await killed.ended;

    await portal.start();
    expect(await ada.countRecords(id, 'accounts')).toBe(20);
    expect(await portal.control.counts()).toMatchObject({ violations: 0 });
  });
});

describe('the address of a client', () => {
  /** The address that the session of this visitor was opened from, as the account page shows it. */
  async function addressSeen(headers: Record<string, string>): Promise<string> {
    const visitor = new Visitor(portal.origin, headers);
    await visitor.signIn(ADA);
    return await (await visitor.get('/account')).text();
  }

  it('is the socket’s, whatever the client claims', async () => {
    await portal.start();
    const page = await addressSeen({ 'x-forwarded-for': '203.0.113.77' });
    expect(page).toContain('127.0.0.1');
    expect(page).not.toContain('203.0.113.77');
  });

  it('is what a trusted proxy says', async () => {
    await portal.start({ ORGDOCK_TRUSTED_PROXIES: '127.0.0.0/8, ::1' });
    expect(await addressSeen({ 'x-forwarded-for': '203.0.113.77' })).toContain('203.0.113.77');
  });
});
