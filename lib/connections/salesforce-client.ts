import { tokenSource } from '@/lib/connections/token-source';
import type { AuthorisedConnection, ReadableConnection } from '@/lib/connections/types';
import type { PersonId } from '@/lib/context';
import type { SalesforceClient } from '@/lib/salesforce/types';

/**
 * The data services of a connection that `requireReadable` authorised, called as its environment says. `by`: whose calls
 * these are; null: the portal's own.
 */
export function salesforceClient(connection: ReadableConnection, by: PersonId | null): SalesforceClient {
  return clientOf(connection, by);
}

/** The same to set an app up, for which a connection that is no good for reading may have been given. */
export function setUpClient(connection: AuthorisedConnection, by: PersonId): SalesforceClient {
  return clientOf(connection, by);
}

function clientOf(connection: AuthorisedConnection, by: PersonId | null): SalesforceClient {
  return {
    source: tokenSource(connection, by),
    apiVersion: connection.apiVersion,
    headerPrefix: connection.headerPrefix,
    timeoutMs: connection.queryTimeoutSeconds * 1_000,
  };
}
