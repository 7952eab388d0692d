import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections } from '@/db/schema';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { makeStubEnvironment } from '@/tests/consent';
import { makeContext } from '@/tests/factories';
import { type SalesforceStub, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';
import { exchangeCodeByHand } from './commands';

const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-abc';
const ada = stubUser('ada');

/** A consent without an attempt, as an administrator does it by hand. */
function codeOf(stub: SalesforceStub, redirectUri: string): string {
  const query = new URLSearchParams({
    client_id: stub.clientId,
    redirect_uri: redirectUri,
    scope: 'openid api refresh_token',
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return stub.allow(`${stub.origin}/services/oauth2/authorize?${query}`, ada).get('code') ?? '';
}

async function stage() {
  const stub = await startSalesforceStub();
  const { id, slug } = await makeStubEnvironment(stub);
  const redirectUri = redirectUriOf(slug);
  const form = {
    redirectUri,
    clientId: stub.clientId,
    clientSecret: '',
    code: codeOf(stub, redirectUri),
    codeVerifier: VERIFIER,
  };
  return { stub, id, slug, form, ctx: await makeContext('admin') };
}

async function lastAudit(subjectId: string) {
  const rows = await withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(desc(auditLog.id)),
  );
  return rows[0];
}

describe('exchanging a code by hand', () => {
  it('sends the stored secret, shows no token, revokes, audits and stores nothing', async () => {
    const { stub, id, slug, form, ctx } = await stage();
    const exchanged = await exchangeCodeByHand(ctx, { slug, form });
    expect(stub.tokenRequests[0]?.get('client_secret')).toBe(stub.clientSecret);
    expect(exchanged).toMatchObject({ revocation: { confirmed: true }, signature: 'wrong' });
    expect(stub.revoked).toHaveLength(1);
    const held = await withSystem('test', (tx) => tx.$count(connections, eq(connections.environmentId, id)));
    expect(held).toBe(0);
    const audit = await lastAudit(id);
    expect(audit).toMatchObject({
      action: 'environment.exchange_code',
      outcome: 'done',
      personId: ctx.personId,
      details: { clientId: stub.clientId, storedSecret: true, revoked: true },
    });
    const shown = JSON.stringify([exchanged, audit]);
    for (const secret of [...stub.issued, stub.clientSecret, form.code, VERIFIER]) {
      expect(shown).not.toContain(secret);
    }
  });

  it('keeps the stored secret from another client id, and what is entered goes before it', async () => {
    const { stub, slug, form, ctx } = await stage();
    const asked = (changes: object) =>
      exchangeCodeByHand(ctx, { slug, form: { ...form, ...changes } }).catch(() => undefined);
    await asked({ clientId: 'another' });
    await asked({ clientSecret: 'what-was-entered' });
    expect(stub.tokenRequests.map((sent) => sent.get('client_secret'))).toEqual([null, 'what-was-entered']);
  });

  it('passes on Salesforce’s words, and keeps them in the audit log', async () => {
    const { id, slug, form, ctx } = await stage();
    await expect(
      exchangeCodeByHand(ctx, { slug, form: { ...form, codeVerifier: 'w'.repeat(43) } }),
    ).rejects.toMatchObject({ salesforce: { error: 'invalid_grant', description: 'invalid code verifier' } });
    expect(await lastAudit(id)).toMatchObject({
      outcome: 'failed',
      details: { error: 'invalid_grant', description: 'invalid code verifier', status: 400 },
    });
  });

  it('denies members and auditors, and knows no environment that is not there', async () => {
    const { stub, slug, form, ctx } = await stage();
    for (const role of ['member', 'auditor'] as const) {
      const other = await makeContext(role);
      await expect(exchangeCodeByHand(other, { slug, form })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    }
    await expect(exchangeCodeByHand(ctx, { slug: 'no-such', form })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(stub.tokenRequests).toEqual([]);
  });
});
