import { AppError } from '@/lib/errors';
import { knownTimeZone, salesforceLocaleToBcp47 } from '@/lib/format/locale';
import type { SalesforceRecord } from '@/lib/records/columns/select-columns';
import { opensSignedIn } from '@/lib/records/record/open-in-salesforce';
import { planRecord, type RecordPlan } from '@/lib/records/record/plan-record';
import { relatedLists } from '@/lib/records/record/related-lists';
import { sectionsOf } from '@/lib/records/record/sections';
import { sobjectOf } from '@/lib/records/record/sobject-of';
import type { RecordField, RecordView } from '@/lib/records/record/types';
import type { GridColumn } from '@/lib/records/types';
import { costOf } from '@/lib/records/window/row-window';
import { isInvalidField } from '@/lib/records/window/with-plan';
import type { RecordsAccess } from '@/lib/records/with-records';
import { callSalesforce } from '@/lib/salesforce/client';
import { lightningRecordPath } from '@/lib/salesforce/lightning/record-path';
import { runQuery } from '@/lib/salesforce/query';
import type { GlobalSobject, SalesforceClient } from '@/lib/salesforce/types';

/**
 * A record with every field that its reader sees. `recordId`: 18 characters. With the describes cached it costs one API
 * call. A query rather than `GET /sobjects/X/<id>`, because only that also gives the names of what lookups point to.
 * Throws SALESFORCE_NOT_FOUND (also: deleted), SALESFORCE_FORBIDDEN, and what calls throw.
 */
export async function loadRecord(access: RecordsAccess, recordId: string): Promise<RecordView> {
  const { sobject, all } = await sobjectOf(access, recordId);
  const { plan, record } = await readPlanned(access, { sobject: sobject.name, all }, recordId);
  return viewOf(access, all, { plan, record, recordId });
}

/** Field-level security may have changed since the describes were cached: then they are read anew, once. */
async function readPlanned(
  access: RecordsAccess,
  { sobject, all }: { sobject: string; all: readonly GlobalSobject[] },
  recordId: string,
) {
  const plan = await planRecord(access, sobject, { all, careful: false });
  try {
    return { plan, record: await readRecord(access.client, plan, recordId) };
  } catch (error) {
    if (!isInvalidField(error)) throw error;
    const fresh = await planRecord(access, sobject, { all, careful: true });
    return { plan: fresh, record: await readRecord(access.client, fresh, recordId) };
  }
}

async function readRecord(
  client: SalesforceClient,
  plan: RecordPlan,
  recordId: string,
): Promise<SalesforceRecord> {
  const { records } = await runQuery(client, plan.soql(recordId), { batchSize: 200 });
  return records[0] ?? (await explainMissing(client, plan, recordId));
}

/** A query does not say why there is no record. The resource of the record does, for one more call. */
async function explainMissing(
  client: SalesforceClient,
  { describe }: RecordPlan,
  recordId: string,
): Promise<never> {
  const { label } = describe;
  try {
    await callSalesforce(client, { path: `/sobjects/${describe.name}/${recordId}?fields=Id` });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'SALESFORCE_NOT_FOUND') throw error;
    const isDeleted = error.salesforce?.error === 'ENTITY_IS_DELETED';
    throw new AppError(
      'SALESFORCE_NOT_FOUND',
      isDeleted ? `This ${label} was deleted.` : `There is no such ${label}, or you may not see it.`,
      {
        nextStep: isDeleted
          ? 'It may still be in the org’s recycle bin, from which it can be restored for 15 days.'
          : 'Check the id. If the record exists, its owner or a Salesforce administrator can share it with you.',
        ...(error.salesforce && { salesforce: error.salesforce }),
      },
    );
  }
  throw new AppError('SALESFORCE_NOT_FOUND', `This ${label} has only just come or gone.`, {
    nextStep: 'Try again.',
  });
}

async function viewOf(
  access: RecordsAccess,
  all: readonly GlobalSobject[],
  { plan, record, recordId }: { plan: RecordPlan; record: SalesforceRecord; recordId: string },
): Promise<RecordView> {
  const { client, connection, reader } = access;
  const { describe, selected, missing, isMultiCurrency } = plan;
  const { instanceUrl } = await client.source.current();
  const fields = selected.map(({ column, read }) => fieldOf(column, read(record) ?? null));
  const title = fields.find(({ column }) => column.isName)?.value;
  const ownCurrency = record.CurrencyIsoCode;
  return {
    connectionId: connection.id,
    id: recordId,
    sobject: describe.name,
    label: describe.label,
    title: typeof title === 'string' && title !== '' ? title : recordId,
    sections: sectionsOf(describe, fields),
    missing,
    related: relatedLists(describe.childRelationships, all),
    raw: record,
    instanceUrl,
    salesforceUrl: `${instanceUrl}${lightningRecordPath(describe.name, recordId)}`,
    opensSignedIn: opensSignedIn(connection),
    locale: salesforceLocaleToBcp47(reader.locale),
    timeZone: knownTimeZone(reader.timeZone),
    currency:
      isMultiCurrency && typeof ownCurrency === 'string'
        ? ownCurrency
        : currencyOf(plan, reader.defaultCurrency),
    ...costOf(access),
  };
}

/** In an org of several currencies a record without its own has none that is known. */
function currencyOf({ isMultiCurrency }: RecordPlan, defaultCurrency: string | null): string | null {
  return isMultiCurrency ? null : defaultCurrency;
}

/** Of a picklist's values only the labels of those that the record has are needed. */
function fieldOf(column: GridColumn, value: unknown): RecordField {
  const { options, ...rest } = column;
  const chosen = new Set(typeof value === 'string' ? value.split(';').concat(value) : []);
  const used = options?.filter((option) => chosen.has(option.value)) ?? [];
  return { column: used.length > 0 ? { ...rest, options: used } : rest, value: value === '' ? null : value };
}
