import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/errors';
import { processWide } from '@/lib/registry';
import { BoundedCache } from './bounded-cache';
import { answerInvalid, callSalesforce } from './client';
import type { SalesforceClient, SobjectDescribe } from './types';

/** How long a describe is used before Salesforce is asked, by ETag, whether it changed. */
const FRESH_MS = 10 * 60_000;
const MAX_DESCRIBES = 500;

const fieldSchema = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  sortable: z.boolean(),
  filterable: z.boolean(),
  nillable: z.boolean(),
  custom: z.boolean(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  nameField: z.boolean(),
  calculated: z.boolean(),
  htmlFormatted: z.boolean(),
  caseSensitive: z.boolean(),
  groupable: z.boolean(),
  aggregatable: z.boolean(),
  extraTypeInfo: z.string().nullable(),
  compoundFieldName: z.string().nullable(),
  referenceTo: z.array(z.string()),
  relationshipName: z.string().nullable(),
  picklistValues: z.array(z.object({ value: z.string(), label: z.string().nullable(), active: z.boolean() })),
});

const childSchema = z.object({
  relationshipName: z.string().nullable(),
  childSObject: z.string(),
  field: z.string(),
  deprecatedAndHidden: z.boolean(),
});

const schema = z.object({
  name: z.string(),
  label: z.string(),
  labelPlural: z.string(),
  keyPrefix: z.string().nullable(),
  custom: z.boolean(),
  queryable: z.boolean(),
  searchable: z.boolean(),
  fields: z.array(fieldSchema),
  childRelationships: z.array(childSchema),
});

interface Kept {
  etag: string | null;
  describe: SobjectDescribe;
}

/**
 * An object's describe as this Salesforce user sees it, cached per process. `cacheKey` is `<org> <user>`: field-level
 * security differs between users. `fresh: true` fetches it whole, whatever is cached.
 */
export async function describeSobject(
  client: SalesforceClient,
  sobject: string,
  cacheKey: string,
  options: { fresh?: boolean } = {},
): Promise<SobjectDescribe> {
  const key = `${cacheKey} ${client.apiVersion} ${sobject}`;
  const known = options.fresh ? undefined : cache().fresh(key);
  if (known) return known.describe;
  const underWay = flights().get(key);
  // The other flight may fail for a reason of its own connection: then this one asks for itself.
  if (underWay !== undefined) return underWay.catch(() => fetchDescribe(client, sobject, key, undefined));
  const kept = options.fresh ? undefined : cache().any(key);
  const flight = fetchDescribe(client, sobject, key, kept).finally(() => flights().delete(key));
  flights().set(key, flight);
  return flight;
}

/** As `describeSobject`; null, kept as long as a describe, for an object that this user does not see. */
export async function describeIfVisible(
  client: SalesforceClient,
  sobject: string,
  cacheKey: string,
  options: { fresh?: boolean } = {},
): Promise<SobjectDescribe | null> {
  const key = `${cacheKey} ${client.apiVersion} ${sobject}`;
  if (!options.fresh && hidden().fresh(key)) return null;
  try {
    return await describeSobject(client, sobject, cacheKey, options);
  } catch (error) {
    if (!(error instanceof AppError && MEANS_HIDDEN.has(error.code))) throw error;
    hidden().set(key, true);
    return null;
  }
}

const MEANS_HIDDEN = new Set<ErrorCode>([
  'SALESFORCE_NOT_FOUND',
  'SALESFORCE_OBJECT_HIDDEN',
  'SALESFORCE_FORBIDDEN',
]);

/** An object's describe as it was read last, without a call; null: it was not read yet. */
export function knownDescribe(
  { apiVersion }: Pick<SalesforceClient, 'apiVersion'>,
  sobject: string,
  cacheKey: string,
): SobjectDescribe | null {
  return cache().any(`${cacheKey} ${apiVersion} ${sobject}`)?.describe ?? null;
}

async function fetchDescribe(
  client: SalesforceClient,
  sobject: string,
  key: string,
  kept: Kept | undefined,
): Promise<SobjectDescribe> {
  const answer = await callSalesforce(client, {
    path: `/sobjects/${encodeURIComponent(sobject)}/describe`,
    headers: kept?.etag ? { 'if-none-match': kept.etag } : {},
  });
  const next = answer.status === 304 && kept ? kept : readDescribe(answer.body, answer.headers.etag);
  cache().set(key, next);
  noteFields(key, next.describe);
  return next.describe;
}

function readDescribe(body: unknown, etag: string | undefined): Kept {
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw answerInvalid();
  const fields = parsed.data.fields.map((field) => ({
    ...field,
    picklistValues: field.picklistValues.map((entry) => ({ ...entry, label: entry.label ?? entry.value })),
  }));
  const childRelationships = parsed.data.childRelationships.flatMap(
    ({ relationshipName, childSObject, field, deprecatedAndHidden }) =>
      relationshipName === null || deprecatedAndHidden ? [] : [{ relationshipName, childSObject, field }],
  );
  return { etag: etag ?? null, describe: { ...parsed.data, fields, childRelationships } };
}

/** Whether any user of the org, known by the first part of their cache keys, was seen to have this field. */
export function isKnownField(orgId: string, sobject: string, field: string): boolean {
  return fieldNames().any(`${orgId} ${sobject}`)?.has(field) ?? false;
}

function noteFields(cacheKey: string, { name, fields }: SobjectDescribe): void {
  const key = `${cacheKey.split(' ')[0]} ${name}`;
  const known = fieldNames().any(key) ?? new Set<string>();
  for (const field of fields) known.add(field.name);
  fieldNames().set(key, known);
}

function fieldNames(): BoundedCache<Set<string>> {
  return processWide('salesforce.field-names', () => new BoundedCache<Set<string>>(MAX_DESCRIBES, Infinity));
}

function cache(): BoundedCache<Kept> {
  return processWide('salesforce.describes', () => new BoundedCache<Kept>(MAX_DESCRIBES, FRESH_MS));
}

function hidden(): BoundedCache<true> {
  return processWide('salesforce.hidden-objects', () => new BoundedCache<true>(MAX_DESCRIBES, FRESH_MS));
}

function flights(): Map<string, Promise<SobjectDescribe>> {
  return processWide('salesforce.describe-flights', () => new Map<string, Promise<SobjectDescribe>>());
}
