import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { isSalesforceId, toId18 } from '@/lib/format/ids';

const openSchema = z.strictObject({ recordId: z.string().max(18) });

/** A record id of 15 or 18 characters in its case-safe form; null: it is none. */
export function readRecordId(text: string): string | null {
  return isSalesforceId(text) ? toId18(text) : null;
}

/** The record that a request wants to open, as an 18-character id. Throws INVALID_INPUT. */
export function parseOpenRequest(body: unknown): string {
  const read = openSchema.safeParse(body);
  const id = read.success ? readRecordId(read.data.recordId) : null;
  if (id !== null) return id;
  throw new AppError('INVALID_INPUT', 'This is not the id of a record.');
}
