import { setImmediate } from 'node:timers/promises';
import {
  type Call,
  type Effects,
  type Method,
  notUnderstood,
  onlyParameters,
  requireList,
  requireMethod,
  requireObject,
} from '@/lib/broker/policy/request/call';
import { readTarget } from '@/lib/broker/policy/request/canonical-target';
import { checkHeaders } from '@/lib/broker/policy/request/check-headers';
import { addCollection } from '@/lib/broker/policy/request/collections';
import { describeOnly } from '@/lib/broker/policy/request/records';
import { addTree } from '@/lib/broker/policy/request/written-records';
import { NO_OBJECT } from '@/lib/broker/policy/types';

type AddCall = (effects: Effects, call: Call) => Promise<void>;

const MAX_DEPTH = 2;
/** As many as Salesforce takes in one graph. */
const MAX_INNER = 500;
const METHODS: readonly string[] = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] satisfies Method[];

/** `/composite/**`: requests that hold others. Each is read as if it had come alone, by `add`. */
export async function addComposite(
  effects: Effects,
  call: Call,
  path: readonly string[],
  add: AddCall,
): Promise<void> {
  const [kind, name, ...rest] = path;
  if (kind === 'sobjects') return addCollection(effects, call, path.slice(1));
  if (call.depth >= MAX_DEPTH) throw notUnderstood('Requests hold requests that hold requests.');
  onlyParameters(call);
  if (kind === undefined && call.method === 'GET') return describeOnly(effects, call, NO_OBJECT);
  requireMethod(call, 'POST');
  if (kind === undefined) return addRequests(effects, call, call.body, 25, add);
  if (kind === 'tree' && name !== undefined && rest.length === 0) return addTree(effects, call.body, name);
  if (name !== undefined) throw notUnderstood('Nothing is known of this path below /composite.');
  if (kind === 'batch') {
    const { batchRequests } = requireObject(call.body, 'haltOnError', 'batchRequests');
    for (const entry of requireList(batchRequests, 25)) {
      const { method, url, richInput } = requireObject(entry, 'method', 'url', 'richInput');
      const full = typeof url === 'string' && /^v\d/.test(url) ? `/services/data/${url}` : url;
      await addInner(effects, call, method, full, richInput, add);
    }
    return;
  }
  if (kind !== 'graph') throw notUnderstood('Nothing is known of this path below /composite.');
  for (const graph of requireList(requireObject(call.body, 'graphs').graphs, 75)) {
    const { compositeRequest } = requireObject(graph, 'graphId', 'compositeRequest');
    await addRequests(effects, call, { compositeRequest }, 500, add);
  }
}

async function addRequests(
  effects: Effects,
  call: Call,
  body: unknown,
  most: number,
  add: AddCall,
): Promise<void> {
  const { compositeRequest } = requireObject(body, 'allOrNone', 'collateSubrequests', 'compositeRequest');
  for (const entry of requireList(compositeRequest, most)) {
    const inner = requireObject(entry, 'method', 'url', 'referenceId', 'body', 'httpHeaders');
    if (inner.httpHeaders !== undefined) {
      const headers = Object.entries(requireObject(inner.httpHeaders));
      checkHeaders(headers.map(([header, value]) => [header, String(value)] as const));
    }
    await addInner(effects, call, inner.method, inner.url, inner.body, add);
  }
}

async function addInner(
  effects: Effects,
  outer: Call,
  method: unknown,
  url: unknown,
  body: unknown,
  add: AddCall,
): Promise<void> {
  if (typeof method !== 'string' || !METHODS.includes(method) || typeof url !== 'string') {
    throw notUnderstood('A request in the body has no method or URL that could be understood.');
  }
  effects.inner += 1;
  if (effects.inner > MAX_INNER) throw notUnderstood(`The body holds more than ${MAX_INNER} requests.`);
  // Others are served between two of them.
  await setImmediate();
  const known = withoutReferences(effects, url);
  const { segments, parameters } = readTarget(known);
  if (segments[0] !== 'data' || segments.length < 3)
    throw notUnderstood('A request in the body goes elsewhere than to data.');
  await add(effects, {
    method: method as Method,
    segments,
    parameters,
    body: body ?? undefined,
    multipart: false,
    depth: outer.depth + 1,
  });
}

/** Stands for an id that an earlier request of the same body gives: 18 characters, as ids have. */
const SOME_ID = '000000000000000AAA';

/** References such as `@{first.id}` are ids of records: they may stand where ids do. A text could lead anywhere else. */
function withoutReferences(effects: Effects, url: string): string {
  if (!url.includes('@{')) return url;
  effects.unclear ??= 'A URL in the body holds a reference (@{…}) that only Salesforce can fill in.';
  const filled = url.replace(
    /(\/sobjects\/[A-Za-z]\w*\/)@\{\w[\w.[\]]*(?:\.id|Id)\}(?=$|[/?])/,
    `$1${SOME_ID}`,
  );
  if (filled.includes('@{'))
    throw notUnderstood('A reference (@{…}) in a URL stands for more than the id of a record.');
  return filled;
}
