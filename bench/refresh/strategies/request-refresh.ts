import { springTrap } from '../trap';
import type { TokenPair } from './grants-table';
import type { Baseline } from './strategy';

/** One refresh request as most code sends it. Throws Salesforce's refusal, or what the connection says. */
export async function requestRefresh(
  { app }: Baseline,
  refreshToken: string,
  signal: AbortSignal | null = null,
): Promise<TokenPair> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: refreshToken,
    client_id: app.clientId,
    client_secret: app.clientSecret,
  });
  const response = await fetch(`${app.tokenHost}/services/oauth2/token`, { method: 'POST', body, signal });
  const text = await response.text();
  if (!response.ok) throw new Error(`refused: ${text.slice(0, 120)}`);
  const answer = JSON.parse(text) as { access_token: string; refresh_token?: string; instance_url: string };
  springTrap();
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? refreshToken,
    instanceUrl: answer.instance_url,
  };
}
