CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"state" text NOT NULL,
	"run" integer NOT NULL,
	"failures" integer NOT NULL,
	"rules" text NOT NULL,
	"profile" text,
	"threshold" double precision NOT NULL,
	"declared" jsonb NOT NULL,
	"mapping" jsonb NOT NULL,
	"as_of" timestamp (3) with time zone NOT NULL,
	"verdict" text,
	"is_readable" boolean DEFAULT true NOT NULL,
	"rows" bigint DEFAULT 0 NOT NULL,
	"valid" bigint DEFAULT 0 NOT NULL,
	"errors" bigint DEFAULT 0 NOT NULL,
	"warnings" bigint DEFAULT 0 NOT NULL,
	"document" jsonb,
	"sha256" text,
	"ids" "bytea",
	"faults" "bytea",
	"delta" jsonb,
	"same_as_id" uuid,
	"started_at" timestamp (3) with time zone,
	"finished_at" timestamp (3) with time zone,
	CONSTRAINT "reports_submission_id_unique" UNIQUE("submission_id")
);
--> statement-breakpoint
DROP INDEX "events_subject";--> statement-breakpoint
ALTER TABLE "project_partners" ADD COLUMN "detached_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "repair_of_id" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accepted_by" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accepted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accept_reason" text;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_same_as_id_submissions_id_fk" FOREIGN KEY ("same_as_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reports_state" ON "reports" USING btree ("state");--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_repair_of_id_submissions_id_fk" FOREIGN KEY ("repair_of_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_accepted_by_people_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_project" ON "files" USING btree ("project_id");--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "template_key";--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "template_version";
--> statement-breakpoint
INSERT INTO "project_partners" ("project_id", "person_id", "created_at", "detached_at")
SELECT "project_id", "subject_id", coalesce(min("at") FILTER (WHERE "kind" = 'partner.attached'), min("at")), max("at")
FROM "events" WHERE "kind" IN ('partner.attached', 'partner.detached') AND "project_id" IS NOT NULL
GROUP BY "project_id", "subject_id" ON CONFLICT DO NOTHING;
