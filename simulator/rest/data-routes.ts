import { limits, organization, recordCount } from '@/simulator/rest/org-resources';
import { query, queryMore } from '@/simulator/rest/query';
import { createDataService, type DataService, type Resource } from '@/simulator/rest/service';
import { describe, describeBasic, describeGlobal, readRecord } from '@/simulator/rest/sobjects';
import { listResources, listVersions, refuseVersion } from '@/simulator/rest/versions';
import type { Route, RouteTable, SimOrg } from '@/simulator/types';

/**
 * Everything below `/services/data` that one org answers; `service` lets other pages read the same records, and `more`
 * holds what needs the state of the org.
 */
export function createDataRoutes(
  org: SimOrg,
  service: DataService = createDataService(org),
  more: RouteTable = [],
): RouteTable {
  const get = (path: string, parameters: readonly string[], resource: Resource): Route => ({
    method: 'GET',
    pattern: `/services/data/:version${path}`,
    parameters,
    access: 'session',
    handler: (request, session) => {
      const version = request.params.version ?? '';
      const refusal = refuseVersion(version);
      return refusal ?? resource(request, session, service, `/services/data/${version}`);
    },
  });
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
    get('/limits', [], limits),
    get('/limits/recordCount', ['sObjects'], recordCount),
    get('/connect/organization', [], organization),
    ...more,
  ];
}
