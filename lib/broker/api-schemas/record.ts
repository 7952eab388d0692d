import { z } from 'zod';

/** An object's API name in a path. */
export const sobjectName = z.string().regex(/^[A-Za-z]\w{0,79}$/, 'An API name, such as Account.');
/** 15 or 18 characters. */
export const recordId = z.string().regex(/^[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?$/, 'A record id.');

/** The fields of a record to be written, by API name. */
export const recordFieldsSchema = z
  .record(z.string().regex(/^[A-Za-z]\w{0,79}$/), z.unknown())
  .describe('Values by API name; null empties a field.');

/** A record as Salesforce gives it. */
export const recordSchema = z
  .looseObject({ attributes: z.looseObject({ type: z.string(), url: z.string() }), Id: z.string() })
  .describe('The fields that were asked for, or all that the Salesforce user may see.');

/** What a create answers. */
export const createdRecordSchema = z.looseObject({
  id: z.string(),
  success: z.boolean(),
  errors: z.array(z.unknown()),
});
