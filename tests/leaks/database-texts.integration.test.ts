import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withSystem } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import { seal } from '@/lib/vault/seal';
import { asOwner } from '../database-owner';
import { makeConnection, makeContext, makeEnvironment } from '../factories';
import { databaseTexts } from './database-texts';
import { madeUp } from './made-up-tokens';
import { SecretScanner } from './secret-scanner';

describe('the texts of the database', () => {
  it('show a token in any column, JSON and jobs too, but not where it is sealed', async () => {
    const token = madeUp.refreshToken();
    const scanner = new SecretScanner([{ kind: 'refresh token', value: token }]);
    const find = async () => scanner.scan(await asOwner(databaseTexts)).map(({ place }) => place);
    const environmentId = (await makeEnvironment()).id;
    const ctx = await makeContext();
    const id = randomUUID();
    const place = { table: 'connection_secrets', rowId: id } as const;
    const sealed = {
      accessToken: await seal(token, { ...place, column: 'access_token' }),
      refreshToken: await seal(token, { ...place, column: 'refresh_token' }),
    };
    await makeConnection({ ownerId: ctx.personId, environmentId }, { id, sealedTokens: sealed });
    expect(await find()).toEqual([]);

    await makeConnection(
      { ownerId: ctx.personId, environmentId },
      { problemDescription: `expired ${token}`, scopes: ['api', encodeURIComponent(token)] },
    );
    await withSystem('test', async (tx) => {
      const details = { reason: Buffer.from(token).toString('base64'), connections: 0 };
      await appendAudit(tx, ctx, { action: 'portal.restored', subjectId: 'database', details });
    });
    await asOwner(
      (sql) => sql`SELECT graphile_worker.add_job('nothing', ${JSON.stringify({ token })}::json)`,
    );
    expect((await find()).sort()).toEqual([
      'graphile_worker._private_jobs.payload',
      'orgdock.audit_log.details',
      'orgdock.connections.problem_description',
      'orgdock.connections.scopes',
    ]);
  });
});
