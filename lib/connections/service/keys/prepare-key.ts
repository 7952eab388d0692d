import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { appendAudit } from '@/lib/audit/append';
import { openKeys, storeCredentials } from '@/lib/connections/service/credentials';
import { certificateFacts, makeKeyPair } from '@/lib/connections/service/keys/key-pair';
import { requireServiceRow } from '@/lib/connections/service/require-row';
import type { PersonContext } from '@/lib/context';
import { assertAdmin } from '@/lib/environments/queries';
import { AppError } from '@/lib/errors';

/**
 * Makes a new key pair that waits beside the one in use until its certificate is in Salesforce. One that waits
 * already is replaced. Throws FORBIDDEN, NOT_FOUND, or CONFLICT for a flow without keys.
 */
export async function prepareServiceKey(ctx: PersonContext, id: string): Promise<void> {
  assertAdmin(ctx);
  const environment = await withSystem('service connection', async (tx) => {
    const { environmentId } = await requireServiceRow(tx, id);
    const [row] = await tx
      .select({ name: environments.name })
      .from(environments)
      .where(eq(environments.id, environmentId));
    return row;
  });
  // Outside of transactions: it takes a good part of a second.
  const next = await makeKeyPair(`Orgdock ${environment?.name ?? ''}`);
  await withSystem('service connection', async (tx) => {
    const row = await requireServiceRow(tx, id);
    if (row.flow !== 'jwt_bearer') {
      throw new AppError('CONFLICT', 'This service connection has no key.', {
        nextStep: 'Only the JWT bearer flow signs with one.',
      });
    }
    await storeCredentials(tx, row.id, { ...(await openKeys(tx, row)), next });
    await appendAudit(tx, ctx, {
      action: 'service_connection.prepare_key',
      subjectId: row.id,
      details: { name: row.name ?? '', fingerprint: certificateFacts(next.certificate).fingerprint },
    });
  });
}
