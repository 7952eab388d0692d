import { eq } from 'drizzle-orm';
import type { Tx } from '@/db/client';
import { environments } from '@/db/schema/environments';
import { revokingApp } from '@/lib/connections/app-change';
import { openOAuthApp } from '@/lib/environments/oauth-app';
import { AppError } from '@/lib/errors';
import type { OAuthApp, RevokingApp } from '@/lib/salesforce/types';

/** Whose grant it is: nothing of another app's goes to this host. */
interface GrantOfApp {
  environmentId: string;
  tokenHost: string;
  clientId: string;
}

/**
 * What a grant is revoked with, and whether its end may be verified by introspection, which takes a secret. Without
 * a secret that opens, the token alone is sent: a damaged vault must not keep a grant alive.
 */
export async function openRevokingApp(
  systemTx: Tx,
  grant: GrantOfApp,
): Promise<{ app: RevokingApp; mayIntrospect: boolean }> {
  const app = revokingApp((await openStoredApp(systemTx, grant)) ?? NO_APP, grant);
  return { app, mayIntrospect: await mayIntrospect(systemTx, grant.environmentId, app) };
}

/** Whether the environment lets this app introspect; one without a secret cannot. */
export async function mayIntrospect(systemTx: Tx, environmentId: string, app: RevokingApp): Promise<boolean> {
  if (app.anonymous || app.clientSecret === null) return false;
  const [environment] = await systemTx
    .select({ introspection: environments.introspection })
    .from(environments)
    .where(eq(environments.id, environmentId));
  return environment?.introspection ?? false;
}

/** Belongs to nobody, so that `revokingApp` names no app. */
const NO_APP: OAuthApp = { tokenHost: '', clientId: '', clientSecret: null };

async function openStoredApp(systemTx: Tx, { environmentId }: GrantOfApp): Promise<OAuthApp | null> {
  try {
    return await openOAuthApp(systemTx, environmentId);
  } catch (error) {
    if (error instanceof AppError && /^(?:VAULT_|NOT_FOUND)/.test(error.code)) return null;
    throw error;
  }
}
