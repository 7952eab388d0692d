import { withActor } from '@/db/client';
import { appendAudit } from '@/lib/audit/append';
import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { sobjectOf } from '@/lib/records/record/sobject-of';
import { withRecords } from '@/lib/records/with-records';
import { lightningRecordPath } from '@/lib/salesforce/lightning/record-path';
import { allowsSingleAccess, singleAccess } from '@/lib/salesforce/lightning/single-access';

/** Whether a record can be opened in Salesforce without signing in there: one's own grant, for Salesforce's pages too. */
export function opensSignedIn({ service, scopes }: Pick<ReadableConnection, 'service' | 'scopes'>): boolean {
  return service === null && allowsSingleAccess(scopes);
}

/**
 * A one-time address that opens a record in Salesforce as the connection's own user; audited before it leaves, and never
 * to be kept or logged. Throws FORBIDDEN for a service connection, SALESFORCE_FORBIDDEN without the scope `web`, and as
 * `singleAccess` and `withRecords` do.
 */
export async function openInSalesforce(
  ctx: PersonContext,
  connection: ReadableConnection,
  recordId: string,
): Promise<string> {
  requireOpening(connection);
  const { sobject, url } = await withRecords(ctx, connection, async (access) => {
    const { name } = (await sobjectOf(access, recordId)).sobject;
    const path = lightningRecordPath(name, recordId);
    return { sobject: name, url: await singleAccess(access.client, path) };
  });
  await withActor(ctx, (tx) =>
    appendAudit(tx, ctx, {
      action: 'record.open_in_salesforce',
      subjectId: connection.id,
      details: { sobject, recordId },
    }),
  );
  return url;
}

function requireOpening({ service, scopes }: ReadableConnection): void {
  const nextStep = 'Use the plain link, and sign in to Salesforce as yourself.';
  if (service !== null) {
    throw new AppError(
      'FORBIDDEN',
      'Nobody is signed in to Salesforce as the user of a service connection.',
      {
        nextStep,
      },
    );
  }
  if (allowsSingleAccess(scopes)) return;
  throw new AppError(
    'SALESFORCE_FORBIDDEN',
    'This connection was given without the scope “web”, so Orgdock cannot sign you in to Salesforce.',
    { nextStep },
  );
}
