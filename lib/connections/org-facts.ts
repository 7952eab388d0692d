import { withinOrNull } from '@/lib/connections/refresh/clock';
import { refreshPolicy } from '@/lib/connections/refresh/policy';
import { DEFAULT_API_VERSION } from '@/lib/environments/fields/app';
import { log } from '@/lib/log';
import { fetchOrganization } from '@/lib/salesforce/organization';
import type { OAuthApp, TokenAnswer, TokenSource } from '@/lib/salesforce/types';

/** What Orgdock notes of an org when it is connected. Null: the org did not tell. */
export interface OrgFacts {
  name: string | null;
  /** ISO 4217 of a single-currency org. */
  defaultCurrency: string | null;
}

const UNKNOWN: OrgFacts = { name: null, defaultCurrency: null };

/** Asks the org for its name and currency with a grant that is not stored yet. A silent org does not stop a consent. */
export async function fetchOrgFacts(answer: TokenAnswer, app: OAuthApp): Promise<OrgFacts> {
  try {
    const client = {
      source: passingSource(answer),
      apiVersion: DEFAULT_API_VERSION,
      headerPrefix: app.settings?.headerPrefix ?? 'Bearer',
    };
    const organization = await withinOrNull(fetchOrganization(client), refreshPolicy().callerWaitMs);
    return organization
      ? { name: organization.name, defaultCurrency: organization.defaultCurrency }
      : UNKNOWN;
  } catch (err) {
    log().warn({ err, orgId: answer.orgId }, 'the org did not tell its name');
    return UNKNOWN;
  }
}

/** A source for one call: the token is a minute old, so a refusal of it is no expiry. */
function passingSource({ accessToken, instanceUrl }: TokenAnswer): TokenSource {
  const grant = { accessToken, instanceUrl, generation: 0 };
  return {
    current: async () => grant,
    renew: async () => {
      throw new Error('A grant that is not stored yet cannot be renewed.');
    },
    used: async () => undefined,
  };
}
