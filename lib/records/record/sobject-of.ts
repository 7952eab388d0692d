import { AppError } from '@/lib/errors';
import type { RecordsAccess } from '@/lib/records/with-records';
import { describeGlobal } from '@/lib/salesforce/objects/describe-global';
import type { GlobalSobject } from '@/lib/salesforce/types';

/** The objects that the reader sees, and the one that a record id belongs to by its first three characters. Throws
 * SALESFORCE_NOT_FOUND. */
export async function sobjectOf(
  { client, reader }: RecordsAccess,
  recordId: string,
): Promise<{ sobject: GlobalSobject; all: readonly GlobalSobject[] }> {
  const all = await describeGlobal(client, `${reader.orgId} ${reader.userId}`);
  const prefix = recordId.slice(0, 3);
  const sobject = all.find(({ keyPrefix }) => keyPrefix === prefix);
  if (sobject) return { sobject, all };
  throw new AppError(
    'SALESFORCE_NOT_FOUND',
    `No object that you see has records whose id begins with ${prefix}.`,
    {
      nextStep:
        'Check the id, and that it comes from this org. The object may also be hidden from you: a Salesforce administrator can change that.',
    },
  );
}
