import { randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { breaches, connections } from '@/db/schema';
import { startBreach } from '@/lib/custody/breach/commands';
import { exportBreachReport } from '@/lib/custody/breach/report/commands';
import { verifyReport } from '@/lib/custody/breach/report/verify-report';
import { auditKey, signAuditStatement } from '@/lib/vault/audit-statement';
import { sealAll } from '@/tests/audit-chain';
import { makeConnected, settled } from '@/tests/connected';
import { auditOf } from '@/tests/consent';
import { makeContext } from '@/tests/factories';
import { useKeyring } from '@/tests/key-ring';
import { startTokenEndpoint } from '@/tests/token-endpoint';

beforeEach(async () => {
  await withSystem('test', async (tx) => {
    await tx.delete(connections);
    await tx.delete(breaches);
  });
});

async function pressed() {
  const endpoint = await startTokenEndpoint();
  const { ctx, environment, connection } = await makeConnected(endpoint);
  const admin = await makeContext('admin');
  const form = { reason: 'A backup was lost.', backupDays: '14', confirmation: 'everything' };
  const id = await startBreach(admin, { choice: { kind: 'all', name: '' }, form });
  await settled();
  await sealAll();
  return { admin, id, endpoint, owner: ctx, environment, connection };
}

describe('the report on a breach', () => {
  it('is signed, says everything, and holds no token', async () => {
    const { admin, id, owner, environment, connection } = await pressed();
    const jws = await exportBreachReport(admin, id);
    const { report, isSigned } = await verifyReport(jws);
    expect(isSigned).toBe(true);
    expect(report).toMatchObject({
      issuedBy: { id: admin.personId, name: admin.displayName },
      breach: {
        id,
        scope: { kind: 'all', id: null, name: 'everything' },
        reason: 'A backup was lost.',
        startedBy: { id: admin.personId },
        finishedAt: expect.any(String),
        sessions: { asked: false, ended: 0 },
        backups: { keptDays: 14, mayHoldUntil: expect.any(String) },
      },
      grants: [
        {
          kind: 'connection',
          id: connection.id,
          grantId: connection.grantId,
          ownerName: owner.displayName,
          environmentName: environment.name,
          username: connection.username,
          outcome: 'confirmed',
          proof: 'introspection',
          forgottenAt: expect.any(String),
        },
      ],
      auditChain: { position: expect.any(Number), hash: expect.stringMatching(/^[\w-]{43}$/) },
      key: { kid: auditKey().kid, jwk: auditKey().publicJwk },
    });
    expect(report?.auditChain.position).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toMatch(/5Aep|00D\w{12,15}!/);
    expect((await auditOf('breach.export')).at(-1)).toMatchObject({
      subjectId: id,
      personId: admin.personId,
      details: { grants: 1, finished: true, sha256: expect.stringMatching(/^[\w-]{43}$/) },
    });
  });

  it('is not believed with a byte changed, but read', async () => {
    const { admin, id } = await pressed();
    const [header, payload = '', signature] = (await exportBreachReport(admin, id)).split('.');
    const text = Buffer.from(payload, 'base64url')
      .toString()
      .replace('A backup was lost.', 'A backup was lent.');
    const changed = [header, Buffer.from(text).toString('base64url'), signature].join('.');
    expect(await verifyReport(changed)).toMatchObject({
      isSigned: false,
      report: { breach: { reason: 'A backup was lent.' } },
    });
    expect(await verifyReport('no report')).toEqual({ report: null, isSigned: false });
  });

  it('is not believed from another ring', async () => {
    const { admin, id } = await pressed();
    const jws = await exportBreachReport(admin, id);
    const value = randomBytes(32).toString('base64url');
    useKeyring(JSON.stringify({ active: 'other', keys: { other: { value } } }));
    expect(await verifyReport(jws)).toMatchObject({ isSigned: false, report: { breach: { id } } });
  });

  it('is no other statement that the ring has signed', async () => {
    expect(await verifyReport(await signAuditStatement({ statement: 'orgdock audit checkpoint' }))).toEqual({
      report: null,
      isSigned: false,
    });
  });

  it('says what is still open while the breach goes on', async () => {
    const endpoint = await startTokenEndpoint();
    await makeConnected(endpoint);
    endpoint.revokeFaults.push('http-503');
    const admin = await makeContext('admin');
    const form = { reason: 'A backup was lost.', backupDays: '', confirmation: 'everything' };
    const id = await startBreach(admin, { choice: { kind: 'all', name: '' }, form });
    await settled();
    const { report } = await verifyReport(await exportBreachReport(admin, id));
    expect(report).toMatchObject({
      breach: { finishedAt: null, backups: { keptDays: null, mayHoldUntil: null } },
      grants: [
        { outcome: 'open', error: expect.stringContaining('http_503'), nextTryAt: expect.any(String) },
      ],
    });
  });
});
