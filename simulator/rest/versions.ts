import { json, restError } from '@/simulator/http/respond';
import { notFound, type Resource } from '@/simulator/rest/service';
import type { OpenRouteHandler, SimResponse } from '@/simulator/types';

const OLDEST = 31;
/** Winter '27. */
const NEWEST = 68;

const SEASONS = ['Spring', 'Summer', 'Winter'] as const;

/** Winter '15 was 32.0, and three releases make a year. Salesforce's own label of 42.0 has a curly quote. */
function labelOf(version: number): string {
  const year = 15 + Math.floor((version - 32) / 3);
  return `${SEASONS[version % 3]} ${version === 42 ? '’' : "'"}${year}`;
}

/** `/services/data`: every version, oldest first; no token needed. */
export const listVersions: OpenRouteHandler = () => {
  const versions = Array.from({ length: NEWEST - OLDEST + 1 }, (_, index) => {
    const version = `${OLDEST + index}.0`;
    return { label: labelOf(OLDEST + index), url: `/services/data/v${version}`, version };
  });
  return json(200, versions);
};

/** Null for a version that is served. Retired ones answer 410, those that never were 404. */
export function refuseVersion(version: string): SimResponse | null {
  const number = Number(/^v(\d{1,3})\.0$/.exec(version)?.[1] ?? Number.NaN);
  if (!(number >= 1 && number <= NEWEST)) return notFound();
  if (number >= OLDEST) return null;
  return restError(410, 'GONE', `The requested API version ${number}.0 has been retired.`);
}

/** `/services/data/vXX.X`: the resources that the simulator has; a real org lists some sixty. */
export const listResources: Resource = (_request, { user }, { org }, root) =>
  json(200, {
    apps: `${root}/apps`,
    composite: `${root}/composite`,
    connect: `${root}/connect`,
    limits: `${root}/limits`,
    metadata: `${root}/metadata`,
    parameterizedSearch: `${root}/parameterizedSearch`,
    query: `${root}/query`,
    queryAll: `${root}/queryAll`,
    recent: `${root}/recent`,
    sobjects: `${root}/sobjects`,
    identity: `${org.instanceUrl}/id/${org.orgId}/${user.id}`,
  });
