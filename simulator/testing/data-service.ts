import { matchRoute, unknownParameter } from '@/simulator/http/router';
import { createDataRoutes } from '@/simulator/rest/data-routes';
import { createDataService, type DataService } from '@/simulator/rest/service';
import { type OrgFacts, PRODUCTION } from '@/simulator/seed/facts';
import { createOrg } from '@/simulator/seed/orgs';
import type { SimOrg, SimResponse, SimUser } from '@/simulator/types';

/** Noon in New York on the day of the data. */
export const NOON = Date.UTC(2026, 10, 22, 17, 0, 0);

export interface DataBench {
  readonly org: SimOrg;
  readonly service: DataService;
  user(name: string): SimUser;
  advance(milliseconds: number): void;
  /** A GET of the data resources without a server around them. */
  get(url: string, options?: { user?: SimUser; headers?: Record<string, string> }): Promise<SimResponse>;
  /** A POST of JSON to them. */
  post(url: string, body: unknown, options?: { user?: SimUser }): Promise<SimResponse>;
}

/** One org's data and routes with a clock that tests move. */
export function dataBench(facts: OrgFacts = PRODUCTION, accounts = 400, opportunities = 900): DataBench {
  let now = NOON;
  const clock = {
    now: () => now,
    advance: (milliseconds: number) => {
      now += milliseconds;
    },
    reset: () => {
      now = NOON;
    },
  };
  const org = createOrg(facts, { origin: 'http://localhost:4501', clock, accounts, opportunities });
  const service = createDataService(org);
  const routes = createDataRoutes(org, service);
  const [app] = org.apps;
  if (!app) throw new Error('the org has no app');
  const user = (name: string): SimUser => {
    const found = org.users.find((candidate) => candidate.username.startsWith(`${name}@`));
    if (!found) throw new Error(`no user ${name}`);
    return found;
  };
  const call = async (method: 'GET' | 'POST', url: string, sent: Sent): Promise<SimResponse> => {
    const { pathname, searchParams } = new URL(url, org.origin);
    const match = matchRoute(routes, method, decodeURIComponent(pathname));
    if (!match) throw new Error(`no route for ${pathname}`);
    const unknown = unknownParameter(searchParams, match.route.parameters);
    if (unknown) throw new Error(unknown);
    const { user: caller = user('ada'), ...rest } = sent;
    const request = { method, path: pathname, params: match.params, query: searchParams, ...rest };
    if (match.route.access === 'open') return match.route.handler(request);
    return match.route.handler(request, { org, user: caller, app, scopes: ['api'] });
  };
  return {
    org,
    service,
    user,
    advance: clock.advance,
    get: (url, { user: caller, headers = {} } = {}) =>
      call('GET', url, { headers, body: '', ...(caller && { user: caller }) }),
    post: (url, body, { user: caller } = {}) =>
      call('POST', url, {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        ...(caller && { user: caller }),
      }),
  };
}

interface Sent {
  readonly user?: SimUser;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** The JSON of an answer. */
export function jsonOf<T = Record<string, unknown>>(response: SimResponse): T {
  if (response.body.kind !== 'json') throw new Error(`no JSON: ${response.body.kind}`);
  return JSON.parse(JSON.stringify(response.body.value)) as T;
}

/** The rows of a query, as values of its columns. */
export function rowsOf(bench: DataBench, soql: string, user = bench.user('ada')): unknown[][] {
  const result = bench.service.engine.run(soql, user, bench.org.clock.now());
  if (result.kind !== 'rows') throw new Error(`a ${result.kind} has no rows`);
  return Array.from({ length: result.total }, (_, index) =>
    result.select.map((path) => path.read(result.rows?.[index] ?? index)),
  );
}
