import {
  type Call,
  countStatement,
  type Effects,
  notUnderstood,
  onlyParameters,
  requireMethod,
} from '@/lib/broker/policy/request/call';
import { addComposite } from '@/lib/broker/policy/request/composite';
import { addSobjects, describeOnly, listOf, read } from '@/lib/broker/policy/request/records';
import { Refused } from '@/lib/broker/policy/request/refused';
import { addParameterizedSearch, addSearch } from '@/lib/broker/policy/request/search';
import { addTouchesOfSoql } from '@/lib/broker/policy/soql/understand-soql';
import { EVERY, NO_OBJECT } from '@/lib/broker/policy/types';
import type { ApiFamily } from '@/lib/broker/types';

const OLDEST_VERSION = 31;
const LOCATOR = /^[A-Za-z0-9]{15,40}-\d{1,9}$/;

const RESOURCES = [
  'limits',
  'sobjects',
  'query',
  'queryAll',
  'search',
  'parameterizedSearch',
  'recent',
  'composite',
];
const FAMILIES: Record<string, ApiFamily> = {
  tooling: 'tooling',
  jobs: 'bulk',
  metadata: 'metadata',
  analytics: 'analytics',
  wave: 'analytics',
  connect: 'connect',
  chatter: 'connect',
};
const SERVICES: Record<string, ApiFamily> = {
  apexrest: 'apex_rest',
  Soap: 'soap',
  async: 'bulk',
  cometd: 'other',
};

/** The family of a path that nobody looks into; null: data that is looked into. Throws `Refused`. */
export function familyOf([service = '', version, resource]: readonly string[]): ApiFamily | null {
  requireSpelling(service, ['data', ...Object.keys(SERVICES)]);
  if (service !== 'data') {
    const family = Object.hasOwn(SERVICES, service) ? SERVICES[service] : undefined;
    if (family === undefined)
      throw new Refused(
        'families',
        `Nothing below /services/${service} is for keys: it is about sessions, or unknown.`,
      );
    return family;
  }
  if (version === undefined) return null;
  const number = /^v(\d{2,3})\.0$/.exec(version)?.[1];
  if (number === undefined) throw new Refused('path', 'The version in the path is not of the form v60.0.');
  if (Number(number) < OLDEST_VERSION)
    throw notUnderstood(`Versions before ${OLDEST_VERSION}.0 are not understood.`);
  if (resource === undefined) return null;
  requireSpelling(resource, [...RESOURCES, ...Object.keys(FAMILIES)]);
  if (RESOURCES.includes(resource)) return null;
  return (Object.hasOwn(FAMILIES, resource) && FAMILIES[resource]) || 'other';
}

/** Salesforce reads some paths without regard to case: a known name is written as Salesforce writes it. */
function requireSpelling(name: string, known: readonly string[]): void {
  const meant = known.find((other) => other.toLowerCase() === name.toLowerCase());
  if (meant !== undefined && meant !== name)
    throw new Refused('path', `${name} in the path is written ${meant}.`);
}

/** Adds what one request touches. Throws `Refused` and `NotUnderstood`. */
export async function addCall(effects: Effects, call: Call): Promise<void> {
  const family = familyOf(call.segments);
  if (family !== null) {
    effects.families.push(family);
    if (call.method !== 'GET') effects.reads = false;
    return;
  }
  const [, , resource, ...path] = call.segments;
  if (resource === undefined || resource === 'limits') return addLimits(effects, call, path);
  if (resource === 'sobjects') return addSobjects(effects, call, path);
  if (resource === 'query' || resource === 'queryAll') return addQuery(effects, call, path);
  if (resource === 'search') return addSearch(effects, call, path);
  if (resource === 'parameterizedSearch' && path.length === 0) return addParameterizedSearch(effects, call);
  if (resource === 'composite') return addComposite(effects, call, path, addCall);
  if (resource === 'recent' && path.length === 0) {
    requireMethod(call, 'GET');
    return read(effects, 'read', EVERY, EVERY);
  }
  throw notUnderstood(`Nothing is known of “${resource}/${path.join('/').slice(0, 200)}”.`);
}

function addLimits(effects: Effects, call: Call, path: readonly string[]): void {
  describeOnly(effects, call, NO_OBJECT);
  if (path.length === 0) return;
  if (path.length > 1 || path[0] !== 'recordCount')
    throw notUnderstood('Nothing is known of this path below /limits.');
  onlyParameters(call, 'sObjects');
  for (const sobject of listOf(call.parameters.get('sObjects')) ?? [EVERY])
    read(effects, 'query', sobject, null);
}

async function addQuery(effects: Effects, call: Call, path: readonly string[]): Promise<void> {
  requireMethod(call, 'GET');
  if (path.length === 0) {
    onlyParameters(call, 'q', 'explain', 'columns');
    const statements = [call.parameters.get('q'), call.parameters.get('explain')].filter(
      (soql) => soql !== undefined,
    );
    if (statements.length !== 1) throw notUnderstood('The query is in the parameter q, or in explain.');
    countStatement(effects);
    const unclear = await addTouchesOfSoql(effects.touches, statements[0] ?? '', effects.objects, 'query');
    effects.unclear ??= unclear;
    return;
  }
  onlyParameters(call);
  const [locator = ''] = path;
  if (path.length > 1 || !LOCATOR.test(locator)) throw notUnderstood('What follows /query is no locator.');
  if (effects.locator !== null || call.depth > 0)
    throw notUnderstood('Further pages are asked for one at a time, not in a body.');
  effects.touches.add('query', NO_OBJECT, null);
  effects.locator = locator;
}
