import { createHash } from 'node:crypto';
import { desc, eq } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withSystem } from '@/db/client';
import { auditLog, connections, strayGrants } from '@/db/schema';
import { sweepRevocations } from '@/lib/connections/revocation/sweep';
import { redirectUriOf } from '@/lib/environments/redirect-uri';
import { settled } from '@/tests/connected';
import { makeStubEnvironment } from '@/tests/consent';
import { shiftDatabaseClock } from '@/tests/database-owner';
import { makeContext } from '@/tests/factories';
import { sendJson } from '@/tests/loopback';
import { type SalesforceStub, startSalesforceStub, stubUser } from '@/tests/salesforce-stub';
import { holdTwoSecrets } from '@/tests/two-secrets';
import { exchangeCodeByHand } from './commands';

/** Which row of an exchange the database does not take. */
const audit = vi.hoisted(() => ({ refuses: null as 'started' | 'finished' | null }));

vi.mock('@/lib/audit/append', async (original) => {
  const actual = await original<typeof import('@/lib/audit/append')>();
  return {
    ...actual,
    appendAudit: async (...[tx, who, entry]: Parameters<typeof actual.appendAudit>) => {
      if (audit.refuses !== null && 'state' in entry.details && entry.details.state === audit.refuses) {
        throw new Error('no audit');
      }
      return actual.appendAudit(tx, who, entry);
    },
  };
});

beforeEach(() => {
  audit.refuses = null;
});

const VERIFIER = 'a-verifier-that-is-long-enough-for-rfc-7636-abc';
const ada = stubUser('ada');

/** A consent without an attempt, as an administrator does it by hand. */
function codeOf(stub: SalesforceStub, redirectUri: string, scope = 'openid api refresh_token'): string {
  const query = new URLSearchParams({
    client_id: stub.clientId,
    redirect_uri: redirectUri,
    scope,
    code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return stub.allow(`${stub.origin}/services/oauth2/authorize?${query}`, ada).get('code') ?? '';
}

async function stage(values: Parameters<typeof makeStubEnvironment>[1] = {}) {
  const stub = await startSalesforceStub();
  const { id, slug } = await makeStubEnvironment(stub, values);
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

/** Rows about a subject, the newest first. */
const auditsOf = (subjectId: string) =>
  withSystem('test', (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.subjectId, subjectId)).orderBy(desc(auditLog.id)),
  );
const lastAudit = async (subjectId: string) => (await auditsOf(subjectId))[0];

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
      details: { state: 'finished', clientId: stub.clientId, storedSecret: true, revoked: true },
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

  it('never sends the secret before to another client id, whatever the org says of the one entered', async () => {
    const { stub, id, slug, form, ctx } = await stage();
    await holdTwoSecrets(id, 'the-next-secret', 'the-secret-before');
    const sent: string[] = [];
    stub.override.revoke = ({ body }, response) => {
      sent.push(body);
      return sendJson(response, 401, { error: 'invalid_client', error_description: 'no' });
    };
    // Without an id_token, which would name the environment's own app.
    const code = codeOf(stub, form.redirectUri, 'api refresh_token');
    const foreign = { ...form, code, clientId: 'another', clientSecret: stub.clientSecret };
    await exchangeCodeByHand(ctx, { slug, form: foreign });
    await settled();
    expect(sent.length).toBeGreaterThan(0);
    expect(sent.join()).not.toMatch(/the-next-secret|the-secret-before/);
    // The environment's own app may be asked with it.
    await exchangeCodeByHand(ctx, { slug, form: { ...form, clientSecret: stub.clientSecret } });
    await settled();
    expect(sent.join()).toContain('the-secret-before');
  });

  it('is audited before anything is sent, and not sent when that fails', async () => {
    const { stub, id, slug, form, ctx } = await stage();
    const seen: unknown[] = [];
    audit.refuses = 'started';
    await expect(exchangeCodeByHand(ctx, { slug, form })).rejects.toThrow('no audit');
    expect(stub.tokenRequests).toEqual([]);
    audit.refuses = null;
    stub.override.token = async (_, response) => {
      seen.push(...(await auditsOf(id)));
      sendJson(response, 400, { error: 'invalid_grant', error_description: 'expired authorization code' });
    };
    await expect(exchangeCodeByHand(ctx, { slug, form })).rejects.toMatchObject({
      salesforce: { error: 'invalid_grant' },
    });
    expect(seen).toMatchObject([{ details: { state: 'started', clientId: stub.clientId } }]);
    expect((await auditsOf(id)).map(({ details }) => details.state)).toEqual(['finished', 'started']);
  });

  it('shows its result even when the end cannot be audited', async () => {
    const { slug, form, ctx } = await stage();
    audit.refuses = 'finished';
    expect(await exchangeCodeByHand(ctx, { slug, form })).toMatchObject({ revocation: { confirmed: true } });
    await expect(exchangeCodeByHand(ctx, { slug, form })).rejects.toMatchObject({
      salesforce: { error: 'invalid_grant' },
    });
  });

  it('queues a grant whose end the org does not confirm, and ends it later', async () => {
    const { stub, id, slug, form, ctx } = await stage();
    stub.override.revoke = (_, response) => response.writeHead(503).end();
    const exchanged = await exchangeCodeByHand(ctx, { slug, form });
    expect(exchanged.revocation).toMatchObject({ confirmed: false, fault: { status: 503 } });
    await settled();
    const queued = () =>
      withSystem('test', (tx) => tx.select().from(strayGrants).where(eq(strayGrants.environmentId, id)));
    const [stray] = await queued();
    expect(stray).toMatchObject({ finishedAt: null, clientId: stub.clientId, token: expect.any(String) });
    for (const token of stub.issued) expect(stray?.token).not.toContain(token);
    stub.override = {};
    await shiftDatabaseClock(3 * 60_000);
    await sweepRevocations();
    expect(await queued()).toMatchObject([{ outcome: 'confirmed', token: null }]);
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

  it('asks for the name of production before anything is sent', async () => {
    const { stub, id, slug, form, ctx } = await stage({ name: 'Production', isProduction: true });
    for (const confirmation of [undefined, '', 'production']) {
      const unconfirmed = { ...form, ...(confirmation === undefined ? {} : { confirmation }) };
      await expect(exchangeCodeByHand(ctx, { slug, form: unconfirmed })).rejects.toMatchObject({
        code: 'INVALID_INPUT',
        details: { confirmation: expect.any(String) },
      });
    }
    expect(stub.tokenRequests).toEqual([]);
    expect(await auditsOf(id)).toEqual([]);
    const confirmed = { ...form, confirmation: ' Production ' };
    expect(await exchangeCodeByHand(ctx, { slug, form: confirmed })).toMatchObject({
      revocation: { confirmed: true },
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
