import { readLogin } from '@/lib/salesforce/evidence/login-history';
import { readOwnSessions } from '@/lib/salesforce/evidence/own-sessions';
import type { SalesforceClient } from '@/lib/salesforce/types';

/**
 * The label that the org has for the app of the asking grant: that of the login which began the very session that asks.
 * Null: the org does not say, or not to this user (Manage Users).
 */
export async function readAppLabel(
  client: SalesforceClient,
  { salesforceUserId }: { salesforceUserId: string },
): Promise<string | null> {
  const sessions = await readOwnSessions(client, { userId: salesforceUserId });
  const current = sessions.kind === 'rows' ? sessions.rows.filter(({ isCurrent }) => isCurrent) : [];
  const loginId = current.length === 1 ? current[0]?.loginHistoryId : null;
  if (!loginId) return null;
  const login = await readLogin(client, loginId);
  const [row] = login.kind === 'rows' ? login.rows : [];
  return row?.loginType === 'Remote Access 2.0' ? row.application : null;
}
