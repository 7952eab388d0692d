CREATE SCHEMA IF NOT EXISTS "orgdock";
--> statement-breakpoint
-- The one clock of every row. VOLATILE over clock_timestamp(): it moves inside a transaction, and tests replace it.
CREATE FUNCTION orgdock.now() RETURNS timestamptz
  LANGUAGE sql VOLATILE PARALLEL SAFE
  AS 'SELECT pg_catalog.clock_timestamp()';
