CREATE TABLE "check_runs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"check_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"result" text NOT NULL,
	"verdict" text NOT NULL,
	"rules" text[] NOT NULL,
	"findings" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"took_ms" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "checks" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"task_id" uuid NOT NULL,
	"input_id" uuid NOT NULL,
	"spec" jsonb NOT NULL,
	"sealed" text,
	"every_minutes" integer,
	"standing" text NOT NULL,
	"standing_since" timestamp (3) with time zone,
	"appeared" jsonb NOT NULL,
	"mended" jsonb NOT NULL,
	"passed_at" timestamp (3) with time zone,
	"last_at" timestamp (3) with time zone,
	"next_at" timestamp (3) with time zone,
	"is_running" boolean NOT NULL,
	"run" integer NOT NULL,
	"failures" integer NOT NULL,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "checks_submission_id_unique" UNIQUE("submission_id")
);
--> statement-breakpoint
CREATE TABLE "reports" (
	"id" uuid PRIMARY KEY NOT NULL,
	"submission_id" uuid NOT NULL,
	"state" text NOT NULL,
	"run" integer NOT NULL,
	"failures" integer NOT NULL,
	"rules" text NOT NULL,
	"profile" text,
	"table" jsonb,
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
ALTER TABLE "task_reasons" ALTER COLUMN "person_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "project_partners" ADD COLUMN "detached_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "files" ADD COLUMN "fetched_for" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "repair_of_id" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accepted_by" uuid;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accepted_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "accept_reason" text;--> statement-breakpoint
ALTER TABLE "check_runs" ADD CONSTRAINT "check_runs_check_id_checks_id_fk" FOREIGN KEY ("check_id") REFERENCES "public"."checks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_task_id_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "checks" ADD CONSTRAINT "checks_input_id_task_inputs_id_fk" FOREIGN KEY ("input_id") REFERENCES "public"."task_inputs"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reports" ADD CONSTRAINT "reports_same_as_id_submissions_id_fk" FOREIGN KEY ("same_as_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "check_runs_check" ON "check_runs" USING btree ("check_id","at");--> statement-breakpoint
CREATE INDEX "checks_project_standing" ON "checks" USING btree ("project_id","standing");--> statement-breakpoint
CREATE INDEX "checks_input" ON "checks" USING btree ("input_id");--> statement-breakpoint
CREATE INDEX "reports_state" ON "reports" USING btree ("state");--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_fetched_for_submissions_id_fk" FOREIGN KEY ("fetched_for") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_repair_of_id_submissions_id_fk" FOREIGN KEY ("repair_of_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "submissions" ADD CONSTRAINT "submissions_accepted_by_people_id_fk" FOREIGN KEY ("accepted_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "files_project" ON "files" USING btree ("project_id");--> statement-breakpoint
CREATE INDEX "files_fetched" ON "files" USING btree ("fetched_for");--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "template_key";--> statement-breakpoint
ALTER TABLE "projects" DROP COLUMN "template_version";
--> statement-breakpoint
INSERT INTO "project_partners" ("project_id", "person_id", "created_at", "detached_at")
SELECT "project_id", "subject_id", coalesce(min("at") FILTER (WHERE "kind" = 'partner.attached'), min("at")), max("at")
FROM "events" WHERE "kind" IN ('partner.attached', 'partner.detached') AND "project_id" IS NOT NULL
GROUP BY "project_id", "subject_id" ON CONFLICT DO NOTHING;
