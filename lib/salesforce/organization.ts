import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { selectStatement } from '@/lib/soql/select';
import { answerInvalid, callSalesforce } from './client';
import { runQuery } from './query';
import type { Organization, SalesforceClient } from './types';

const rowSchema = z.object({ Name: z.string(), IsSandbox: z.boolean() });

/** Connect REST API, "Organization": `features.defaultCurrencyIsoCode`. */
const connectSchema = z.object({
  features: z.object({ defaultCurrencyIsoCode: z.string().nullish(), multiCurrency: z.boolean().nullish() }),
});

/** Name, kind and currency of the org behind a connection. Two API calls. */
export async function fetchOrganization(client: SalesforceClient): Promise<Organization> {
  const soql = selectStatement({ sobject: 'Organization', fields: ['Name', 'IsSandbox'] });
  const page = await runQuery(client, soql, { batchSize: 200 });
  const row = rowSchema.safeParse(page.records[0]);
  if (!row.success) throw answerInvalid();
  return {
    name: row.data.Name,
    isSandbox: row.data.IsSandbox,
    defaultCurrency: await fetchDefaultCurrency(client),
  };
}

/** Null where the Connect API is closed to the user: amounts are then shown without a symbol. */
async function fetchDefaultCurrency(client: SalesforceClient): Promise<string | null> {
  try {
    const answer = await callSalesforce(client, { path: '/connect/organization' });
    const parsed = connectSchema.safeParse(answer.body);
    return parsed.success ? (parsed.data.features.defaultCurrencyIsoCode ?? null) : null;
  } catch (error) {
    const closed: readonly string[] = [
      'SALESFORCE_FORBIDDEN',
      'SALESFORCE_NOT_FOUND',
      'SALESFORCE_API_DISABLED',
    ];
    if (error instanceof AppError && closed.includes(error.code)) return null;
    throw error;
  }
}
