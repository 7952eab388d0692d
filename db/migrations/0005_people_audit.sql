ALTER TABLE "orgdock"."portal" ADD COLUMN "audit_era" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
-- Transaction ids begin anew in another cluster, so the order of the audit log begins with the cluster's number.
-- The reason is set inside: only a superuser could make a function that carries a setting of ours.
CREATE FUNCTION orgdock.audit_era() RETURNS integer
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog
  AS $$
DECLARE
  reason text := coalesce(current_setting('orgdock.system_reason', true), '');
  era integer;
BEGIN
  PERFORM set_config('orgdock.system_reason', 'audit era', true);
  SELECT audit_era + coalesce(
           (split_part(database_identity, '/', 1) <> (SELECT system_identifier::text FROM pg_control_system()))::int, 0)
    INTO era FROM orgdock.portal;
  PERFORM set_config('orgdock.system_reason', reason, true);
  RETURN coalesce(era, 0);
END $$;
--> statement-breakpoint
CREATE TABLE "orgdock"."access_requests" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"person_id" uuid,
	"issuer" text,
	"subject" text,
	"username" text,
	"display_name" text NOT NULL,
	"email" text,
	"environment_id" uuid,
	"message" text DEFAULT '' NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"decided_at" timestamp with time zone,
	"decided_by" uuid,
	"decision" text,
	CONSTRAINT "access_requests_asker" CHECK ("orgdock"."access_requests"."person_id" IS NOT NULL OR ("orgdock"."access_requests"."issuer" IS NOT NULL AND "orgdock"."access_requests"."subject" IS NOT NULL))
);
--> statement-breakpoint
CREATE TABLE "orgdock"."environment_access" (
	"environment_id" uuid NOT NULL,
	"person_id" uuid NOT NULL,
	"granted_by" uuid,
	"granted_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "environment_access_environment_id_person_id_pk" PRIMARY KEY("environment_id","person_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."identity_provider_secrets" (
	"identity_provider_id" uuid PRIMARY KEY NOT NULL,
	"client_secret" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."identity_providers" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"issuer" text NOT NULL,
	"client_id" text NOT NULL,
	"scopes" text[] NOT NULL,
	"groups_claim" text,
	"group_mappings" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"admits_unknown" boolean DEFAULT false NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "identity_providers_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."audit_checkpoints" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "orgdock"."audit_checkpoints_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"kind" text NOT NULL,
	"position" bigint NOT NULL,
	"hash" text NOT NULL,
	"removed_rows" bigint DEFAULT 0 NOT NULL,
	"signature" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "orgdock"."audit_seals" (
	"position" bigint PRIMARY KEY NOT NULL,
	"audit_id" bigint NOT NULL,
	"hash" text NOT NULL,
	"sealed_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	CONSTRAINT "audit_seals_audit_id_unique" UNIQUE("audit_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."provider_attempts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"state_hash" text NOT NULL,
	"browser_hash" text NOT NULL,
	"identity_provider_id" uuid NOT NULL,
	"person_id" uuid,
	"session_id" uuid,
	"invitation_id" uuid,
	"code_verifier" text NOT NULL,
	"nonce" text NOT NULL,
	"callback_path" text NOT NULL,
	"fresh" boolean DEFAULT false NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "provider_attempts_state_hash_unique" UNIQUE("state_hash")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."rate_limits" (
	"key" varchar(255) PRIMARY KEY NOT NULL,
	"points" integer DEFAULT 0 NOT NULL,
	"expire" bigint
);
--> statement-breakpoint
CREATE TABLE "orgdock"."invitations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"token_hash" text NOT NULL,
	"display_name" text NOT NULL,
	"email" text,
	"role" "orgdock"."role" DEFAULT 'member' NOT NULL,
	"environment_ids" uuid[] DEFAULT '{}' NOT NULL,
	"invited_by" uuid NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"accepted_at" timestamp with time zone,
	"accepted_by" uuid,
	"withdrawn_at" timestamp with time zone,
	CONSTRAINT "invitations_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
ALTER TABLE "orgdock"."audit_log" ADD COLUMN "era" integer DEFAULT orgdock.audit_era() NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."audit_log" ADD COLUMN "transaction_id" "xid8" DEFAULT pg_current_xact_id() NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD COLUMN "invitation_id" uuid;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_failures" ADD COLUMN "identity_provider_id" uuid;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "access" text DEFAULT 'everyone' NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "salesforce_sign_in" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "audit_retention_days" integer;--> statement-breakpoint
ALTER TABLE "orgdock"."access_requests" ADD CONSTRAINT "access_requests_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."access_requests" ADD CONSTRAINT "access_requests_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_access" ADD CONSTRAINT "environment_access_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."environment_access" ADD CONSTRAINT "environment_access_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."identity_provider_secrets" ADD CONSTRAINT "identity_provider_secrets_identity_provider_id_identity_providers_id_fk" FOREIGN KEY ("identity_provider_id") REFERENCES "orgdock"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."provider_attempts" ADD CONSTRAINT "provider_attempts_identity_provider_id_identity_providers_id_fk" FOREIGN KEY ("identity_provider_id") REFERENCES "orgdock"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."provider_attempts" ADD CONSTRAINT "provider_attempts_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."provider_attempts" ADD CONSTRAINT "provider_attempts_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "orgdock"."invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."invitations" ADD CONSTRAINT "invitations_accepted_by_people_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "orgdock"."people"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "access_requests_open" ON "orgdock"."access_requests" USING btree (coalesce("person_id"::text, "issuer" || ' ' || "subject"),coalesce("environment_id"::text, '')) WHERE "orgdock"."access_requests"."decided_at" IS NULL;--> statement-breakpoint
CREATE INDEX "environment_access_person" ON "orgdock"."environment_access" USING btree ("person_id");--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD CONSTRAINT "consent_attempts_invitation_id_invitations_id_fk" FOREIGN KEY ("invitation_id") REFERENCES "orgdock"."invitations"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_failures" ADD CONSTRAINT "consent_failures_identity_provider_id_identity_providers_id_fk" FOREIGN KEY ("identity_provider_id") REFERENCES "orgdock"."identity_providers"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_log_order" ON "orgdock"."audit_log" USING btree ("era","transaction_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_at" ON "orgdock"."audit_log" USING btree ("at","id");--> statement-breakpoint
CREATE INDEX "audit_log_person" ON "orgdock"."audit_log" USING btree ("person_id","at");--> statement-breakpoint
CREATE INDEX "audit_log_action" ON "orgdock"."audit_log" USING btree ("action","at");
--> statement-breakpoint
ALTER TABLE orgdock.access_requests ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.access_requests FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environment_access ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environment_access FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identity_provider_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identity_provider_secrets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identity_providers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identity_providers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_checkpoints ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_checkpoints FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_seals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_seals FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.provider_attempts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.provider_attempts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.rate_limits ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.rate_limits FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.invitations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.invitations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.access_requests 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.environment_access 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.identity_provider_secrets 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.audit_checkpoints 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.audit_seals 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.provider_attempts 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.invitations 
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.access_requests FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.environment_access FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.audit_checkpoints FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.audit_seals FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.invitations FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.identities FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.sessions FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.environment_access USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.identity_provider_secrets USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.invitations USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.people USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.identities USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_update ON orgdock.sessions FOR UPDATE USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_update ON orgdock.access_requests FOR UPDATE USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY own_read ON orgdock.environment_access FOR SELECT USING (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_read ON orgdock.access_requests FOR SELECT USING (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_insert ON orgdock.access_requests FOR INSERT WITH CHECK (person_id = (SELECT orgdock.actor_id()) AND decided_at IS NULL);
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.provider_attempts USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
-- Also before anyone is signed in: the sign-in page offers them.
CREATE POLICY everybody_reads ON orgdock.identity_providers FOR SELECT USING (true);
--> statement-breakpoint
CREATE POLICY staff_insert ON orgdock.identity_providers FOR INSERT WITH CHECK ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_update ON orgdock.identity_providers FOR UPDATE USING ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_delete ON orgdock.identity_providers FOR DELETE USING ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
-- Counters under hashed keys, which the limiter reads and writes whoever is asking.
CREATE POLICY everybody_all ON orgdock.rate_limits USING (true) WITH CHECK (true);
--> statement-breakpoint
-- The one way in which audit rows go: a sealed prefix, all of it older than the retention, and never younger than 30
-- days. What the chain was at its end stays, signed.
CREATE FUNCTION orgdock.remove_sealed_audit(through bigint, link text, signed text) RETURNS bigint
  LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog
  AS $$
DECLARE
  reason text := coalesce(current_setting('orgdock.system_reason', true), '');
  kept_days integer;
  removed bigint;
BEGIN
  PERFORM set_config('orgdock.system_reason', 'audit retention', true);
  SELECT greatest(audit_retention_days, 30) INTO kept_days FROM orgdock.portal WHERE audit_retention_days IS NOT NULL;
  IF kept_days IS NULL THEN
    RAISE EXCEPTION 'audit rows are kept for ever';
  END IF;
  IF NOT EXISTS (SELECT 1 FROM orgdock.audit_seals WHERE position = through AND hash = link) THEN
    RAISE EXCEPTION 'the chain has no such link';
  END IF;
  IF EXISTS (SELECT 1 FROM orgdock.audit_seals s JOIN orgdock.audit_log a ON a.id = s.audit_id
              WHERE s.position <= through AND a.at > orgdock.now() - make_interval(days => kept_days)) THEN
    RAISE EXCEPTION 'some of these audit rows are younger than the retention';
  END IF;
  DELETE FROM orgdock.audit_log a USING orgdock.audit_seals s WHERE s.audit_id = a.id AND s.position <= through;
  GET DIAGNOSTICS removed = ROW_COUNT;
  DELETE FROM orgdock.audit_seals WHERE position <= through;
  INSERT INTO orgdock.audit_checkpoints (kind, position, hash, removed_rows, signature)
    VALUES ('retention', through, link, removed, signed);
  PERFORM set_config('orgdock.system_reason', reason, true);
  RETURN removed;
END $$;
--> statement-breakpoint
REVOKE EXECUTE ON FUNCTION orgdock.remove_sealed_audit(bigint, text, text) FROM PUBLIC;
