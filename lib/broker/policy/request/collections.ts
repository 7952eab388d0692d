import {
  API_NAME,
  type Call,
  type Effects,
  notUnderstood,
  onlyParameters,
  RECORD_ID,
  requireList,
  requireMethod,
  requireObject,
} from '@/lib/broker/policy/request/call';
import { listOf, readFields } from '@/lib/broker/policy/request/records';
import { addWrittenRecords } from '@/lib/broker/policy/request/written-records';

const MOST = 2_000;

/** `/composite/sobjects/**`: up to 200 records at once. */
export async function addCollection(effects: Effects, call: Call, path: readonly string[]): Promise<void> {
  const [sobject, externalId, ...rest] = path;
  if (rest.length > 0 || [sobject, externalId].some((name) => name !== undefined && !API_NAME.test(name))) {
    throw notUnderstood('Nothing is known of this path below /composite/sobjects.');
  }
  if (sobject === undefined) return addMixed(effects, call);
  if (externalId !== undefined) {
    requireMethod(call, 'PATCH');
    onlyParameters(call);
    const { records } = requireObject(call.body, 'allOrNone', 'records');
    effects.touches.add('read', sobject, externalId);
    return addWrittenRecords(effects, ['create', 'update'], records, sobject);
  }
  requireMethod(call, 'GET', 'POST');
  if (call.method === 'GET') {
    onlyParameters(call, 'ids', 'fields');
    return readFields(effects, sobject, listOf(call.parameters.get('fields')));
  }
  onlyParameters(call);
  const { ids, fields } = requireObject(call.body, 'ids', 'fields');
  requireList(ids, MOST);
  await readFields(effects, sobject, requireList(fields, MOST).map(String));
}

async function addMixed(effects: Effects, call: Call): Promise<void> {
  requireMethod(call, 'POST', 'PATCH', 'DELETE');
  if (call.method !== 'DELETE') {
    onlyParameters(call);
    if (call.multipart) throw notUnderstood('The body has several parts. Send one record at a time.');
    const { records } = requireObject(call.body, 'allOrNone', 'records');
    return addWrittenRecords(effects, [call.method === 'POST' ? 'create' : 'update'], records);
  }
  onlyParameters(call, 'ids', 'allOrNone');
  if (call.body !== undefined) throw notUnderstood('A DELETE has no body.');
  const ids = listOf(call.parameters.get('ids')) ?? [];
  if (!ids.every((id) => RECORD_ID.test(id))) throw notUnderstood('The ids are none.');
  effects.touches.add('delete', '', null);
  effects.unclear = 'Ids do not say of which object they are. Delete at /sobjects/<object>/<id>.';
  effects.rows += ids.length;
  effects.reads = false;
}
