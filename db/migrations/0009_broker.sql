CREATE TABLE "orgdock"."api_calls" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orgdock"."api_calls_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"key_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"connection_id" uuid,
	"environment_id" uuid,
	"request_id" text NOT NULL,
	"operation" text NOT NULL,
	"method" text NOT NULL,
	"target" text,
	"status" integer NOT NULL,
	"code" text,
	"rule" text,
	"rows" integer DEFAULT 0 NOT NULL,
	"cost" integer DEFAULT 0 NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL,
	"milliseconds" integer NOT NULL,
	"salesforce_milliseconds" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."api_key_days" (
	"key_id" uuid NOT NULL,
	"day" text NOT NULL,
	"calls" bigint DEFAULT 0 NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "api_key_days_key_id_day_pk" PRIMARY KEY("key_id","day")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."api_key_locators" (
	"key_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"locator_hash" text NOT NULL,
	"touches" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "api_key_locators_key_id_connection_id_locator_hash_pk" PRIMARY KEY("key_id","connection_id","locator_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."api_key_secrets" (
	"prefix" text PRIMARY KEY NOT NULL,
	"key_id" uuid NOT NULL,
	"secret_hash" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"retires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."api_keys" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"policy" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"created_by" uuid NOT NULL,
	"expires_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"last_used_from" text
);
--> statement-breakpoint
CREATE TABLE "orgdock"."connect_links" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" text NOT NULL,
	"holder_id" uuid NOT NULL,
	"key_id" uuid,
	"environment_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"alias" text,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"browser_hash" text,
	"opened_at" timestamp with time zone,
	"used_at" timestamp with time zone,
	"withdrawn_at" timestamp with time zone,
	"connection_id" uuid,
	CONSTRAINT "connect_links_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."idempotency_keys" (
	"key_id" uuid NOT NULL,
	"owner_id" uuid NOT NULL,
	"name_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"finished_at" timestamp with time zone,
	"status" integer,
	"content_type" text,
	"body" text,
	CONSTRAINT "idempotency_keys_key_id_name_hash_pk" PRIMARY KEY("key_id","name_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."named_queries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"soql" text NOT NULL,
	"parameters" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"updated_by" uuid,
	CONSTRAINT "named_queries_name_unique" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."webhook_deliveries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"endpoint_id" uuid NOT NULL,
	"event_id" text NOT NULL,
	"event" text NOT NULL,
	"payload" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"state" text DEFAULT 'waiting' NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."webhook_endpoints" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"url" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"events" text[] NOT NULL,
	"environment_id" uuid,
	"enabled" boolean DEFAULT true NOT NULL,
	"disabled_reason" text,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"created_by" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."webhook_secrets" (
	"endpoint_id" uuid PRIMARY KEY NOT NULL,
	"secret" text NOT NULL,
	"previous_secret" text,
	"previous_until" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."webhook_tries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orgdock"."webhook_tries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"delivery_id" uuid NOT NULL,
	"at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"status" integer,
	"milliseconds" integer NOT NULL,
	"answer" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD COLUMN "alias" text;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD COLUMN "connect_link_id" uuid;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "allow_raw_tokens" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "webhooks_position" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."api_key_days" ADD CONSTRAINT "api_key_days_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "orgdock"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."api_key_locators" ADD CONSTRAINT "api_key_locators_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "orgdock"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."api_key_secrets" ADD CONSTRAINT "api_key_secrets_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "orgdock"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."api_keys" ADD CONSTRAINT "api_keys_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connect_links" ADD CONSTRAINT "connect_links_holder_id_people_id_fk" FOREIGN KEY ("holder_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connect_links" ADD CONSTRAINT "connect_links_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "orgdock"."api_keys"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connect_links" ADD CONSTRAINT "connect_links_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connect_links" ADD CONSTRAINT "connect_links_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."idempotency_keys" ADD CONSTRAINT "idempotency_keys_key_id_api_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "orgdock"."api_keys"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "orgdock"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."webhook_endpoints" ADD CONSTRAINT "webhook_endpoints_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."webhook_secrets" ADD CONSTRAINT "webhook_secrets_endpoint_id_webhook_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "orgdock"."webhook_endpoints"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."webhook_tries" ADD CONSTRAINT "webhook_tries_delivery_id_webhook_deliveries_id_fk" FOREIGN KEY ("delivery_id") REFERENCES "orgdock"."webhook_deliveries"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "api_calls_key" ON "orgdock"."api_calls" USING btree ("key_id","at");--> statement-breakpoint
CREATE INDEX "api_calls_connection" ON "orgdock"."api_calls" USING btree ("connection_id","at");--> statement-breakpoint
CREATE INDEX "api_calls_at" ON "orgdock"."api_calls" USING btree ("at");--> statement-breakpoint
CREATE INDEX "api_key_locators_age" ON "orgdock"."api_key_locators" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "api_key_secrets_key" ON "orgdock"."api_key_secrets" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "api_keys_owner" ON "orgdock"."api_keys" USING btree ("owner_id");--> statement-breakpoint
CREATE INDEX "connect_links_holder" ON "orgdock"."connect_links" USING btree ("holder_id");--> statement-breakpoint
CREATE INDEX "idempotency_keys_age" ON "orgdock"."idempotency_keys" USING btree ("started_at");--> statement-breakpoint
CREATE UNIQUE INDEX "webhook_deliveries_once" ON "orgdock"."webhook_deliveries" USING btree ("endpoint_id","event_id");--> statement-breakpoint
CREATE INDEX "webhook_deliveries_age" ON "orgdock"."webhook_deliveries" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "webhook_tries_delivery" ON "orgdock"."webhook_tries" USING btree ("delivery_id");--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD CONSTRAINT "consent_attempts_connect_link_id_connect_links_id_fk" FOREIGN KEY ("connect_link_id") REFERENCES "orgdock"."connect_links"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ADD CONSTRAINT "connections_alias" UNIQUE("environment_id","alias");
--> statement-breakpoint
-- The wall stands for the owner of the tables as well.
SELECT set_config('orgdock.system_reason', 'aliases of connections', true);
--> statement-breakpoint
-- A name for programs: what its people recognise, and enough of the id to be the only one.
UPDATE orgdock.connections SET alias =
  trim(BOTH '-' FROM lower(regexp_replace(coalesce(name, split_part(username, '@', 1)), '[^A-Za-z0-9]+', '-', 'g'))) || '-' || left(id::text, 8);
--> statement-breakpoint
SELECT set_config('orgdock.system_reason', '', true);
--> statement-breakpoint
ALTER TABLE orgdock.api_keys ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.api_keys FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.api_keys
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.api_key_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.api_key_secrets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.api_key_secrets
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.api_key_days ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.api_key_days FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.api_key_days
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.api_calls ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.api_calls FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.api_calls
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.idempotency_keys ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.idempotency_keys FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.idempotency_keys
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.named_queries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.named_queries FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.named_queries
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.connect_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connect_links FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.connect_links
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.webhook_endpoints ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.webhook_endpoints FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.webhook_endpoints
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.webhook_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.webhook_secrets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.webhook_secrets
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.webhook_deliveries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.webhook_deliveries FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.webhook_deliveries
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.webhook_tries ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.webhook_tries FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.webhook_tries
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
-- An auditor reads no records, so has no keys.
CREATE POLICY own_all ON orgdock.api_keys
  USING (owner_id = (SELECT orgdock.actor_id()))
  WITH CHECK (owner_id = (SELECT orgdock.actor_id()) AND (SELECT orgdock.actor_role()) IN ('member', 'admin'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.api_keys FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
-- An administrator limits and revokes the keys of others, and makes none for them.
CREATE POLICY admin_update ON orgdock.api_keys FOR UPDATE
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.api_key_secrets
  USING (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())))
  WITH CHECK (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.api_key_secrets FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.api_key_days
  USING (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())))
  WITH CHECK (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.api_key_days FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.idempotency_keys
  USING (owner_id = (SELECT orgdock.actor_id())) WITH CHECK (owner_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.connect_links
  USING (holder_id = (SELECT orgdock.actor_id())) WITH CHECK (holder_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.connect_links FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY own_read ON orgdock.api_calls FOR SELECT USING (owner_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.api_calls FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY everyone_read ON orgdock.named_queries FOR SELECT USING (((SELECT orgdock.actor_id())) IS NOT NULL);
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.named_queries
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.webhook_endpoints FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.webhook_deliveries FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.webhook_tries FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.webhook_endpoints
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.webhook_secrets
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.webhook_deliveries
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.webhook_tries
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
ALTER TABLE orgdock.api_key_locators ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.api_key_locators FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.api_key_locators
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.api_key_locators
  USING (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())))
  WITH CHECK (EXISTS (SELECT 1 FROM orgdock.api_keys WHERE id = key_id AND owner_id = (SELECT orgdock.actor_id())));
