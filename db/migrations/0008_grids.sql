CREATE TABLE "orgdock"."grid_preferences" (
	"person_id" uuid NOT NULL,
	"environment_id" uuid NOT NULL,
	"sobject" text NOT NULL,
	"default_view" text,
	"layout" jsonb,
	"is_favourite" boolean DEFAULT false NOT NULL,
	"last_opened_at" timestamp with time zone,
	CONSTRAINT "grid_preferences_person_id_environment_id_sobject_pk" PRIMARY KEY("person_id","environment_id","sobject")
);
--> statement-breakpoint
CREATE TABLE "orgdock"."grid_views" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"environment_id" uuid NOT NULL,
	"sobject" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"name" text NOT NULL,
	"is_shared" boolean DEFAULT false NOT NULL,
	"state" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "api_reserve_percent" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."grid_preferences" ADD CONSTRAINT "grid_preferences_person_id_people_id_fk" FOREIGN KEY ("person_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."grid_preferences" ADD CONSTRAINT "grid_preferences_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."grid_views" ADD CONSTRAINT "grid_views_environment_id_environments_id_fk" FOREIGN KEY ("environment_id") REFERENCES "orgdock"."environments"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orgdock"."grid_views" ADD CONSTRAINT "grid_views_owner_id_people_id_fk" FOREIGN KEY ("owner_id") REFERENCES "orgdock"."people"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grid_views_of_object" ON "orgdock"."grid_views" USING btree ("environment_id","sobject");
--> statement-breakpoint
ALTER TABLE orgdock.grid_preferences ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.grid_preferences FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.grid_preferences
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
ALTER TABLE orgdock.grid_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE orgdock.grid_views FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON orgdock.grid_views
  USING ((SELECT orgdock.is_system())) WITH CHECK ((SELECT orgdock.is_system()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.grid_preferences
  USING (person_id = (SELECT orgdock.actor_id())) WITH CHECK (person_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
CREATE POLICY own_all ON orgdock.grid_views
  USING (owner_id = (SELECT orgdock.actor_id())) WITH CHECK (owner_id = (SELECT orgdock.actor_id()));
--> statement-breakpoint
-- A filter may quote records, which auditors never read.
CREATE POLICY shared_read ON orgdock.grid_views FOR SELECT
  USING (is_shared AND (SELECT orgdock.actor_role()) IN ('member', 'admin'));
--> statement-breakpoint
-- An administrator takes a shared view away; nobody changes the view of another.
CREATE POLICY admin_delete ON orgdock.grid_views FOR DELETE
  USING (is_shared AND (SELECT orgdock.actor_role()) = 'admin');
