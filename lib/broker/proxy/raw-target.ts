import { AppError } from '@/lib/errors';
import { registry } from '@/lib/registry';

/**
 * The target of a program's request as it was sent: path and query, undecoded. Below server.mjs only its own header is
 * believed; where the process was started by something else (development, tests), Next's normalised address is the target,
 * and so what is decided on and sent. Throws POLICY_REFUSED (`path`) for a request that reached its route by another path.
 */
export function rawTargetOf(request: Request): string {
  const mark = registry().slots.get('server.target-mark');
  const { pathname, search } = new URL(request.url);
  if (mark === undefined) return pathname + search;
  const header = request.headers.get('x-orgdock-target') ?? '';
  const prefix = `${String(mark)} `;
  if (header.startsWith(prefix)) return header.slice(prefix.length);
  throw notPlain();
}

/** What of a target is meant for Salesforce: what follows `prefix`, and begins with `/services/`. Throws as `rawTargetOf`. */
export function belowPrefix(target: string, prefix: string): string {
  const rest = target.startsWith(prefix) ? target.slice(prefix.length) : '';
  if (rest.startsWith('/services/')) return rest;
  throw notPlain();
}

function notPlain(): AppError {
  return new AppError(
    'POLICY_REFUSED',
    'The path is not written in the one form that everybody reads alike.',
    {
      nextStep: 'Write the path without “//”, “..” and encoded slashes or dots.',
      details: { rule: 'path' },
    },
  );
}
