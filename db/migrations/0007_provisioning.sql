CREATE TABLE "orgdock"."app_deployments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"connection_id" uuid,
	"started_by" uuid NOT NULL,
	"started_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"deploy_request_id" text,
	"state" text DEFAULT 'waiting' NOT NULL,
	"salesforce_status" text,
	"components_total" integer DEFAULT 0 NOT NULL,
	"components_done" integer DEFAULT 0 NOT NULL,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"credentials" text,
	"error" text,
	"error_description" text,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."app_observations" (
	"environment_id" uuid PRIMARY KEY NOT NULL,
	"app_identifier" text,
	"consumer_id" text,
	"developer_name" text,
	"observed_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"observed_by" uuid,
	"facts" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."approval_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"salesforce_error" text,
	"salesforce_description" text,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone,
	"done_at" timestamp with time zone,
	"done_by" text,
	"done_note" text DEFAULT '' NOT NULL,
	"ended_at" timestamp with time zone,
	"ended" text,
	CONSTRAINT "approval_requests_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."environment_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"started_by" uuid,
	"started_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"finished_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"state" text NOT NULL,
	"results" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."secret_rotations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"started_by" uuid NOT NULL,
	"source" text NOT NULL,
	"staged_credential_id" text,
	"staged_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"applied_at" timestamp with time zone,
	"org_rotated" boolean,
	"behaviour" text DEFAULT 'unknown' NOT NULL,
	"behaviour_evidence" text,
	"retired_at" timestamp with time zone,
	"cancelled_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "orgdock"."connections" DROP CONSTRAINT "connections_one_per_owner_and_user";--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "purpose" text DEFAULT 'runtime' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD COLUMN "purpose" text DEFAULT 'runtime' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_secrets" ADD COLUMN "staged_consumer_secret" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "status" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "is_production" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "color" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "rank" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "contact_email" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "run_as_username" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_type" text DEFAULT 'external_client_app' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "client_type" text DEFAULT 'confidential' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "client_authentication" text DEFAULT 'client_secret_post' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "send_scope_on_refresh" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "authorize_parameters" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "token_parameters" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "token_headers" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "authorize_url" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "token_url" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "header_prefix" text DEFAULT 'Bearer' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "authentication_timeout_seconds" integer DEFAULT 10 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "query_timeout_seconds" integer DEFAULT 120 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "outside_hours" text DEFAULT 'alert' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "egress_address" text;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "egress_seen_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "orgdock"."app_deployments" ADD CONSTRAINT "app_deployments_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."app_deployments" ADD CONSTRAINT "app_deployments_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."app_observations" ADD CONSTRAINT "app_observations_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."approval_requests" ADD CONSTRAINT "approval_requests_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."approval_requests" ADD CONSTRAINT "approval_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_checks" ADD CONSTRAINT "environment_checks_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."secret_rotations" ADD CONSTRAINT "secret_rotations_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_deployments_latest" ON "orgdock"."app_deployments" USING btree ("environment_id","started_at");--> statement-breakpoint
CREATE INDEX "approval_requests_person" ON "orgdock"."approval_requests" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "environment_checks_latest" ON "orgdock"."environment_checks" USING btree ("environment_id","started_at");--> statement-breakpoint
CREATE INDEX "secret_rotations_latest" ON "orgdock"."secret_rotations" USING btree ("environment_id","staged_at");--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD CONSTRAINT "connections_one_per_owner_and_user" UNIQUE("environment_id","owner_id","org_id","salesforce_user_id","purpose");--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD CONSTRAINT "environments_complete_or_draft" CHECK ("orgdock"."environments"."status" = 'draft' OR ("orgdock"."environments"."client_id" <> '' AND "orgdock"."environments"."origin" <> ''));
--> statement-breakpoint
UPDATE orgdock.environments SET is_production = true WHERE kind = 'production';
--> statement-breakpoint
ALTER TABLE orgdock.app_deployments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.app_deployments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.app_deployments
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.app_observations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.app_observations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.app_observations
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.approval_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.approval_requests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.approval_requests
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.environment_checks ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environment_checks FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.environment_checks
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.secret_rotations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.secret_rotations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.secret_rotations
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.app_deployments FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.app_deployments
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.app_observations FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.app_observations
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.environment_checks FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.environment_checks
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.secret_rotations FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.secret_rotations
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
-- Who waits for a Salesforce administrator sees it; administrators see all, so that they can help.
CREATE POLICY own_all ON orgdock.approval_requests
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.approval_requests FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
