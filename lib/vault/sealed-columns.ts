/**
 * Every column that holds sealed values, and the column whose value, as text, is the row id that they are bound to.
 * What may be sealed is derived from this list, and re-sealing runs over it: a new sealed column is added here.
 */
export const SEALED_COLUMNS = [
  { table: 'connection_secrets', column: 'access_token', rowIdColumn: 'connection_id' },
  { table: 'connection_secrets', column: 'refresh_token', rowIdColumn: 'connection_id' },
  { table: 'environment_secrets', column: 'consumer_secret', rowIdColumn: 'environment_id' },
  { table: 'environment_secrets', column: 'previous_consumer_secret', rowIdColumn: 'environment_id' },
  { table: 'environment_secrets', column: 'staged_consumer_secret', rowIdColumn: 'environment_id' },
  { table: 'consent_attempts', column: 'code_verifier', rowIdColumn: 'id' },
  { table: 'identity_provider_secrets', column: 'client_secret', rowIdColumn: 'identity_provider_id' },
  { table: 'provider_attempts', column: 'code_verifier', rowIdColumn: 'id' },
  { table: 'service_credentials', column: 'secret', rowIdColumn: 'connection_id' },
  { table: 'stray_grants', column: 'token', rowIdColumn: 'id' },
  { table: 'webhook_secrets', column: 'secret', rowIdColumn: 'endpoint_id' },
  { table: 'webhook_secrets', column: 'previous_secret', rowIdColumn: 'endpoint_id' },
] as const;

export type ListedColumn = (typeof SEALED_COLUMNS)[number];

type PlaceOf<Listed> = Listed extends ListedColumn ? Pick<Listed, 'table' | 'column'> : never;

/** A sealed column by its names in the database. */
export type SealedColumn = PlaceOf<ListedColumn>;
