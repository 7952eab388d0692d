import { portalOrigin } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { logRefused } from '@/lib/log';

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses an unsafe request that a page of another origin may have caused. Browsers send `Origin` with every
 * unsafe method; `null` and a missing one are refused (OWASP: CSRF, standard headers).
 */
export function requireSameOrigin(method: string, headers: Headers): void {
  if (SAFE_METHODS.has(method.toUpperCase())) return;
  const site = headers.get('sec-fetch-site');
  if (headers.get('origin') === portalOrigin() && (site === null || site === 'same-origin')) return;
  logRefused('origin', {
    origin: headers.get('origin')?.slice(0, 200) ?? null,
    ip: headers.get('x-forwarded-for'),
    requestId: headers.get('x-request-id'),
  });
  throw new AppError('FORBIDDEN', 'This request did not come from a page of this portal.', {
    nextStep: `Open the portal at ${portalOrigin()} and try again there.`,
  });
}
