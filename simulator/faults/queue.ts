import type { EndpointName, FaultSpec } from '@/simulator/faults/spec';
import type { SimRequest } from '@/simulator/types';

export interface ActiveFault {
  readonly id: number;
  readonly spec: FaultSpec;
  /** Requests that it still strikes; null: no end. */
  left: number | null;
  skip: number;
}

/** The faults that wait for a request, oldest first. */
export class FaultQueue {
  private nextId = 1;
  private faults: ActiveFault[] = [];

  add(spec: FaultSpec): ActiveFault {
    const fault = { id: this.nextId++, spec, left: spec.count, skip: spec.skip };
    this.faults.push(fault);
    return fault;
  }

  /** The fault that strikes this request; it is used up by one. */
  take(org: string, endpoints: readonly EndpointName[]): FaultSpec | null {
    for (const fault of this.faults) {
      const { spec } = fault;
      if ((spec.org !== undefined && spec.org !== org) || !endpoints.includes(spec.endpoint)) continue;
      if (fault.skip > 0) {
        fault.skip -= 1;
        continue;
      }
      if (fault.left !== null) fault.left -= 1;
      this.faults = this.faults.filter((other) => other.left !== 0);
      return spec;
    }
    return null;
  }

  list(): readonly ActiveFault[] {
    return this.faults;
  }

  /** True when there was such a fault. */
  remove(id: number): boolean {
    const before = this.faults.length;
    this.faults = this.faults.filter((fault) => fault.id !== id);
    return this.faults.length < before;
  }

  clear(): void {
    this.faults = [];
  }
}

const SERVICE_GRANTS = ['urn:ietf:params:oauth:grant-type:jwt-bearer', 'client_credentials', 'password'];

const OAUTH: Record<string, EndpointName> = {
  '/services/oauth2/authorize': 'authorize',
  '/services/oauth2/token': 'token',
  '/services/oauth2/revoke': 'revoke',
  '/services/oauth2/introspect': 'introspect',
  '/services/oauth2/userinfo': 'userinfo',
  '/services/oauth2/singleaccess': 'single_access',
};

/** Every name by which a fault can mean this request. */
export function endpointsOf({ path }: SimRequest, form: URLSearchParams): EndpointName[] {
  const oauth = OAUTH[path];
  if (oauth === 'token') {
    const grantType = form.get('grant_type');
    if (grantType === 'refresh_token') return ['any', 'token', 'refresh'];
    if (grantType === 'authorization_code') return ['any', 'token', 'code_exchange'];
    return SERVICE_GRANTS.includes(grantType ?? '') ? ['any', 'token', 'service_grant'] : ['any', 'token'];
  }
  if (oauth) return ['any', oauth];
  if (path.startsWith('/id/')) return ['any', 'identity'];
  if (!path.startsWith('/services/data')) return ['any', 'page'];
  if (/\/composite\/?$/.test(path)) return ['any', 'data', 'composite'];
  if (/\/parameterizedSearch\/?$/.test(path)) return ['any', 'data', 'search'];
  if (/\/describe\/?$/.test(path)) return ['any', 'data', 'describe'];
  if (/\/query(?:All)?\/[^/]+\/?$/.test(path)) return ['any', 'data', 'query', 'locator'];
  return /\/query(?:All)?\/?$/.test(path) ? ['any', 'data', 'query'] : ['any', 'data'];
}
