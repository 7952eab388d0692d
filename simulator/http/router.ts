interface Pattern {
  readonly method: string;
  readonly pattern: string;
}

/** The first entry whose method and pattern match, with the values of its `:name` segments. */
export function matchRoute<T extends Pattern>(
  table: readonly T[],
  method: string,
  path: string,
): { route: T; params: Record<string, string> } | null {
  for (const route of table) {
    if (route.method !== method) continue;
    const params = matchPattern(route.pattern, path);
    if (params) return { route, params };
  }
  return null;
}

/** The values of a pattern's `:name` segments in a path, or null when it does not match. */
export function matchPattern(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/');
  const given = trimTrailingSlash(path).split('/');
  if (wanted.length !== given.length) return null;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (segment.startsWith(':')) {
      if (value === '') return null;
      params[segment.slice(1)] = value;
    } else if (segment !== value) return null;
  }
  return params;
}

function trimTrailingSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}

/** The first parameter name that is not in the list or is given twice, in words; null when all are known. */
export function unknownParameter(given: URLSearchParams, known: readonly string[]): string | null {
  const seen = new Set<string>();
  for (const name of given.keys()) {
    if (!known.includes(name)) return `the parameter "${name}"`;
    if (seen.has(name)) return `the parameter "${name}" given twice`;
    seen.add(name);
  }
  return null;
}
