CREATE SCHEMA IF NOT EXISTS "orgdock";
--> statement-breakpoint
CREATE TYPE "orgdock"."connection_state" AS ENUM('idle', 'refreshing', 'uncertain', 'needs_reconnect', 'disconnecting', 'disconnected');--> statement-breakpoint
CREATE TYPE "orgdock"."revocation" AS ENUM('none', 'pending', 'confirmed', 'unconfirmed');--> statement-breakpoint
CREATE TYPE "orgdock"."consent_intent" AS ENUM('sign_in', 'connect', 'setup');--> statement-breakpoint
CREATE TYPE "orgdock"."environment_kind" AS ENUM('production', 'uat', 'sandbox', 'developer', 'scratch');--> statement-breakpoint
CREATE TYPE "orgdock"."membership" AS ENUM('known_people', 'everyone_of_org');--> statement-breakpoint
CREATE TYPE "orgdock"."role" AS ENUM('member', 'admin', 'auditor');--> statement-breakpoint
CREATE TABLE "orgdock"."audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orgdock"."audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"action" text NOT NULL,
	"actor_kind" text NOT NULL,
	"person_id" uuid,
	"session_id" uuid,
	"subject_type" text NOT NULL,
	"subject_id" text NOT NULL,
	"outcome" text NOT NULL,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"ip" text,
	"user_agent" text,
	"request_id" text
);
--> statement-breakpoint
CREATE TABLE "orgdock"."connection_secrets" (
	"connection_id" uuid PRIMARY KEY NOT NULL,
	"access_token" text NOT NULL,
	"refresh_token" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."connections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"org_id" text NOT NULL,
	"org_name" text,
	"salesforce_user_id" text NOT NULL,
	"username" text NOT NULL,
	"user_display_name" text NOT NULL,
	"locale" text,
	"time_zone" text,
	"default_currency" text,
	"instance_url" text NOT NULL,
	"token_host" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"retrieved_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"last_used_at" timestamp with time zone,
	"grant_id" uuid NOT NULL,
	"generation" integer DEFAULT 1 NOT NULL,
	"state" "orgdock"."connection_state" DEFAULT 'idle' NOT NULL,
	"fence" integer DEFAULT 0 NOT NULL,
	"lease_owner" text,
	"lease_until" timestamp with time zone,
	"revocation" "orgdock"."revocation" DEFAULT 'none' NOT NULL,
	"disconnected_at" timestamp with time zone,
	"problem_code" text,
	"problem_error" text,
	"problem_description" text,
	"problem_status" integer,
	"problem_at" timestamp with time zone,
	CONSTRAINT "connections_one_per_owner_and_user" UNIQUE("environment_id","owner_id","org_id","salesforce_user_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."refresh_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"connection_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"grant_id" uuid NOT NULL,
	"generation" integer NOT NULL,
	"fence" integer NOT NULL,
	"lease_owner" text NOT NULL,
	"claimed_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"finished_at" timestamp with time zone,
	"outcome" text,
	"http_status" integer,
	"error" text,
	"error_description" text
);
--> statement-breakpoint
CREATE TABLE "orgdock"."consent_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"environment_id" uuid NOT NULL,
	"intent" "orgdock"."consent_intent" NOT NULL,
	"person_id" uuid,
	"session_id" uuid,
	"reconnects" uuid,
	"code_verifier" text NOT NULL,
	"nonce" text,
	"callback_path" text NOT NULL,
	"fresh" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "consent_attempts_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."consent_failures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"browser_hash" text,
	"person_id" uuid,
	"environment_id" uuid,
	"intent" "orgdock"."consent_intent",
	"code" text NOT NULL,
	"message" text NOT NULL,
	"next_step" text,
	"salesforce_error" text,
	"salesforce_description" text,
	"salesforce_status" integer,
	"details" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."environment_secrets" (
	"environment_id" uuid PRIMARY KEY NOT NULL,
	"consumer_secret" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."environments" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"kind" "orgdock"."environment_kind" NOT NULL,
	"origin" text NOT NULL,
	"client_id" text NOT NULL,
	"api_version" text NOT NULL,
	"scopes" text[] NOT NULL,
	"allow_sign_in" boolean DEFAULT false NOT NULL,
	"membership" "orgdock"."membership" DEFAULT 'known_people' NOT NULL,
	"expected_org_id" text,
	"expected_org_name" text,
	"proposed_org_id" text,
	"proposed_org_name" text,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "environments_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."identities" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"issuer" text NOT NULL,
	"subject" text NOT NULL,
	"username" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "identities_issuer_subject" UNIQUE("issuer","subject")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."people" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"display_name" text NOT NULL,
	"email" text,
	"role" "orgdock"."role" DEFAULT 'member' NOT NULL,
	"locale" text,
	"time_zone" text,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"last_seen_at" timestamp with time zone,
	"deactivated_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."portal" (
	"id" integer PRIMARY KEY DEFAULT 1 NOT NULL,
	"setup_token_hash" text,
	"setup_closed" boolean DEFAULT false NOT NULL,
	"setup_closed_at" timestamp with time zone,
	CONSTRAINT "portal_single_row" CHECK ("orgdock"."portal"."id" = 1)
);
--> statement-breakpoint
CREATE TABLE "orgdock"."sessions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"authenticated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"last_seen_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"ended_reason" text,
	"ip" text,
	"user_agent" text,
	"signed_in_via" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."sign_in_links" (
	"token_hash" text PRIMARY KEY NOT NULL,
	"person_id" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "orgdock"."connection_secrets" ADD CONSTRAINT "connection_secrets_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD CONSTRAINT "connections_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD CONSTRAINT "connections_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "orgdock"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."refresh_attempts" ADD CONSTRAINT "refresh_attempts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD CONSTRAINT "consent_attempts_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD CONSTRAINT "consent_attempts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD CONSTRAINT "consent_attempts_reconnects_connections_id_fk" FOREIGN KEY ("reconnects") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_failures" ADD CONSTRAINT "consent_failures_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_failures" ADD CONSTRAINT "consent_failures_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_secrets" ADD CONSTRAINT "environment_secrets_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."identities" ADD CONSTRAINT "identities_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."sessions" ADD CONSTRAINT "sessions_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."sign_in_links" ADD CONSTRAINT "sign_in_links_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_subject" ON "orgdock"."audit_log" USING btree ("subject_type","subject_id");--> statement-breakpoint
CREATE INDEX "connections_owner" ON "orgdock"."connections" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "refresh_attempts_connection" ON "orgdock"."refresh_attempts" USING btree ("connection_id","claimed_at");--> statement-breakpoint
CREATE INDEX "consent_attempts_person" ON "orgdock"."consent_attempts" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "identities_person" ON "orgdock"."identities" USING btree ("person_id");--> statement-breakpoint
CREATE INDEX "sessions_person" ON "orgdock"."sessions" USING btree ("person_id");