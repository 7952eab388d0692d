import type { LiveObject } from '@/simulator/data/live-table';
import { createOrgData, type OrgData } from '@/simulator/data/org-data';
import { restError, unknownToSimulator } from '@/simulator/http/respond';
import { WrittenRecords } from '@/simulator/rest/dml/written-records';
import { LocatorStore } from '@/simulator/rest/locators';
import { SoqlError, SoqlUnsupported } from '@/simulator/soql/errors';
import { QueryEngine } from '@/simulator/soql/run/engine';
import type { SimOrg, SimRequest, SimResponse, SimSession } from '@/simulator/types';

/** What the data resources of one org share. */
export interface DataService {
  readonly org: SimOrg;
  readonly data: OrgData;
  readonly engine: QueryEngine;
  readonly locators: LocatorStore;
  readonly written: WrittenRecords;
}

/** `live`: objects whose rows are what the org is at the moment, such as its apps. */
export function createDataService(org: SimOrg, live: readonly LiveObject[] = []): DataService {
  const data = createOrgData(org, live);
  const engine = new QueryEngine(org, data);
  return { org, data, engine, locators: new LocatorStore(org, engine), written: new WrittenRecords() };
}

/** A resource below `/services/data/vXX.X`. `root` is that prefix, for the URLs in answers. */
export type Resource = (
  request: SimRequest,
  session: SimSession,
  service: DataService,
  root: string,
) => SimResponse;

export function notFound(): SimResponse {
  return restError(404, 'NOT_FOUND', 'The requested resource does not exist');
}

/** Maps what the SOQL engine throws to the answers of the query resource. */
export function answerSoql(work: () => SimResponse): SimResponse {
  try {
    return work();
  } catch (error) {
    if (error instanceof SoqlError) return restError(400, error.errorCode, error.message);
    if (error instanceof SoqlUnsupported) return unknownToSimulator(error.message);
    throw error;
  }
}
