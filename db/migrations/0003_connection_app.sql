-- Which app a grant belongs to. Until now it was taken to be the one that its environment names.
ALTER TABLE "orgdock"."connections" ADD COLUMN "client_id" text;--> statement-breakpoint
UPDATE "orgdock"."connections" c SET "client_id" = e."client_id"
  FROM "orgdock"."environments" e WHERE e."id" = c."environment_id";--> statement-breakpoint
ALTER TABLE "orgdock"."connections" ALTER COLUMN "client_id" SET NOT NULL;--> statement-breakpoint
-- Consents under way live ten minutes and do not say which app they were begun with.
DELETE FROM "orgdock"."consent_attempts";--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD COLUMN "token_host" text NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."consent_attempts" ADD COLUMN "client_id" text NOT NULL;--> statement-breakpoint
ALTER TABLE "orgdock"."environments" ADD COLUMN "app_changed_at" timestamp with time zone DEFAULT orgdock.now() NOT NULL;--> statement-breakpoint
-- The last change of any setting is the nearest that is known.
UPDATE "orgdock"."environments" SET "app_changed_at" = "updated_at";
