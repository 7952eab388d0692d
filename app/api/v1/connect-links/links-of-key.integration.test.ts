import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { GET } from '@/app/api/v1/connect-links/[id]/route';
import { POST } from '@/app/api/v1/connect-links/route';
import { withSystem } from '@/db/client';
import { apiKeys, idempotencyKeys } from '@/db/schema';
import { connectLinkAnswer, createdConnectLink } from '@/lib/broker/api-schemas/connect-links';
import type { KeyPolicy } from '@/lib/broker/types';
import { openLinkFrom } from '@/lib/consent/links/open-link';
import { keyRequest, type MadeKey, makeApiKey } from '@/tests/api-keys';
import { Browser } from '@/tests/browser';
import { grantBy, readLink } from '@/tests/connect-links';
import { auditOf, makeStubEnvironment } from '@/tests/consent';
import { makePerson } from '@/tests/factories';
import { startSalesforceStub, stubUser } from '@/tests/salesforce-stub';

const make = (key: MadeKey | null, body: unknown) =>
  POST(
    keyRequest(key?.secret ?? null, '/api/v1/connect-links', {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', 'idempotency-key': 'again' },
    }),
  );
const read = (key: MadeKey, id: string) =>
  GET(keyRequest(key.secret, `/api/v1/connect-links/${id}`), { params: Promise.resolve({ id }) });

async function world(policy: Partial<KeyPolicy> = {}) {
  const stub = await startSalesforceStub();
  const environment = await makeStubEnvironment(stub);
  const holder = await makePerson();
  const key = await makeApiKey(holder.id, policy, { name: 'Invoices' });
  const ask = { environment: environment.slug, purpose: 'Invoices of Acme', alias: 'acme' };
  return { stub, environment, holder, key, ask };
}

describe('POST /api/v1/connect-links', () => {
  it('gives a program a link, and the connection once somebody has used it', async () => {
    const { stub, environment, holder, key, ask } = await world();
    const response = await make(key, { ...ask, expiresIn: 600 });
    expect(response.status).toBe(201);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    const made = createdConnectLink.parse(await response.json());
    const token = made.url.replace('http://localhost:3000/connect/', '');
    expect(await openLinkFrom(token, new Browser().headers)).toMatchObject({
      state: 'open',
      holder: holder.displayName,
      program: 'Invoices',
    });
    const before = connectLinkAnswer.parse(await (await read(key, made.id)).json());
    expect(before).toMatchObject({ state: 'open', environment: environment.slug, connection: null });
    const link = { stub, environment, holder, id: made.id, token, ctx: null as never };
    expect(await grantBy(link, stubUser('ada'))).toBe(`/connect/done/${made.id}`);
    const after = connectLinkAnswer.parse(await (await read(key, made.id)).json());
    const { connectionId } = await readLink(made.id);
    expect(after).toMatchObject({ state: 'used', connection: { id: connectionId, alias: 'acme' } });
    const [row] = (await auditOf('connect_link.create')).slice(-1);
    expect(row).toMatchObject({ subjectId: made.id, personId: holder.id });
  });

  it('keeps the address nowhere, whatever the caller sends to be answered alike', async () => {
    const { key, ask } = await world();
    const urls = new Set<string>();
    for (const alias of ['one', 'two']) {
      urls.add(createdConnectLink.parse(await (await make(key, { ...ask, alias })).json()).url);
    }
    expect(urls.size).toBe(2);
    expect(await withSystem('test', (tx) => tx.select().from(idempotencyKeys))).toEqual([]);
  });

  it.each<[string, Partial<KeyPolicy>, string]>([
    ['named queries only', { access: 'named_queries' }, 'access'],
    ['certain connections', { connections: [crypto.randomUUID()] }, 'connections'],
    ['no connection at all', { connections: [] }, 'connections'],
    ['other environments', { environments: [crypto.randomUUID()] }, 'environments'],
  ])('refuses a key that is held to %s, and names the rule', async (_, policy, rule) => {
    const { key, ask } = await world(policy);
    const response = await make(key, ask);
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ code: 'POLICY_REFUSED', rule });
    expect((await auditOf('api_key.denied')).at(-1)).toMatchObject({ subjectId: key.id, details: { rule } });
  });

  it('allows a key that only reads, in the environments of its policy', async () => {
    const { environment, holder, ask } = await world();
    const key = await makeApiKey(holder.id, { access: 'read', environments: [environment.id] });
    expect((await make(key, ask)).status).toBe(201);
  });

  it.each<[string, unknown, number]>([
    ['an unknown field', { scopes: ['full'] }, 400],
    ['a holder', { holderId: crypto.randomUUID() }, 400],
    ['too short a life', { expiresIn: 1 }, 400],
    ['an environment that is not there', { environment: 'made-up' }, 404],
  ])('refuses %s', async (_, wrong, status) => {
    const { key, ask } = await world();
    const response = await make(key, { ...ask, ...(wrong as object) });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  });

  it('needs a key that lives, and takes no cookie in its place', async () => {
    const { key, ask, holder } = await world();
    expect((await make(null, ask)).status).toBe(401);
    const browser = new Browser();
    await browser.signIn(holder);
    expect((await POST(browser.post('/api/v1/connect-links', ask))).status).toBe(401);
    await withSystem('test', (tx) =>
      tx.update(apiKeys).set({ revokedAt: new Date() }).where(eq(apiKeys.id, key.id)),
    );
    expect((await make(key, ask)).status).toBe(401);
  });
});

describe('GET /api/v1/connect-links/{id}', () => {
  it('is 404 for what another key made, also of the same person, and for what is no id', async () => {
    const { key, ask, holder } = await world();
    const { id } = createdConnectLink.parse(await (await make(key, ask)).json());
    const sibling = await makeApiKey(holder.id);
    const stranger = await makeApiKey((await makePerson({ role: 'admin' })).id);
    for (const other of [sibling, stranger]) expect((await read(other, id)).status).toBe(404);
    for (const made of [crypto.randomUUID(), "' OR true --"])
      expect((await read(key, made)).status).toBe(404);
    expect((await read(key, id)).status).toBe(200);
  });
});
