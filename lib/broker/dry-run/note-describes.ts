import type { DryRun } from '@/lib/broker/dry-run/types';
import type { KeyDetail } from '@/lib/broker/keys/types';
import type { Describe } from '@/lib/broker/policy/types';
import { requireReadable } from '@/lib/connections/queries';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { withRecords } from '@/lib/records/with-records';
import { describeIfVisible } from '@/lib/salesforce/describe';

/** Describes through a connection of the key's owner, as they alone may, and what that came to so far. */
export function noteDescribes(
  ctx: PersonContext,
  { isOwn }: KeyDetail,
  connectionId: string,
): { describe: Describe; noted: Pick<DryRun, 'described' | 'calls'> } {
  const noted: Pick<DryRun, 'described' | 'calls'> = { described: [], calls: 0 };
  const describe: Describe = async (sobject) => {
    if (!isOwn) throw onlyOwner(sobject);
    const connection = await requireReadable(ctx, connectionId);
    return await withRecords(ctx, connection, async ({ client, reader }) => {
      const found = await describeIfVisible(client, sobject, `${reader.orgId} ${reader.userId}`);
      if (found && !noted.described.includes(found.name)) noted.described.push(found.name);
      noted.calls += client.meter.calls;
      return found;
    });
  };
  return { describe, noted };
}

function onlyOwner(sobject: string): AppError {
  return new AppError(
    'CONFLICT',
    `Whether it is allowed depends on what ${sobject} looks like to the owner.`,
    {
      nextStep: 'Only the owner’s own dry run asks Salesforce that.',
    },
  );
}
