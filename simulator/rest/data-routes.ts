import { composite, type Subresource } from '@/simulator/rest/composite/composite';
import { createRecord, deleteRecord, updateRecord, upsertRecord } from '@/simulator/rest/dml/write-record';
import { limits, organization, recordCount } from '@/simulator/rest/org-resources';
import { query, queryMore } from '@/simulator/rest/query';
import { recent } from '@/simulator/rest/recent';
import { searchByGet, searchByPost, searchParameters } from '@/simulator/rest/search/parameterized-search';
import { createDataService, type DataService, notFound, type Resource } from '@/simulator/rest/service';
import { describe, describeBasic, describeGlobal, readRecord } from '@/simulator/rest/sobjects';
import { listResources, listVersions, refuseVersion } from '@/simulator/rest/versions';
import { createViewer } from '@/simulator/rest/viewer';
import type { Route, RouteTable, SimOrg } from '@/simulator/types';

/** What `/composite` may ask, below `/services/data/vXX.X`. */
const SUBREQUESTS: readonly Subresource[] = [
  { pattern: '/query', parameters: ['q', 'columns'], resource: query, isQuery: true },
  { pattern: '/query/:locator', parameters: [], resource: queryMore, isQuery: true },
  { pattern: '/sobjects/:sobject/describe', parameters: [], resource: describe, isQuery: false },
  { pattern: '/sobjects/:sobject/:id', parameters: ['fields'], resource: readRecord, isQuery: false },
];

/**
 * Everything below `/services/data` that one org answers; `service` lets other pages read the same records, and `more`
 * holds what needs the state of the org.
 */
export function createDataRoutes(
  org: SimOrg,
  service: DataService = createDataService(org),
  more: RouteTable = [],
): RouteTable {
  const view = createViewer(org, service.data);
  const route = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    parameters: readonly string[],
    resource: Resource,
    since = 0,
  ): Route => ({
    method,
    pattern: `/services/data/:version${path}`,
    parameters,
    access: 'session',
    handler: (request, session) => {
      const version = request.params.version ?? '';
      const number = Number(version.slice(1));
      const refusal = refuseVersion(version) ?? (number < since ? notFound() : null);
      if (refusal) return refusal;
      const viewed = { ...session, user: view(session.user, number) };
      return resource(request, viewed, service, `/services/data/${version}`);
    },
  });
  const get = (path: string, parameters: readonly string[], resource: Resource) =>
    route('GET', path, parameters, resource);
  return [
    { method: 'GET', pattern: '/services/data', parameters: [], access: 'open', handler: listVersions },
    get('', [], listResources),
    get('/query', ['q', 'columns'], query),
    get('/queryAll', ['q'], query),
    get('/query/:locator', [], queryMore),
    get('/queryAll/:locator', [], queryMore),
    get('/sobjects', [], describeGlobal),
    get('/sobjects/:sobject', [], describeBasic),
    get('/sobjects/:sobject/describe', [], describe),
    get('/sobjects/:sobject/:id', ['fields'], readRecord),
    route('POST', '/sobjects/:sobject', [], createRecord),
    route('PATCH', '/sobjects/:sobject/:id', [], updateRecord),
    route('DELETE', '/sobjects/:sobject/:id', [], deleteRecord),
    route('PATCH', '/sobjects/:sobject/:field/:value', [], upsertRecord),
    get('/limits', [], limits),
    get('/limits/recordCount', ['sObjects'], recordCount),
    get('/connect/organization', [], organization),
    get('/recent', ['limit'], recent),
    route('GET', '/parameterizedSearch', searchParameters(service.data), searchByGet, 36),
    route('POST', '/parameterizedSearch', [], searchByPost, 36),
    route('POST', '/composite', [], composite(SUBREQUESTS), 38),
    ...more,
  ];
}
