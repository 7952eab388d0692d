import { openAccess, readGrantRow } from '@/lib/connections/grant-row';
import { AppError } from '@/lib/errors';
import { fetchUserInfo } from '@/lib/salesforce/oauth/userinfo';

/** How an access token stood when it was used to ask whose it is; no refresh token is touched. */
export interface GrantLook {
  connectionId: string;
  /** Which token pair was looked at; null: none could be. */
  generation: number | null;
  standing: 'alive' | 'dead' | 'unknown';
}

const PATIENCE_MS = 5_000;

/** Looks at some connections at once. Never throws: what cannot be told is `unknown`. */
export function lookAtGrants(grants: Array<{ id: string; tokenHost: string }>): Promise<GrantLook[]> {
  return Promise.all(grants.map(({ id, tokenHost }) => look(id, tokenHost)));
}

async function look(connectionId: string, tokenHost: string): Promise<GrantLook> {
  let generation: number | null = null;
  try {
    const grant = await openAccess(await readGrantRow(connectionId));
    generation = grant.generation;
    await fetchUserInfo({ tokenHost, accessToken: grant.accessToken, timeoutMs: PATIENCE_MS });
    return { connectionId, generation, standing: 'alive' };
  } catch (error) {
    const standing = generation !== null && refusesToken(error) ? 'dead' : 'unknown';
    return { connectionId, generation, standing };
  }
}

/** Other refusals, such as a missing scope or an inactive user, say nothing about the grant. */
function refusesToken(error: unknown): boolean {
  if (!(error instanceof AppError) || error.salesforce === null) return false;
  return error.salesforce.status === 401 || error.salesforce.error === 'Bad_OAuth_Token';
}
