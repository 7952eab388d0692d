CREATE TABLE "orgdock"."access_review_items" (
	"review_id" uuid NOT NULL,
	"connection_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"owner_id" uuid,
	"owner_name" text NOT NULL,
	"environment_name" text NOT NULL,
	"org_id" text NOT NULL,
	"username" text NOT NULL,
	"scopes" text[] NOT NULL,
	"connected_at" timestamp with time zone NOT NULL,
	"last_used_at" timestamp with time zone,
	"decision" text,
	"note" text DEFAULT '' NOT NULL,
	"decided_by" uuid,
	"decided_by_name" text,
	"decided_at" timestamp with time zone,
	CONSTRAINT "access_review_items_review_id_connection_id_pk" PRIMARY KEY("review_id","connection_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."access_reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid,
	"scope_name" text NOT NULL,
	"started_by" uuid NOT NULL,
	"started_by_name" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"closed_by" uuid,
	"closed_by_name" text,
	"closed_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."alerts" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"connection_id" uuid NOT NULL,
	"occasion" text NOT NULL,
	"person_id" uuid,
	"facts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	"settled_note" text,
	CONSTRAINT "alerts_once" UNIQUE("kind","connection_id","occasion")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."breach_grants" (
	"breach_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"grant_id" uuid NOT NULL,
	"owner_name" text,
	"environment_name" text NOT NULL,
	"org_id" text,
	"username" text,
	"scopes" text[],
	"outcome" text,
	"proof" text,
	"error" text,
	"ended_at" timestamp with time zone,
	"forgotten_at" timestamp with time zone,
	CONSTRAINT "breach_grants_breach_id_kind_subject_id_pk" PRIMARY KEY("breach_id","kind","subject_id")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."breaches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"scope" text NOT NULL,
	"scope_id" uuid,
	"scope_name" text NOT NULL,
	"reason" text NOT NULL,
	"started_by" uuid NOT NULL,
	"started_by_name" text NOT NULL,
	"started_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"ends_sessions" boolean NOT NULL,
	"sessions_ended" integer DEFAULT 0 NOT NULL,
	"backups_until" timestamp with time zone,
	"finished_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "orgdock"."connection_usage" (
	"connection_id" uuid NOT NULL,
	"hour" timestamp with time zone NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	CONSTRAINT "connection_usage_connection_id_hour_pk" PRIMARY KEY("connection_id","hour")
);
--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "reading_hours" jsonb;--> statement-breakpoint
ALTER TABLE "orgdock"."portal" ADD COLUMN "backup_days" integer;--> statement-breakpoint
ALTER TABLE "orgdock"."access_review_items" ADD CONSTRAINT "access_review_items_review_id_access_reviews_id_fk" FOREIGN KEY ("review_id") REFERENCES "orgdock"."access_reviews"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."alerts" ADD CONSTRAINT "alerts_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."breach_grants" ADD CONSTRAINT "breach_grants_breach_id_breaches_id_fk" FOREIGN KEY ("breach_id") REFERENCES "orgdock"."breaches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."connection_usage" ADD CONSTRAINT "connection_usage_connection_id_connections_id_fk" FOREIGN KEY ("connection_id") REFERENCES "orgdock"."connections"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_open" ON "orgdock"."alerts" USING btree ("settled_at","created_at");
--> statement-breakpoint
ALTER TABLE orgdock.access_reviews ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.access_reviews FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.access_review_items ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.access_review_items FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.breaches ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.breaches FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.breach_grants ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.breach_grants FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_usage ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.connection_usage FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.alerts ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.alerts FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.access_reviews
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.access_review_items
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.breaches
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.breach_grants
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.connection_usage
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.alerts
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.access_reviews FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY custody_read ON orgdock.access_review_items FOR SELECT USING ((SELECT orgdock.is_custodian()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.breaches FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
CREATE POLICY custody_read ON orgdock.breach_grants FOR SELECT USING ((SELECT orgdock.is_custodian()));
--> statement-breakpoint
CREATE POLICY staff_read ON orgdock.alerts FOR SELECT USING ((SELECT orgdock.actor_role()) IN ('admin', 'auditor'));
--> statement-breakpoint
-- An administrator starts a review, decides and closes it; of a closed one nothing changes, and nobody deletes any.
CREATE POLICY admin_insert ON orgdock.access_reviews FOR INSERT WITH CHECK ((SELECT orgdock.actor_role()) = 'admin' AND closed_at IS NULL);
--> statement-breakpoint
CREATE POLICY admin_update ON orgdock.access_reviews FOR UPDATE
  USING ((SELECT orgdock.actor_role()) = 'admin' AND closed_at IS NULL) WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY admin_insert ON orgdock.access_review_items FOR INSERT
  WITH CHECK ((SELECT orgdock.actor_role()) = 'admin' AND EXISTS (
    SELECT FROM orgdock.access_reviews r WHERE r.id = review_id AND r.closed_at IS NULL));
--> statement-breakpoint
CREATE POLICY admin_update ON orgdock.access_review_items FOR UPDATE
  USING ((SELECT orgdock.actor_role()) = 'admin' AND EXISTS (
    SELECT FROM orgdock.access_reviews r WHERE r.id = review_id AND r.closed_at IS NULL))
  WITH CHECK ((SELECT orgdock.actor_role()) = 'admin' AND EXISTS (
    SELECT FROM orgdock.access_reviews r WHERE r.id = review_id AND r.closed_at IS NULL));
--> statement-breakpoint
CREATE POLICY admin_update ON orgdock.alerts FOR UPDATE USING ((SELECT orgdock.actor_role()) = 'admin') WITH CHECK ((SELECT orgdock.actor_role()) = 'admin');
--> statement-breakpoint
CREATE POLICY custody_read ON orgdock.connection_usage FOR SELECT USING ((SELECT orgdock.is_custodian()));
