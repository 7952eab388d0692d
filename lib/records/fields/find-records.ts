import type { ReadableConnection } from '@/lib/connections/types';
import type { PersonContext } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { costOf } from '@/lib/records/window/row-window';
import { type RecordsAccess, withRecords } from '@/lib/records/with-records';
import { describeSobject } from '@/lib/salesforce/describe';
import { runQuery } from '@/lib/salesforce/query';
import type { SobjectDescribe } from '@/lib/salesforce/types';
import { containsCondition, selectStatement } from '@/lib/soql/select';
import type { LookupInput } from './schema';
import type { LookupOption, LookupOptions } from './types';

const MOST = 10;
/** The smallest batch that Salesforce takes. */
const BATCH = 200;

/** What tells records of the same name apart, the best first. */
const DETAILS = ['Username', 'Email', 'BillingCity', 'City', 'AccountNumber', 'Company', 'Type'];

/**
 * Records whose name contains a text, ten of each object, active users before others. Costs one API call for each object,
 * and one more for each whose describe is not cached.
 */
export async function findRecords(
  ctx: PersonContext,
  connection: ReadableConnection,
  { sobject, q }: LookupInput,
): Promise<LookupOptions> {
  return await withRecords(ctx, connection, async (access) => {
    const options: LookupOption[] = [];
    for (const name of sobject) options.push(...(await findOf(access, name, q)));
    return { options, cost: costOf(access) };
  });
}

async function findOf(
  { client, reader }: RecordsAccess,
  sobject: string,
  q: string,
): Promise<LookupOption[]> {
  const described = await describeSobject(client, sobject, `${reader.orgId} ${reader.userId}`);
  const name = nameFieldOf(described);
  const fields = new Map(described.fields.map((field) => [field.name, field]));
  const detail = DETAILS.find((field) => fields.has(field)) ?? null;
  const hasActive = sobject === 'User' && fields.has('IsActive');
  const statement = selectStatement({
    sobject: described.name,
    fields: ['Id', name, ...(detail === null ? [] : [detail]), ...(hasActive ? ['IsActive'] : [])],
    where: q === '' ? null : containsCondition(name, q),
    orderBy: [
      ...(hasActive ? [{ field: 'IsActive', descending: true }] : []),
      { field: name, descending: false },
    ],
  });
  const page = await runQuery(client, `${statement} LIMIT ${MOST}`, { batchSize: BATCH });
  return page.records.map((record) => {
    const text = detail === null ? null : record[detail];
    const told = typeof text === 'string' ? text : null;
    return {
      id: String(record.Id),
      name: typeof record[name] === 'string' ? record[name] : String(record.Id),
      detail: record.IsActive === false ? [told, 'not active'].filter(Boolean).join(' · ') : told,
    };
  });
}

function nameFieldOf({ fields, label }: SobjectDescribe): string {
  const name = fields.find((field) => field.nameField && field.filterable && field.sortable)?.name;
  if (name !== undefined) return name;
  throw new AppError('INVALID_INPUT', `Records of ${label} cannot be found by name.`, {
    nextStep: 'Filter by another field of it.',
  });
}
