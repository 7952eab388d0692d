import type { ApiParameter } from '@/lib/broker/openapi/types';

export interface TriedRequest {
  /** Path and query; null: what was filled in leads out of the operation. */
  target: string | null;
  headers: Record<string, string>;
}

/** The request that a filled-in form means. `values`: by name of the parameter. */
export function requestOf(
  { path, parameters }: { path: string; parameters: readonly ApiParameter[] },
  values: ReadonlyMap<string, string>,
  origin: string,
): TriedRequest {
  const said = (name: string) => values.get(name) ?? '';
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'path' ? said(name).replace(/^\/+/, '') : encodeURIComponent(said(name)),
  );
  const url = URL.canParse(address, origin) ? new URL(address, origin) : null;
  const headers: Record<string, string> = {};
  for (const { name, in: place, explode = false } of parameters) {
    if (said(name) === '') continue;
    if (place === 'query' && !explode) url?.searchParams.set(name, said(name));
    // Written as in an address: `name=Acme&limit=10`.
    if (explode)
      for (const [key, value] of new URLSearchParams(said(name))) url?.searchParams.set(key, value);
    if (place === 'header') headers[name] = said(name);
  }
  const [fixed = ''] = path.split('{');
  const isWithin = url?.origin === origin && url.pathname.startsWith(fixed);
  return { target: isWithin ? url.pathname + url.search : null, headers };
}
