import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { answerInvalid } from '../client';
import { runQuery } from '../query';
import type { SalesforceClient } from '../types';
import type { Evidence } from './types';

const BATCH = 2_000;

/** What Salesforce says when an object, or a row of it, is not for this user. */
const NOT_PERMITTED = /^(?:INVALID_TYPE|INSUFFICIENT_ACCESS)/;

/** `2026-05-01T07:25:37.000+0000` as a date. */
export const instant = z.string().transform((text, context) => {
  const date = new Date(text);
  if (!Number.isNaN(date.getTime())) return date;
  context.addIssue('no datetime');
  return z.NEVER;
});

/** Runs a query over an org's own records. Throws `AppError` for all but rows and a user who may not see them. */
export async function queryEvidence<Row>(
  client: SalesforceClient,
  soql: string,
  row: z.ZodType<Row>,
): Promise<Evidence<Row>> {
  try {
    const { records } = await runQuery(client, soql, { batchSize: BATCH });
    const parsed = z.array(row).safeParse(records);
    if (!parsed.success) throw answerInvalid();
    return { kind: 'rows', rows: parsed.data };
  } catch (error) {
    if (!(error instanceof AppError) || !NOT_PERMITTED.test(error.salesforce?.error ?? '')) throw error;
    return { kind: 'not_permitted', salesforce: error.salesforce };
  }
}
