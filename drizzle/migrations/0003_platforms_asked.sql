CREATE TABLE "report_looks" (
	"submission_id" uuid PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"run" integer NOT NULL,
	"rows" bigint NOT NULL,
	"wanted" integer NOT NULL,
	"links" integer NOT NULL,
	"images" integer NOT NULL,
	"findings" jsonb NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"finished_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "checks" ADD COLUMN "noticed" text;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "accepted_rows" bigint;--> statement-breakpoint
ALTER TABLE "reports" ADD COLUMN "accepted_ids" "bytea";--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "repairs" integer;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "mapping" jsonb;--> statement-breakpoint
ALTER TABLE "submissions" ADD COLUMN "declared" jsonb;--> statement-breakpoint
ALTER TABLE "report_looks" ADD CONSTRAINT "report_looks_submission_id_submissions_id_fk" FOREIGN KEY ("submission_id") REFERENCES "public"."submissions"("id") ON DELETE no action ON UPDATE no action;