import { countOf } from '@/lib/connections/cause/words-of-time';
import { type Question, SILENT, type Testimony } from '@/lib/doctor/evidence/testimony';
import { readConnectedApplication } from '@/lib/salesforce/evidence/connected-application';
import { readOauthTokens } from '@/lib/salesforce/evidence/oauth-tokens';
import type { SalesforceClient } from '@/lib/salesforce/types';

/** Salesforce keeps five grants for each user and app (Help 000205876). */
const MOST_GRANTS = 5;

/** What the org says of the app: its grants of this user, whether it is installed, who may use it. */
export async function readApp(
  client: SalesforceClient,
  { salesforceUserId }: Question,
  appName: string | null,
): Promise<Testimony> {
  if (appName === null) return SILENT;
  const parts = [await readGrants(client, salesforceUserId, appName), await readPolicies(client, appName)];
  return {
    sentences: parts.flatMap(({ sentences }) => sentences),
    missing: parts.flatMap(({ missing }) => missing),
    speaksFor: parts.flatMap(({ speaksFor }) => speaksFor),
    appInstalled: parts.some(({ appInstalled }) => appInstalled),
  };
}

/** Of one user; where that user has none, of everybody, which shows at least whether the app is installed. */
async function readGrants(
  client: SalesforceClient,
  userId: string | null,
  appName: string,
): Promise<Testimony> {
  const answer = await readOauthTokens(client, { appName, ...(userId ? { userId } : {}) });
  if (answer.kind === 'not_permitted') {
    return { ...SILENT, missing: ['OauthToken of others needs the permission “Customize Application”.'] };
  }
  const { rows } = answer;
  if (rows.some(({ isAppInstalled }) => !isAppInstalled)) {
    const sentence = `OauthToken.AppMenuItemId is empty: the app ${appName} is not installed here.`;
    return { sentences: [sentence], missing: [], speaksFor: ['app_not_installed'] };
  }
  if (rows.length === 0 && userId !== null) return await readGrants(client, null, appName);
  const appInstalled = rows.length > 0;
  if (userId === null) return { ...SILENT, appInstalled };
  const sentence = `OauthToken holds ${countOf(rows.length, 'grant')} of this user for ${appName} that the asking user may see.`;
  const full = rows.length >= MOST_GRANTS;
  return { sentences: [sentence], missing: [], speaksFor: full ? ['grant.five_grants'] : [], appInstalled };
}

async function readPolicies(client: SalesforceClient, appName: string): Promise<Testimony> {
  const answer = await readConnectedApplication(client, appName);
  if (answer.kind === 'not_permitted') {
    return { ...SILENT, missing: ['The app’s policies need the permission “Customize Application”.'] };
  }
  const [app] = answer.rows;
  if (!app) return SILENT;
  if (!app.adminApprovedUsersOnly) {
    return { ...SILENT, sentences: [`ConnectedApplication: all users may authorize ${appName} themselves.`] };
  }
  const sentence = `ConnectedApplication: only users whom an administrator approved may use ${appName}.`;
  return { sentences: [sentence], missing: [], speaksFor: ['user_not_approved'] };
}
