import {
  API_NAME,
  type Call,
  type Effects,
  notUnderstood,
  onlyParameters,
  RECORD_ID,
  requireMethod,
} from '@/lib/broker/policy/request/call';
import { addWrittenRecord } from '@/lib/broker/policy/request/written-records';
import { followLookup, followPath } from '@/lib/broker/policy/soql/follow-path';
import { isSameName, lookupOf } from '@/lib/broker/policy/soql/objects-of-org';
import { EVERY, NO_OBJECT } from '@/lib/broker/policy/types';
import type { Operation } from '@/lib/broker/types';

const DESCRIBES = ['describe', 'quickActions'];

/** `/sobjects/**`: one object, one record. */
export async function addSobjects(effects: Effects, call: Call, path: readonly string[]): Promise<void> {
  const [sobject, second, third, ...rest] = path;
  if (sobject === undefined) return describeOnly(effects, call, NO_OBJECT);
  if (!API_NAME.test(sobject)) throw notUnderstood('The object in the path is no API name.');
  if (second === undefined) return addObject(effects, call, sobject);
  // The values that an action begins with are taken from records.
  if (second === 'quickActions' && /^defaultValues/i.test(rest[0] ?? '')) {
    requireMethod(call, 'GET');
    return read(effects, 'read', EVERY, EVERY);
  }
  if (DESCRIBES.includes(second)) return describeOnly(effects, call, sobject);
  if (second === 'updated' || second === 'deleted') {
    requireMethod(call, 'GET');
    onlyParameters(call, 'start', 'end');
    return read(effects, 'query', sobject, 'Id');
  }
  if (second === 'listviews') {
    requireMethod(call, 'GET');
    if (third === undefined) return read(effects, 'query', sobject, 'Id');
    // Its columns are fields of parents, too: of a contact the account's.
    return read(effects, 'query', EVERY, EVERY);
  }
  if (RECORD_ID.test(second)) {
    if (third === undefined) return addRecord(effects, call, sobject, null);
    if (rest.length === 0) return addRelated(effects, call, sobject, third);
  } else if (API_NAME.test(second) && third !== undefined && rest.length === 0) {
    return addRecord(effects, call, sobject, second);
  }
  throw notUnderstood(`Nothing is known of “/sobjects/${path.join('/').slice(0, 200)}”.`);
}

/** Adds reading one field and its object. */
export function read(effects: Effects, operation: Operation, sobject: string, field: string | null): void {
  effects.touches.add(operation, sobject, null);
  if (field !== null) effects.touches.add(operation, sobject, field);
}

export function describeOnly(effects: Effects, call: Call, sobject: string): void {
  requireMethod(call, 'GET');
  effects.touches.add('describe', sobject, null);
}

/** Adds the fields of a list such as `Id,Owner.Name`; undefined: every field. */
export async function readFields(
  effects: Effects,
  sobject: string,
  fields: readonly string[] | undefined,
  operation: Operation = 'read',
): Promise<void> {
  read(effects, operation, sobject, null);
  for (const field of fields ?? [EVERY]) {
    if (field === EVERY) read(effects, operation, sobject, EVERY);
    else if (!/^\w+(?:\.\w+){0,5}$/.test(field)) throw notUnderstood('A name among the fields is none.');
    else
      for (const one of await followPath(effects.objects, sobject, field))
        read(effects, operation, one.sobject, one.field);
  }
}

export function listOf(text: string | undefined): string[] | undefined {
  return text?.split(',').map((name) => name.trim());
}

async function addObject(effects: Effects, call: Call, sobject: string): Promise<void> {
  onlyParameters(call);
  requireMethod(call, 'GET', 'POST');
  if (call.method === 'GET') {
    effects.touches.add('describe', sobject, null);
    return read(effects, 'read', sobject, EVERY);
  }
  await write(effects, call, sobject, ['create']);
}

async function addRecord(
  effects: Effects,
  call: Call,
  sobject: string,
  externalId: string | null,
): Promise<void> {
  requireMethod(call, 'GET', 'PATCH', 'DELETE');
  onlyParameters(
    call,
    ...(call.method === 'GET' ? ['fields'] : call.method === 'PATCH' ? ['updateOnly'] : []),
  );
  if (externalId !== null) read(effects, 'read', sobject, externalId);
  if (call.method === 'GET') return readFields(effects, sobject, listOf(call.parameters.get('fields')));
  if (call.method === 'DELETE') return remove(effects, call, sobject);
  const upserts = externalId !== null && call.parameters.get('updateOnly') !== 'true';
  await write(effects, call, sobject, upserts ? ['create', 'update'] : ['update']);
  if (externalId !== null)
    for (const operation of upserts ? (['create', 'update'] as const) : [])
      effects.touches.add(operation, sobject, externalId);
}

function remove(effects: Effects, call: Call, sobject: string): void {
  if (call.body !== undefined) throw notUnderstood('A DELETE has no body.');
  effects.touches.add('delete', sobject, null);
  effects.rows += 1;
  effects.reads = false;
}

async function write(effects: Effects, call: Call, sobject: string, operations: Operation[]): Promise<void> {
  if (!call.multipart) {
    await addWrittenRecord(effects, operations, call.body, sobject);
    return;
  }
  for (const operation of operations) effects.touches.add(operation, sobject, null);
  effects.unclear = 'The body has several parts, and nobody looks into them.';
  effects.rows += 1;
  effects.reads = false;
}

/** `/sobjects/X/{id}/{name}`: a parent, children, or the bytes of a field. */
async function addRelated(effects: Effects, call: Call, sobject: string, name: string): Promise<void> {
  requireMethod(call, 'GET');
  onlyParameters(call, 'fields');
  if (!API_NAME.test(name)) throw notUnderstood('The relationship in the path is no API name.');
  const fields = listOf(call.parameters.get('fields'));
  if (effects.objects === null) {
    read(effects, 'read', sobject, null);
    return read(effects, 'read', `${sobject}.${name}`, EVERY);
  }
  const described = await effects.objects.describe(sobject);
  if (lookupOf(described, name)) {
    const { read: lookups, leadsTo } = await followLookup(effects.objects, [sobject], name);
    for (const { field } of lookups) read(effects, 'read', sobject, field);
    for (const target of leadsTo) await readFields(effects, target, fields);
    return;
  }
  const child = described.childRelationships.find(({ relationshipName }) =>
    isSameName(relationshipName, name),
  );
  read(effects, 'read', sobject, child ? null : name);
  if (!child) return;
  read(effects, 'read', child.childSObject, child.field ?? EVERY);
  await readFields(effects, child.childSObject, fields);
}
