import { z } from 'zod';
import { AppError, type ErrorCode } from '@/lib/errors';
import { processWide } from '@/lib/registry';
import { BoundedCache } from './bounded-cache';
import { answerInvalid } from './client';
import { TaggedAnswers } from './tagged-answers';
import type { SalesforceClient, SobjectDescribe } from './types';

/** How long an object counts as hidden: as long as a describe is used. */
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
  const path = `/sobjects/${encodeURIComponent(sobject)}/describe`;
  const describe = await describes().get(client, path, keyOf(client, sobject, cacheKey), options);
  if (!noted().has(describe)) noteFields(cacheKey, describe);
  return describe;
}

/** As `describeSobject`; null, kept as long as a describe, for an object that this user does not see. */
export async function describeIfVisible(
  client: SalesforceClient,
  sobject: string,
  cacheKey: string,
  options: { fresh?: boolean } = {},
): Promise<SobjectDescribe | null> {
  const key = keyOf(client, sobject, cacheKey);
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
  client: Pick<SalesforceClient, 'apiVersion'>,
  sobject: string,
  cacheKey: string,
): SobjectDescribe | null {
  return describes().known(keyOf(client, sobject, cacheKey));
}

function keyOf(
  { apiVersion }: Pick<SalesforceClient, 'apiVersion'>,
  sobject: string,
  cacheKey: string,
): string {
  return `${cacheKey} ${apiVersion} ${sobject}`;
}

function readDescribe(body: unknown): SobjectDescribe {
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
  return { ...parsed.data, fields, childRelationships };
}

/** Whether any user of the org, known by the first part of their cache keys, was seen to have this field. */
export function isKnownField(orgId: string, sobject: string, field: string): boolean {
  return fieldNames().any(`${orgId} ${sobject}`)?.has(field) ?? false;
}

function noteFields(cacheKey: string, describe: SobjectDescribe): void {
  const { name, fields } = describe;
  noted().add(describe);
  const key = `${cacheKey.split(' ')[0]} ${name}`;
  const known = fieldNames().any(key) ?? new Set<string>();
  for (const field of fields) known.add(field.name);
  fieldNames().set(key, known);
}

function fieldNames(): BoundedCache<Set<string>> {
  return processWide('salesforce.field-names', () => new BoundedCache<Set<string>>(MAX_DESCRIBES, Infinity));
}

/** Describes whose fields are among those that are known. */
function noted(): WeakSet<SobjectDescribe> {
  return processWide('salesforce.noted-describes', () => new WeakSet<SobjectDescribe>());
}

function describes(): TaggedAnswers<SobjectDescribe> {
  return processWide('salesforce.describes', () => new TaggedAnswers(MAX_DESCRIBES, readDescribe));
}

function hidden(): BoundedCache<true> {
  return processWide('salesforce.hidden-objects', () => new BoundedCache<true>(MAX_DESCRIBES, FRESH_MS));
}
