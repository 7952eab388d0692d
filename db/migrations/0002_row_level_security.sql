-- Who is asking, as `withActor` and `withSystem` (db/client.ts) set it for one transaction. A setting that
-- was never set reads NULL, one that was set before in the same connection reads ''.
CREATE FUNCTION orgdock.actor_id() RETURNS uuid
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('orgdock.person_id', true), '')::uuid $$;
--> statement-breakpoint
CREATE FUNCTION orgdock.actor_role() RETURNS text
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT nullif(pg_catalog.current_setting('orgdock.role', true), '') $$;
--> statement-breakpoint
CREATE FUNCTION orgdock.is_system() RETURNS boolean
  LANGUAGE sql STABLE PARALLEL SAFE
  AS $$ SELECT coalesce(pg_catalog.current_setting('orgdock.system_reason', true), '') <> '' $$;
--> statement-breakpoint
-- The portal's own row. The owner inserts it before the wall stands.
INSERT INTO orgdock.portal (id) VALUES (1);
--> statement-breakpoint
ALTER TABLE orgdock.people ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.people FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identities ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.identities FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.sessions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.sessions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.sign_in_links ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.sign_in_links FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environments ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environments FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environment_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.environment_secrets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connections ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connections FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_secrets ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_secrets FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.refresh_attempts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.refresh_attempts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.consent_attempts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.consent_attempts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.consent_failures ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.consent_failures FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_log ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.audit_log FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.portal ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.portal FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.people
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.identities
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.sessions
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.sign_in_links
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.environment_secrets
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.connections
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.connection_secrets
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.refresh_attempts
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.consent_attempts
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.consent_failures
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.audit_log
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.portal
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY own_read ON orgdock.people FOR SELECT USING (id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.people FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
-- One's own preferences. The role stays what the session says, so nobody promotes or revives themselves.
CREATE POLICY own_update ON orgdock.people FOR UPDATE
  USING (id = (SELECT orgdock.actor_id()) AND deactivated_at IS NULL)
  WITH CHECK (id = (SELECT orgdock.actor_id()) AND role::text = (SELECT orgdock.actor_role()) AND deactivated_at IS NULL);
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.identities
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.sessions
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.sign_in_links
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.consent_attempts
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.consent_failures
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
-- Also before anyone is signed in: the sign-in page offers them.
CREATE POLICY everybody_reads ON orgdock.environments FOR SELECT USING (true);
--> statement-breakpoint
CREATE POLICY staff_insert ON orgdock.environments FOR INSERT WITH CHECK ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_update ON orgdock.environments FOR UPDATE
  USING ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY staff_delete ON orgdock.environments FOR DELETE USING ((SELECT orgdock.is_system()) OR (SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_all ON orgdock.environment_secrets
  USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.connections
  USING (owner_id = (SELECT orgdock.actor_id())) WITH CHECK (owner_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.refresh_attempts
  USING (EXISTS (SELECT 1 FROM orgdock.connections c WHERE c.id = connection_id AND c.owner_id = (SELECT orgdock.actor_id())))
  WITH CHECK (EXISTS (SELECT 1 FROM orgdock.connections c WHERE c.id = connection_id AND c.owner_id = (SELECT orgdock.actor_id())));
--> statement-breakpoint
CREATE POLICY own_insert ON orgdock.audit_log FOR INSERT
  WITH CHECK (actor_kind = 'person' AND person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.audit_log FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
