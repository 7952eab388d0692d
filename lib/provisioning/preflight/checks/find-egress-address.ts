import type { TestConnection } from '@/lib/provisioning/preflight/checks/list-test-connections';
import { readLoginHistory } from '@/lib/salesforce/evidence/login-history';
import { readOwnSessions } from '@/lib/salesforce/evidence/own-sessions';

const DAY_MS = 86_400_000;
const MOST_LOGINS = 50;
/** What Salesforce calls a login through OAuth, whichever its version. */
const OAUTH_LOGIN = /^Remote Access/;

/** An address of this server, and where the org says so. */
interface SeenAddress {
  egress: { address: string; seenAt: string };
  source: 'AuthSession' | 'LoginHistory';
}

/**
 * The address that the org saw: of the session that asks, else of the newest OAuth login of its user. Null: the org does
 * not tell. Sessions of browsers have other addresses and are left out.
 */
export async function findEgressAddress({ client, connection }: TestConnection): Promise<SeenAddress | null> {
  const userId = connection.salesforceUserId;
  const sessions = await readOwnSessions(client, { userId });
  const current = sessions.kind === 'rows' ? sessions.rows.find(({ isCurrent }) => isCurrent) : undefined;
  if (current && isAddress(current.sourceIp)) {
    const egress = { address: current.sourceIp, seenAt: current.createdAt.toISOString() };
    return { egress, source: 'AuthSession' };
  }
  const since = new Date(Date.now() - 30 * DAY_MS);
  const logins = await readLoginHistory(client, { userId, since, limit: MOST_LOGINS });
  if (logins.kind !== 'rows') return null;
  const login = logins.rows.find(
    ({ loginType, sourceIp, status }) =>
      OAUTH_LOGIN.test(loginType ?? '') && status === 'Success' && isAddress(sourceIp),
  );
  if (!login || !isAddress(login.sourceIp)) return null;
  const egress = { address: login.sourceIp, seenAt: login.loginTime.toISOString() };
  return { egress, source: 'LoginHistory' };
}

/** Some rows hold words such as `Salesforce.com IP` instead. */
function isAddress(text: string | null): text is string {
  return text !== null && /^[0-9a-f.:]{3,45}$/i.test(text);
}
