CREATE TABLE "orgdock"."connection_shares" (
	"connection_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "connection_shares_connection_id_person_id_pk" PRIMARY KEY("connection_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."service_credentials" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"username" text NOT NULL,
	"secret" text NOT NULL,
	"certificate_fingerprint" text,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."stray_grants" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"org_id" text,
	"salesforce_user_id" text,
	"token_host" text NOT NULL,
	"client_id" text NOT NULL,
	"token" text,
	"why" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp with time zone,
	"next_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"error" text,
	"error_description" text,
	"http_status" integer
);
--> statement-breakpoint
CREATE TABLE "orgdock"."notifications" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"occasion" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"read_at" timestamp with time zone,
	"mailed_at" timestamp with time zone,
	CONSTRAINT "notifications_once" UNIQUE("person_id","kind","connection_id","occasion")
);
--> statement-breakpoint
ALTER TABLE "orgdock"."connection_secrets" ALTER COLUMN "refresh_token" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ALTER COLUMN "owner_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "name" text;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "flow" text DEFAULT 'authorization_code' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "shared_with_everyone" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "consented_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "last_used_by" uuid;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "keep_alive" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "uncertain_since" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "settle_owner" text;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "settle_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "verify_first" text;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "revocation_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "revocation_next_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "problem_cause" text;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "problem_evidence" jsonb;--> statement-breakpoint
ALTER TABLE "orgdock"."refresh_attempts" ADD COLUMN "trigger" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_secrets" ADD COLUMN "previous_consumer_secret" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "idle_limit_days" integer DEFAULT 30;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "absolute_limit_days" integer;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "introspection" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "uncertain_policy" text DEFAULT 'reconnect' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "allow_password_flow" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_paused_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_fault_code" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_fault_error" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_fault_description" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_fault_status" integer;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_fault_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "deleted_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "heartbeat_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "database_identity" text;--> statement-breakpoint
ALTER TABLE "orgdock"."connection_shares" ADD CONSTRAINT "connection_shares_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connection_shares" ADD CONSTRAINT "connection_shares_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."service_credentials" ADD CONSTRAINT "service_credentials_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."stray_grants" ADD CONSTRAINT "stray_grants_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."notifications" ADD CONSTRAINT "notifications_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."notifications" ADD CONSTRAINT "notifications_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "stray_grants_open" ON "orgdock"."stray_grants" USING btree ("finished_at","next_at");--> statement-breakpoint
CREATE INDEX "notifications_person" ON "orgdock"."notifications" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "connections_ledger" ON "orgdock"."connections" USING btree ("org_id","salesforce_user_id","client_id");--> statement-breakpoint
CREATE INDEX "connections_state" ON "orgdock"."connections" USING btree ("state","retrieved_at");--> statement-breakpoint
UPDATE "orgdock"."connections" SET "consented_at" = "created_at";--> statement-breakpoint
-- Nobody knows when the answer that is missing was asked for; from now on is the safe guess.
UPDATE "orgdock"."connections" SET "uncertain_since" = orgdock.now() WHERE "state" = 'uncertain';--> statement-breakpoint
-- Custody (`withCustody`, db/client.ts): what administrators and auditors may see of everybody's grants. It has to be
-- asked for, so that an administrator's own pages see no more than anybody's.
CREATE FUNCTION orgdock.is_custodian() RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(pg_catalog.current_setting('orgdock.custody', true), '') = 'on'
           AND coalesce(orgdock.actor_role(), '') IN ('admin', 'auditor') $$;
--> statement-breakpoint
ALTER TABLE orgdock.service_credentials ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.service_credentials FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_shares ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_shares FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.stray_grants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.stray_grants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.notifications ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.notifications FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.service_credentials
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.connection_shares
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.stray_grants
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.notifications
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.notifications
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_read ON orgdock.connection_shares FOR SELECT USING (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
-- A service connection has no owner: its records are read by those whom it was shared with.
CREATE POLICY shared_read ON orgdock.connections FOR SELECT
  USING (owner_id IS NULL AND (SELECT orgdock.actor_id()) IS NOT NULL
         AND (shared_with_everyone
              OR EXISTS (SELECT 1 FROM orgdock.connection_shares s
                          WHERE s.connection_id = id AND s.person_id = (SELECT orgdock.actor_id()))));
--> statement-breakpoint
CREATE POLICY custodian_read ON orgdock.connections FOR SELECT USING ((SELECT orgdock.is_custodian()));
--> statement-breakpoint
CREATE POLICY custodian_read ON orgdock.refresh_attempts FOR SELECT USING ((SELECT orgdock.is_custodian()));
--> statement-breakpoint
CREATE POLICY custodian_read ON orgdock.connection_shares FOR SELECT USING ((SELECT orgdock.is_custodian()));
--> statement-breakpoint
CREATE POLICY custodian_read ON orgdock.stray_grants FOR SELECT USING ((SELECT orgdock.is_custodian()));
