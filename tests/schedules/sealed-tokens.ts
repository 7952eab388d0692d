import { seal } from '@/lib/vault/seal';
import type { Family } from './salesforce';

/** The tokens of a family as the row of a connection holds them. */
export async function sealedTokens(connectionId: string, family: Family) {
  const place = { table: 'connection_secrets', rowId: connectionId } as const;
  const [accessToken = ''] = family.access;
  return {
    accessToken: await seal(accessToken, { ...place, column: 'access_token' }),
    refreshToken: await seal(family.current, { ...place, column: 'refresh_token' }),
  };
}
