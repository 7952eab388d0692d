import { eq } from 'drizzle-orm';
import { withSystem } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { AppError } from '@/lib/errors';
import { introspectToken } from '@/lib/salesforce/oauth/introspect';
import type { OAuthApp } from '@/lib/salesforce/types';

/** What an operator wants where introspection cannot tell. */
export type UncertainPolicy = 'reconnect' | 'one_try';

/**
 * What Salesforce says of a refresh token. `unavailable`: it could not be asked now, so ask again. `impossible`: it
 * may not be asked, or does not say; then the operator's policy decides.
 */
export type TokenStanding =
  | { kind: 'active' }
  | { kind: 'inactive' }
  | { kind: 'unavailable'; error: AppError }
  | { kind: 'impossible'; policy: UncertainPolicy };

const PASSING = new Set([
  'TIMEOUT',
  'HOST_UNREACHABLE',
  'HOST_UNRESOLVABLE',
  'UNAVAILABLE',
  'SALESFORCE_UNAVAILABLE',
]);

/**
 * Introspects a refresh token that may have been consumed: the single case in which such a token leaves us. Whether
 * Salesforce counts it as use is not documented, so an operator can switch it off per environment, and a public client
 * cannot do it. Never throws for what happens on the way.
 */
export async function askWhetherActive(
  { environmentId, app }: { environmentId: string; app: OAuthApp },
  refreshToken: string,
): Promise<TokenStanding> {
  const { allowed, policy } = await readPolicy(environmentId);
  if (!allowed || app.clientSecret === null) return { kind: 'impossible', policy };
  try {
    const { active } = await introspectToken({ app, token: refreshToken, hint: 'refresh_token' });
    return { kind: active ? 'active' : 'inactive' };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const status = error.salesforce?.status ?? 0;
    const passing = PASSING.has(error.code) || status === 429 || status >= 500;
    return passing ? { kind: 'unavailable', error } : { kind: 'impossible', policy };
  }
}

async function readPolicy(environmentId: string): Promise<{ allowed: boolean; policy: UncertainPolicy }> {
  const [row] = await withSystem('introspection policy', (tx) =>
    tx
      .select({ allowed: environments.introspection, policy: environments.uncertainPolicy })
      .from(environments)
      .where(eq(environments.id, environmentId)),
  );
  return row ?? { allowed: false, policy: 'reconnect' };
}
