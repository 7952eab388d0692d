import type { Describe } from '@/lib/broker/policy/types';
import type { ReadableConnection } from '@/lib/connections/types';
import { describeIfVisible } from '@/lib/salesforce/describe';
import type { SalesforceClient } from '@/lib/salesforce/types';

/** Describes objects as the Salesforce user of a connection sees them, from the portal's cache; counted in the client's meter. */
export function describeThrough(client: SalesforceClient, connection: ReadableConnection): Describe {
  const cacheKey = `${connection.orgId} ${connection.salesforceUserId}`;
  return (sobject) => describeIfVisible(client, sobject, cacheKey);
}
